import type { ActorRef, CommandId, Instant, LinkageId, OrderId } from "../../kernel/index.ts";
import { decideCase, evolveCase } from "../case/index.ts";
import type { Case, CaseCommand, CaseEvent, CaseRefusal, EventHead } from "../case/index.ts";
import { decideClock, evolveClock } from "../clock/index.ts";
import type { Clock, ClockCommand, ClockEvent, ClockId, ClockRefusal } from "../clock/index.ts";
import { decideLinkages } from "../linkage/index.ts";
import type { LinkageCommand, LinkageDecision, LinkageFile, LinkageInput, LinkageRefusal } from "../linkage/index.ts";
import { decideOrder, evolveOrder } from "../order/index.ts";
import type { Order, OrderCommand, OrderEvent, OrderRefusal } from "../order/index.ts";
import { isResponsible } from "../responsibility/index.ts";
import { alarmChanges } from "./alarms.ts";
import { clockAlarms } from "./clock-alarms.ts";
import { caseEventsAfter } from "./effects.ts";
import { dangerOpen, linkageView } from "./view.ts";
import type { FileAlarm } from "./file-alarm.ts";
import type { CaseFile, CaseTimerChange, FileContext, FileDecision, FileNotice } from "./file.ts";

/**
 * What one input does to a whole request, gathered step by step: every step is decided on the state that the steps before
 * it left, and all of it is stored together or not at all.
 */
export type Draft = {
  readonly context: FileContext;
  readonly head: EventHead;
  /** The request as the step found it; null = this step makes it. */
  readonly was: Case | null;
  case: Case | null;
  linkages: Map<LinkageId, CaseFile["linkages"][number]>;
  orders: Map<OrderId, Order>;
  clocks: Map<ClockId, Clock>;
  readonly caseEvents: CaseEvent[];
  readonly orderEvents: Map<OrderId, OrderEvent[]>;
  readonly clockEvents: Map<ClockId, ClockEvent[]>;
  readonly decisions: LinkageDecision[];
  readonly alarms: FileAlarm[];
  readonly timers: CaseTimerChange[];
  readonly notices: FileNotice[];
  readonly ids: string[];
  noted: string | null;
};

/** An empty draft over the file as loaded. */
export function startDraft(file: CaseFile, context: FileContext, at: Instant, by: ActorRef, cause: string): Draft {
  return {
    context,
    head: { at, by, cause },
    was: file.case,
    case: file.case,
    linkages: new Map(file.linkages.map((l) => [l.id, l])),
    orders: new Map(file.orders.map((o) => [o.id, o])),
    clocks: new Map(file.clocks.map((c) => [c.id, c])),
    caseEvents: [],
    orderEvents: new Map(),
    clockEvents: new Map(),
    decisions: [],
    alarms: [],
    timers: [],
    notices: [],
    ids: [...context.ids],
    noted: null,
  };
}

/** The next fresh id. Running out is a programmer's mistake: the app hands in enough. */
export function takeId(draft: Draft): string {
  const id = draft.ids.shift();
  if (id === undefined) throw new Error("no fresh id left");
  return id;
}

export function theCase(draft: Draft): Case {
  return theCaseOf(draft.case);
}

/** The draft's file as the linkage rules see it. */
export function linkageFileOf(draft: Pick<Draft, "case" | "linkages">): LinkageFile {
  return linkageView(theCaseOf(draft.case), [...draft.linkages.values()]);
}

function theCaseOf(state: Case | null): Case {
  if (state === null) throw new Error("no case in this file");
  return state;
}

/** Adds case events that need no decision. */
export function emitCase(draft: Draft, events: readonly CaseEvent[]): void {
  for (const event of events) {
    draft.case = evolveCase(draft.case, event);
    draft.caseEvents.push(event);
  }
}

/** Whether a ground of the exclusion list is one of the other desk's, as core/case asks it. */
export function boundsOtherDesk({
  side,
  exclusionBounds,
}: Pick<FileContext, "side" | "exclusionBounds">): (ground: string | null) => boolean {
  return (ground) => {
    const bound = ground === null ? null : exclusionBounds(ground);
    return bound !== null && bound !== side;
  };
}

/** Gives the case a command. */
export function tellCase(draft: Draft, command: CaseCommand): CaseRefusal | null {
  const file = linkageFileOf(draft);
  const decided = decideCase(theCase(draft), command, draft.head, {
    holder: isResponsible(file, "ordinary"),
    partHolder: isResponsible(file, "danger") || isResponsible(file, "partner") || theCase(draft).dangerHere,
    dangerOpen: dangerOpen({ case: draft.case, linkages: [...draft.linkages.values()] }),
    callbackAttempts: draft.context.callbackAttempts,
    boundsOtherDesk: boundsOtherDesk(draft.context),
  });
  if (!decided.ok) return decided.error;
  emitCase(draft, decided.value);
  return null;
}

/** Gives a linkage an input and lets the case follow it. */
export function tellLinkage(draft: Draft, target: LinkageId | null, input: LinkageInput): LinkageRefusal | null {
  const { context } = draft;
  const decided = decideLinkages(
    linkageFileOf(draft),
    target,
    input,
    {
      policy: context.linkagePolicy,
      timesBy: context.catalogueVersion,
      rejects: context.rejects,
      seatOnDuty: context.seatOnDuty,
      dutyPhone: numberToDial(draft, target, input),
    },
    context.linkageRules,
  );
  if (!decided.ok) return decided.error;
  for (const decision of decided.value) {
    const before = draft.linkages.get(decision.linkageId) ?? null;
    draft.linkages.set(decision.linkageId, decision.linkage);
    draft.decisions.push(decision);
    draft.alarms.push(...alarmChanges(before, decision));
    if (input.via === "message" && decision.linkageId === input.message.conversation) draft.noted = decision.noted;
    emitCase(
      draft,
      caseEventsAfter({ before, decision, input, file: linkageFileOf(draft), case: theCase(draft), head: draft.head }),
    );
  }
  return null;
}

/** At S the peer's duty phone, at R our own: what the one who waits must dial. */
function numberToDial(draft: Draft, target: LinkageId | null, input: LinkageInput): string {
  const { context } = draft;
  const linkage = target === null ? undefined : draft.linkages.get(target);
  const born =
    input.via === "command" && "to" in input.command && input.command.type !== "ruling" ? input.command.to : null;
  const peer = linkage?.role === "S" ? linkage.peer : born;
  return context.peers.find((p) => p.nodeCode === peer)?.dutyPhone ?? context.dutyPhone;
}

/** A linkage command by the person behind this draft. */
export function commandLinkage(draft: Draft, target: LinkageId | null, command: LinkageCommand): LinkageRefusal | null {
  return tellLinkage(draft, target, {
    via: "command",
    id: draft.head.cause as CommandId,
    at: draft.head.at,
    actor: draft.head.by,
    command,
  });
}

/** Gives an order a command. */
export function tellOrder(draft: Draft, order: Order, command: OrderCommand): OrderRefusal | null {
  const decided = decideOrder(order, command, draft.head);
  if (!decided.ok) return decided.error;
  emitOrder(draft, order.id, decided.value);
  return null;
}

export function emitOrder(draft: Draft, orderId: OrderId, events: readonly OrderEvent[]): void {
  for (const event of events) draft.orders.set(orderId, evolveOrder(draft.orders.get(orderId) ?? null, event));
  draft.orderEvents.set(orderId, [...(draft.orderEvents.get(orderId) ?? []), ...events]);
}

/** Gives a clock a command. */
export function tellClock(draft: Draft, clock: Clock, command: ClockCommand): ClockRefusal | null {
  const rules = draft.context.clock;
  const decided = decideClock(clock, command, draft.head, rules.calendar, rules.standstill);
  if (!decided.ok) return decided.error;
  emitClock(draft, clock.id, decided.value);
  return null;
}

/** Adds events of a clock; the clocks that run inside of it follow at once, so that none is stored by an older limit of its parent. */
export function emitClock(draft: Draft, clockId: ClockId, events: readonly ClockEvent[]): void {
  for (const event of events) {
    const before = draft.clocks.get(clockId) ?? null;
    const clock = evolveClock(before, event);
    draft.clocks.set(clockId, clock);
    draft.clockEvents.set(clockId, [...(draft.clockEvents.get(clockId) ?? []), event]);
    draft.alarms.push(...clockAlarms(before, clock, event, draft.context.self));
    const inside = [...draft.clocks.values()].filter((c) => c.parent === clockId && c.status !== "stopped");
    for (const child of inside) tellClock(draft, child, { type: "followParent", parent: clock });
  }
}

/** Closes the draft: what it says now, whatever is added afterwards. */
export function finishDraft(draft: Draft): FileDecision {
  return {
    file: {
      case: draft.case,
      linkages: [...draft.linkages.values()],
      orders: [...draft.orders.values()],
      clocks: [...draft.clocks.values()],
    },
    caseEvents: [...draft.caseEvents],
    orderEvents: [...draft.orderEvents].map(([orderId, events]) => ({ orderId, events })),
    clockEvents: [...draft.clockEvents].map(([clockId, events]) => ({ clockId, events })),
    linkages: [...draft.decisions],
    alarms: [...draft.alarms],
    timers: [...draft.timers],
    notices: [...draft.notices],
    faults: [],
    noted: draft.noted,
  };
}
