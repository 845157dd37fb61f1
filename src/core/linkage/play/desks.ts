import { err, instantOf, ok, plusMs } from "../../../kernel/index.ts";
import type {
  CaseId,
  CommandId,
  FirstReceiver,
  Instant,
  LinkageId,
  MessageId,
  NodeCode,
  RequestNo,
  Result,
} from "../../../kernel/index.ts";
import { registrationGrantAfter } from "../../responsibility/index.ts";
import type { LinkageCommand, LinkageInput, LinkageTimer } from "../command.ts";
import { DEFAULT_LINKAGE_POLICY } from "../context.ts";
import type { LinkageContext } from "../context.ts";
import { decideLinkages } from "../decide.ts";
import type { LinkageDecision } from "../event.ts";
import { findLinkage, withLinkage } from "../linkage.ts";
import type { LinkageFile } from "../linkage.ts";
import type { CaseBrief, LinkageMessage } from "../message.ts";
import type { LinkageRefusal } from "../refusal.ts";
import { LINKAGE_RULES } from "../rules.ts";
import type { LinkageRules } from "../rules.ts";

/**
 * A few pure desks joined by first-in-first-out queues, one per conversation and direction: the world in which the
 * tests of the linkage play. Nothing ships that imports this file.
 */
export type Desks = {
  readonly at: Instant;
  readonly first: NodeCode;
  readonly files: Readonly<Record<string, LinkageFile>>;
  /** Under way, by `conversation>receiver`, oldest first; no empty queues. */
  /** Somebody asked it back to work and nobody has closed it since. */
  readonly reopened: boolean;
  readonly queues: Readonly<Record<string, readonly LinkageMessage[]>>;
};

/** What can happen next in this world. */
export type DeskStep =
  | { readonly do: "command"; readonly desk: NodeCode; readonly on: LinkageId | null; readonly command: LinkageCommand }
  | { readonly do: "deliver"; readonly queue: string }
  /** The carrier delivers the oldest message twice. */
  | { readonly do: "double"; readonly queue: string }
  | { readonly do: "receipt"; readonly desk: NodeCode; readonly on: LinkageId; readonly seq: number }
  | { readonly do: "timer"; readonly desk: NodeCode; readonly on: LinkageId; readonly timer: LinkageTimer };

/** The world after a step, and what was decided in it. */
export type Played = {
  readonly desks: Desks;
  readonly decisions: readonly LinkageDecision[];
};

/** Test code makes its own ids: the brand is given here once. */
export function parseId<Id extends string>(text: string): Id {
  return text as Id;
}

/** Three desks; A registers unless a test says otherwise. */
export const A: NodeCode = parseId("police-150100");
export const B: NodeCode = parseId("hotline-150100");
export const C: NodeCode = parseId("traffic-150100");

/** A case of which nothing is known yet. */
export const BRIEF: CaseBrief = {
  registeredAt: instantOf(0),
  channel: "phone",
  place: null,
  requestKind: null,
  field: null,
  requesterType: null,
  confidential: false,
  item: null,
  danger: false,
  sealed: [],
};

/** Nothing rejected, a seat on duty. */
export const QUIET: LinkageContext = {
  policy: DEFAULT_LINKAGE_POLICY,
  rejects: () => null,
  seatOnDuty: true,
  dutyPhone: "000",
};

/** `first` has registered the request; the others have not heard of it. */
export function desksOf(codes: readonly NodeCode[], first: NodeCode, firstReceiver: NodeCode = first): Desks {
  const at = instantOf(0);
  const known: FirstReceiver = { registeredAt: at, nodeCode: firstReceiver, requestNo: "1" };
  const files: Record<string, LinkageFile> = {};
  for (const self of codes) {
    files[self] = {
      caseId: parseId<CaseId>("case"),
      requestNo: parseId<RequestNo>("1"),
      self,
      registrationGrant: self === first ? "live" : "none",
      firstReceiver: known,
      linkages: [],
    };
  }
  return { at, first, files, reopened: false, queues: {} };
}

export function fileOf(desks: Desks, desk: NodeCode): LinkageFile {
  const file = desks.files[desk];
  if (file === undefined) throw new Error(`no desk ${desk}`);
  return file;
}

/** Plays one step; a refusal leaves everything as it was and is given back. */
export function play(
  desks: Desks,
  step: DeskStep,
  context: LinkageContext = QUIET,
  rules: LinkageRules = LINKAGE_RULES,
): Result<Played, LinkageRefusal> {
  if (step.do === "double") return ok({ desks: doubled(desks, step.queue), decisions: [] });
  const { desk, on, input, queues } = prepare(desks, step);
  if (input.via === "message" && isKnown(desks, input.message))
    return ok({ desks: { ...desks, queues }, decisions: [] });
  const decided = decideLinkages(fileOf(desks, desk), on, input, context, rules);
  if (!decided.ok) return err(decided.error);
  const reopened = reopenedBy(step, desks.reopened);
  return ok({ desks: { ...settle(desks, desk, queues, decided.value), reopened }, decisions: decided.value });
}

/** The instant moved on, for all desks. */
export function later(desks: Desks, ms: number): Desks {
  return { ...desks, at: plusMs(desks.at, ms) };
}

type Prepared = { desk: NodeCode; on: LinkageId | null; input: LinkageInput; queues: Desks["queues"] };

function reopenedBy(step: DeskStep, before: boolean): boolean {
  if (step.do !== "command" || (step.command.type !== "reopen" && step.command.type !== "close")) return before;
  return step.command.type === "reopen";
}

function doubled(desks: Desks, queue: string): Desks {
  const [head, ...rest] = desks.queues[queue] ?? [];
  return head === undefined ? desks : { ...desks, queues: { ...desks.queues, [queue]: [head, head, ...rest] } };
}

// What the caller of the linkage guarantees: a number already consumed is receipted again and not folded.
function isKnown(desks: Desks, message: LinkageMessage): boolean {
  const known = findLinkage(fileOf(desks, message.receiver), message.conversation);
  return known !== null && message.seq <= known.seqIn;
}

function prepare(desks: Desks, step: Exclude<DeskStep, { do: "double" }>): Prepared {
  const { at, queues } = desks;
  switch (step.do) {
    case "command": {
      const actor = { kind: "user", id: "u", node: step.desk } as const;
      const input = {
        via: "command",
        id: parseId<CommandId>("c"),
        at,
        actor,
        command: step.command,
      } as const;
      return { desk: step.desk, on: step.on, input, queues };
    }
    case "timer":
      return { desk: step.desk, on: step.on, input: { via: "timer", at, timer: step.timer }, queues };
    case "receipt":
      return { desk: step.desk, on: step.on, input: { via: "receipt", at, seq: step.seq, noted: null }, queues };
    case "deliver": {
      const [message, ...rest] = queues[step.queue] ?? [];
      if (message === undefined) throw new Error(`nothing under way in ${step.queue}`);
      const { [step.queue]: _, ...others } = queues;
      const known = findLinkage(fileOf(desks, message.receiver), message.conversation);
      const left = rest.length === 0 ? others : { ...others, [step.queue]: rest };
      return { desk: message.receiver, on: known?.id ?? null, input: { via: "message", at, message }, queues: left };
    }
  }
}

function settle(desks: Desks, desk: NodeCode, queues: Desks["queues"], decisions: readonly LinkageDecision[]): Desks {
  let file = fileOf(desks, desk);
  const under: Record<string, readonly LinkageMessage[]> = { ...queues };
  for (const decision of decisions) {
    const { linkage } = decision;
    file = {
      ...withLinkage(file, linkage),
      registrationGrant: registrationGrantAfter(file.registrationGrant, decision),
    };
    decision.send.forEach((body, i) => {
      const seq = linkage.seqOut - decision.send.length + i + 1;
      const key = `${linkage.id}>${linkage.peer}`;
      const message: LinkageMessage = {
        id: parseId<MessageId>(`${linkage.id}.${linkage.role}${seq}`),
        conversation: linkage.id,
        seq,
        sender: desk,
        receiver: linkage.peer,
        issuedAt: desks.at,
        cause: decision.event.rule,
        lane: linkage.kind === "urgent" ? "urgent" : "ordinary",
        requestNo: linkage.requestNo,
        caseId: linkage.caseId,
        body,
      };
      under[key] = [...(under[key] ?? []), message];
    });
  }
  return { ...desks, files: { ...desks.files, [desk]: file }, queues: under };
}
