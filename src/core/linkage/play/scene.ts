import type { LinkageId, MessageId, NodeCode } from "../../../kernel/index.ts";
import { isResponsible } from "../../responsibility/index.ts";
import type { LinkageCommand, LinkageTimer } from "../command.ts";
import type { LinkageContext } from "../context.ts";
import { A, B, BRIEF, C, QUIET, desksOf, fileOf, parseId, later, play } from "./desks.ts";
import type { DeskStep, Desks } from "./desks.ts";
import type { LinkageAlarmKind, LinkageDecision, LinkageEvent } from "../event.ts";
import { getLinkage } from "../linkage.ts";
import type { Linkage, LinkageState, Part } from "../linkage.ts";
import type { LinkageMessageBody, LinkageMessageType } from "../message.ts";
import type { LinkageRefusalCode } from "../refusal.ts";

/** Desks with a memory, so that a test reads as a story. For tests only. */
export class Scene {
  desks: Desks;
  context: LinkageContext;
  last: readonly LinkageDecision[] = [];
  readonly events: LinkageEvent[] = [];
  readonly steps: DeskStep[] = [];

  constructor(codes: readonly NodeCode[] = [A, B], firstReceiver: NodeCode = A, first: NodeCode = A) {
    this.desks = desksOf(codes, first, firstReceiver);
    this.context = QUIET;
  }

  /** A command that must be taken. */
  does(desk: NodeCode, on: LinkageId | null, command: LinkageCommand): this {
    return this.#take({ do: "command", desk, on, command });
  }

  /** The code with which a command is refused; null when it is taken (nothing changes either way). */
  refused(desk: NodeCode, on: LinkageId | null, command: LinkageCommand): LinkageRefusalCode | null {
    const played = play(this.desks, { do: "command", desk, on, command }, this.context);
    return played.ok ? null : played.error.code;
  }

  fires(desk: NodeCode, on: LinkageId, timer: LinkageTimer): this {
    return this.#take({ do: "timer", desk, on, timer });
  }

  receipt(desk: NodeCode, on: LinkageId, seq: number): this {
    return this.#take({ do: "receipt", desk, on, seq });
  }

  /** The oldest message of the conversation under way to this desk arrives. */
  arrives(on: LinkageId, at: NodeCode): this {
    return this.#take({ do: "deliver", queue: `${on}>${at}` });
  }

  /** Everything under way arrives, whatever it sets off as well. */
  settle(): this {
    for (let next = Object.keys(this.desks.queues)[0]; next !== undefined; next = Object.keys(this.desks.queues)[0]) {
      this.#take({ do: "deliver", queue: next });
    }
    return this;
  }

  /** A message that no desk of ours would send. */
  injects(on: LinkageId, sender: NodeCode, receiver: NodeCode, seq: number, body: LinkageMessageBody): this {
    const { requestNo, caseId } = fileOf(this.desks, receiver);
    const head = {
      id: parseId<MessageId>("m"),
      conversation: on,
      seq,
      sender,
      receiver,
      issuedAt: this.desks.at,
    } as const;
    const message = { ...head, cause: "test", lane: "ordinary", requestNo, caseId, body } as const;
    this.desks = { ...this.desks, queues: { ...this.desks.queues, [`${on}>${receiver}`]: [message] } };
    return this.arrives(on, receiver);
  }

  waits(ms: number): this {
    this.desks = later(this.desks, ms);
    return this;
  }

  at(desk: NodeCode, on: LinkageId): Linkage {
    return getLinkage(fileOf(this.desks, desk), on);
  }

  /** The desks that hold the part by their own log. */
  holders(part: Part = "ordinary"): readonly NodeCode[] {
    return Object.values(this.desks.files)
      .filter((f) => isResponsible(f, part))
      .map((f) => f.self);
  }

  /** States of one linkage at S and R, told apart by role. */
  pair(on: LinkageId): readonly [LinkageState | null, LinkageState | null] {
    const all = Object.values(this.desks.files).flatMap((f) => f.linkages.filter((l) => l.id === on));
    const of = (role: "S" | "R"): LinkageState | null => all.find((l) => l.role === role)?.state ?? null;
    return [of("S"), of("R")];
  }

  alarms(): readonly LinkageAlarmKind[] {
    return this.last.flatMap((d) => d.alarms.map((a) => a.kind));
  }

  sent(): readonly LinkageMessageType[] {
    return this.last.flatMap((d) => d.send.map((b) => b.type));
  }

  #take(step: DeskStep): this {
    const played = play(this.desks, step, this.context);
    if (!played.ok) throw new Error(`refused: ${JSON.stringify(played.error)} for ${JSON.stringify(step)}`);
    this.desks = played.value.desks;
    this.steps.push(step);
    this.last = played.value.decisions;
    this.events.push(...this.last.map((d) => d.event));
    return this;
  }
}

export const I: LinkageId = parseId("i");
export const J: LinkageId = parseId("j");
export const K: LinkageId = parseId("k");

export const ENTRY = { field: "initialResponse", version: 1, commitment: "00" } as const;

type Offer = Extract<LinkageCommand, { type: "offer" }>;

/** An offer command; the initial response is recorded unless a test says otherwise. */
export function offer(linkageId: LinkageId, to: NodeCode, more: Partial<Offer> = {}): Offer {
  return {
    type: "offer",
    linkageId,
    kind: "clear",
    to,
    brief: BRIEF,
    firstReceiver: { registeredAt: BRIEF.registeredAt, nodeCode: A, requestNo: "1" },
    initialResponse: ENTRY,
    followPolicy: "handOff",
    regime: "acceptingPlatform",
    catalogueVersion: "1",
    ...more,
  };
}

/** A push of a matter marked dangerous. */
export function push(linkageId: LinkageId, to: NodeCode): LinkageCommand {
  return {
    type: "push",
    linkageId,
    to,
    brief: { ...BRIEF, danger: true },
    firstReceiver: { registeredAt: BRIEF.registeredAt, nodeCode: A, requestNo: "1" },
    parent: null,
    machineSuspected: false,
    regime: "policeRules",
    catalogueVersion: "1",
  };
}

const SAID = { field: "notice.1", version: 1, commitment: "0".repeat(64) } as const;

function telling(linkageId: LinkageId, to: NodeCode) {
  const firstReceiver = { registeredAt: BRIEF.registeredAt, nodeCode: A, requestNo: "1" } as const;
  return { linkageId, to, brief: BRIEF, firstReceiver, catalogueVersion: "1" } as const;
}

/** A notice that says something. */
export function notify(linkageId: LinkageId, to: NodeCode): Extract<LinkageCommand, { type: "notify" }> {
  return { type: "notify", ...telling(linkageId, to), text: SAID };
}

/** A plea for support that says what is needed. */
export function askSupport(linkageId: LinkageId, to: NodeCode): Extract<LinkageCommand, { type: "askSupport" }> {
  return { type: "askSupport", ...telling(linkageId, to), what: SAID, where: null, when: null };
}

/** A part for the other desk to work on beside ours. */
export function askJoint(linkageId: LinkageId, to: NodeCode): Extract<LinkageCommand, { type: "askJoint" }> {
  return { type: "askJoint", ...telling(linkageId, to), what: SAID, regime: "hotlineMemberRules" };
}

export const READ_NOTICE: LinkageCommand = { type: "readNotice" };
export const GRANT: LinkageCommand = { type: "grant", note: null };
export const DECLINE: LinkageCommand = { type: "decline", note: SAID };
export const END_SUPPORT: LinkageCommand = { type: "endSupport", result: SAID };
export const END_JOINT: LinkageCommand = { type: "end", outcome: "settled", result: SAID };
export const ADD: LinkageCommand = { type: "add", sealed: [], brief: BRIEF };
export const CONCLUDE: LinkageCommand = { type: "conclude", resolution: "done", result: null };
export const TAKE_BACK: LinkageCommand = { type: "withdraw", reason: "takeBack", note: null };
export const REOPEN: LinkageCommand = { type: "reopen", reason: "again", note: null };
export const NEGOTIATE: LinkageCommand = { type: "negotiate", note: null };
export const RETURN: LinkageCommand = {
  type: "return",
  reason: "outOfScope",
  basis: { field: "basis.1", version: 1, commitment: "0".repeat(64) },
  proposedOwner: { field: "proposedOwner.1", version: 1, commitment: "0".repeat(64) },
  note: null,
};

/** A ruling to `to`. */
export function rule(to: NodeCode, newLinkageId: LinkageId = K): LinkageCommand {
  return { type: "ruling", to, basis: "consultation", note: null, newLinkageId, brief: BRIEF };
}

/** A has handed it to B, B to C, and C has concluded to B; with `upward` B to A as well. */
export function chain(followPolicy: "handOff" | "follow", upward: boolean): Scene {
  const scene = new Scene([A, B, C]).does(A, null, offer(I, B, { followPolicy })).settle();
  scene.does(B, I, { type: "accept" }).settle().does(B, null, offer(J, C)).settle();
  scene.does(C, J, { type: "accept" }).settle().does(C, J, CONCLUDE).settle();
  return upward ? scene.does(B, I, CONCLUDE).settle() : scene;
}
