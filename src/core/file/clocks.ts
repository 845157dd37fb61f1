import { isInstant } from "../../kernel/index.ts";
import { closeReason } from "../case/index.ts";
import type { Case, CaseStatus } from "../case/index.ts";
import { nextMark, startClock } from "../clock/index.ts";
import type { Clock, ClockId, ClockOwner, ClockPolicy, LimitSubject } from "../clock/index.ts";
import type { Order } from "../order/index.ts";
import { isResponsible } from "../responsibility/index.ts";
import { isForUnit } from "./clock-alarms.ts";
import { BrokenLimit, detailOf } from "./clock-faults.ts";
import { emitClock, linkageFileOf, takeId, tellClock, theCase } from "./draft.ts";
import type { Draft } from "./draft.ts";
import type { FileContext } from "./file.ts";
import { endPauses, recount } from "./recount.ts";
import { ringFirst } from "./ring-on.ts";
import { runOn } from "./verbs/time-limits.ts";

/** Stages of the request itself, and of each of its orders. */
type RequestStage = "dispatch" | "conclude" | "callback";
type OrderStage = "acknowledge" | "firstContact" | "arrive" | "reply";

/** A clock that must run now. */
type Wanted = {
  readonly subject: string;
  readonly stage: RequestStage | OrderStage;
  readonly orderKind: Order["kind"] | null;
  readonly owner: ClockOwner;
};

/** What of a request is still to be done in each status, while the desk is responsible for it. */
const REQUEST_STAGES: Readonly<Partial<Record<CaseStatus, readonly RequestStage[]>>> = {
  registered: ["dispatch"],
  accepted: ["conclude", "dispatch"],
  handling: ["conclude"],
  concluded: ["callback"],
};

/** Officers on the scene have seen the requester: the first contact is made. */
const ORDER_STAGES: Readonly<Partial<Record<Order["status"], readonly OrderStage[]>>> = {
  dispatched: ["acknowledge", "firstContact", "arrive", "reply"],
  acknowledged: ["firstContact", "arrive", "reply"],
  arrived: ["reply"],
};

/** In which statuses a stage that ended was carried out; in any other the matter was taken away from it. */
const CARRIED_OUT: Readonly<Record<RequestStage, readonly CaseStatus[]>> = {
  dispatch: ["handling", "concluded", "handedOver", "closed"],
  conclude: ["concluded", "closed"],
  callback: ["concluded", "closed"],
};

/**
 * Lets the clocks of a request follow what a step left: which run is read from the request and its orders, never from the step, so
 * that whatever leads there (a command, an acceptance of the other desk, a return) starts, ends and hands over the same ones.
 * A clock refuses nothing: where no limit fits there is none. 110 measures its own work by its own rules, for which no limit is
 * agreed: it has no clocks.
 * @source nmg:2.2.5 @source yn:4.3.3 @req REQ-70
 */
export function followClocks(draft: Draft): void {
  if (draft.case === null || draft.context.side === "police") return;
  const wanted = [
    ...wantedOfRequest(draft, draft.case),
    ...[...draft.orders.values()].flatMap((one) => wantedOfOrder(draft, one)),
  ];
  for (const clock of draft.clocks.values()) if (!wanted.some((one) => isOf(clock, one))) end(draft, clock);
  recount(draft);
  endPauses(draft);
  runOn(draft);
  for (const one of wanted) run(draft, one);
  for (const id of draft.clockEvents.keys()) checkWithin(draft.clocks.get(id));
}

/** A rule that leads out of the calendar is out of order. Its instants must not reach a store, which would refuse the whole step. */
function checkWithin(clock: Clock | undefined): void {
  const instants = clock === undefined ? [] : [clock.due?.at, clock.ceiling?.at, nextMark(clock)?.at];
  if (instants.some((at) => at !== undefined && !isInstant(at)))
    throw new BrokenLimit("limitOutOfCalendar", `limit ${clock?.policy.limit ?? ""}`);
}

function wantedOfRequest(draft: Draft, state: Case): readonly Wanted[] {
  if (!worksOnIt(draft)) return [];
  if (state.status === "concluded" && closeReason(state, draft.context) !== null) return [];
  const { self } = draft.context;
  return (REQUEST_STAGES[state.status] ?? []).map((stage) => ({
    subject: state.id,
    stage,
    orderKind: null,
    owner: stage === "conclude" ? (leadUnit(draft) ?? self) : self,
  }));
}

/** Whether the matter itself is this desk's, or a part of it beside another desk's. */
function worksOnIt(draft: Draft): boolean {
  const file = linkageFileOf(draft);
  return (
    isResponsible(file, "ordinary") ||
    file.linkages.some((l) => l.part === "partner" && l.role === "R" && l.state === "active")
  );
}

/** The unit that has the matter in hand; its share of the time of the whole request is its own. */
function leadUnit(draft: Draft): ClockOwner | undefined {
  return [...draft.orders.values()].find((o) => o.kind === "work" && o.role === "lead" && o.endedAt === null)?.unit;
}

/** What was not taken up or answered when its request is closed is asked for no more. */
function wantedOfOrder(draft: Draft, { id, kind, status, unit }: Order): readonly Wanted[] {
  if (theCase(draft).status === "closed") return [];
  return (ORDER_STAGES[status] ?? []).map((stage) => ({ subject: id, stage, orderKind: kind, owner: unit }));
}

function isOf(clock: Clock, { subject, stage }: Pick<Wanted, "subject" | "stage">): boolean {
  return clock.subject === subject && clock.policy.stage === stage;
}

function end(draft: Draft, clock: Clock): void {
  if (clock.status === "stopped") return;
  const order = [...draft.orders.values()].find(({ id }) => id === clock.subject);
  const { stage } = clock.policy;
  const done =
    order === undefined
      ? isRequestStage(stage) && CARRIED_OUT[stage].includes(theCase(draft).status)
      : order.status !== "recalled" && theCase(draft).status !== "closed";
  tellClock(draft, clock, { type: "stop", outcome: done ? "done" : "cancelled" });
}

function isRequestStage(stage: LimitSubject["stage"]): stage is RequestStage {
  return Object.hasOwn(CARRIED_OUT, stage);
}

function run(draft: Draft, wanted: Wanted): void {
  const { owner, subject } = wanted;
  const clock = [...draft.clocks.values()].find((one) => isOf(one, wanted));
  if (clock === undefined) return start(draft, wanted);
  if (clock.status === "stopped") {
    // Handled anew has the whole limit; what merely came back to this desk goes on with what was left.
    tellClock(draft, clock, {
      type: "reopen",
      owner,
      amount: clock.outcome === "done" ? clock.policy.amount : null,
    });
    tighten(draft, clock.id, wanted);
    return;
  }
  if (isJudgedAnew(draft)) tighten(draft, clock.id, wanted);
  // No row of a limit names a unit, so another owner brings no other limit (ADR 0012.18).
  if (clock.owner !== owner) tellClock(draft, clock, { type: "changeOwner", owner, policy: null });
  else if (clock.policy.giveBackMinutes !== null && hasActed(draft, subject) && !clock.ownerActed)
    tellClock(draft, clock, { type: "act" });
}

/** A unit that has acknowledged its order, or gone to the scene, has it in hand. Asked for only where the rule counts on it. */
function hasActed(draft: Draft, subject: string): boolean {
  return [...draft.orders.values()].some(({ id, acknowledgedAt }) => id === subject && acknowledgedAt !== null);
}

/** Whether this step changed what a limit depends on. */
function isJudgedAnew(draft: Draft): boolean {
  if (draft.was === null) return false;
  const [before, now] = [matterOf(draft.was), matterOf(theCase(draft))];
  return before.urgency !== now.urgency || before.itemCode !== now.itemCode || before.requestKind !== now.requestKind;
}

/**
 * A limit by item, kind or danger reaches a matter that is known to be such only later: the one that ends earlier holds. What must
 * not wait stands still no longer. @source nmg:2.2.5 @source nmg:2.2.1
 */
function tighten(draft: Draft, id: ClockId, { stage, orderKind }: Wanted): void {
  const clock = draft.clocks.get(id);
  const policy = lookUp(draft, { stage, orderKind, ...matterOf(theCase(draft)) });
  if (clock === undefined || policy === null) return;
  tellClock(draft, clock, { type: "judgedAnew", policy });
  const now = draft.clocks.get(id);
  const stands = now?.status === "paused" || now?.status === "awaitingRequester";
  // Also where the old limit ends first and stays: what may not wait may not stand still.
  if (now !== undefined && stands && !policy.pausable) tellClock(draft, now, { type: "resume", why: "judgedAnew" });
}

type Matter = Pick<LimitSubject, "urgency" | "itemCode" | "requestKind">;

/** What of a request its limits depend on. */
function matterOf({ verdict, danger, requestKind }: Case): Matter {
  const urgency = danger || verdict?.urgency === "urgent" ? "urgent" : "ordinary";
  return { urgency, itemCode: verdict?.item ?? null, requestKind };
}

function start(draft: Draft, { stage, subject, orderKind, owner }: Wanted): void {
  const policy = lookUp(draft, { stage, orderKind, ...matterOf(theCase(draft)) });
  // A request from before clocks were may want more of them than one step may make: the rest starts with the next step.
  if (policy === null || draft.ids.length === 0) return;
  const whole = [...draft.clocks.values()].find((c) => c.policy.stage === "conclude" && c.status !== "stopped");
  const parent = orderKind === null ? null : (whole ?? null);
  const { calendar } = draft.context.clock;
  const started = startClock({ id: takeId(draft) as ClockId, subject, policy, owner, parent }, draft.head, calendar);
  if (!started.ok) return;
  for (const event of started.value) if (event.type === "ClockStarted") emitClock(draft, event.clockId, [event]);
}

function lookUp(
  { context, head }: Draft,
  subject: Parameters<FileContext["clock"]["policyFor"]>[0],
): ClockPolicy | null {
  try {
    return context.clock.policyFor(subject, head.at);
  } catch (cause) {
    throw new BrokenLimit("limitUnreadable", `stage ${subject.stage}, ${detailOf(cause)}`);
  }
}

/** The timer of a clock: everything that is due by now, by the calendar of today, is called out, a unit is told once. @source nmg:2.2.5 @req REQ-70 */
export function callOutMarks(draft: Draft, clockId: ClockId): void {
  recount(draft);
  for (let clock = draft.clocks.get(clockId); clock !== undefined; clock = draft.clocks.get(clockId)) {
    const next = nextMark(clock);
    if (next === null || next.at > draft.head.at) break;
    tellClock(draft, clock, { type: "mark", mark: next.mark });
    // What is due and changes nothing would ring again at once, for ever.
    if (draft.clocks.get(clockId) === clock)
      throw new BrokenLimit("limitNotCounted", `${next.mark} of ${clock.policy.hours ?? ""}`);
  }
  noticeOwner(draft, clockId);
  ringFirst(draft, clockId);
}

function noticeOwner(draft: Draft, clockId: ClockId): void {
  const clock = draft.clocks.get(clockId);
  if (clock === undefined) return;
  const told = draft.clockEvents
    .get(clockId)
    ?.some((event) => event.type === "ClockMarked" && isForUnit(event, clock, draft.context.self));
  if (told !== true) return;
  const passed = clock.due !== null && clock.due.at <= draft.head.at;
  const unit = [...draft.orders.values()].find((o) => o.unit === clock.owner)?.unit;
  // A notice without a unit would go to the requester.
  if (unit === undefined) return;
  draft.notices.push({ to: "unitDutyPhone", unit, template: passed ? "deadlinePassed" : "deadlineNear" });
}
