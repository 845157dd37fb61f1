import { err, exhaustive, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import type { Callback, Case, CloseReason } from "./case.ts";
import type { CaseCommand, CaseRefusal, MandatoryFact } from "./command.ts";
import type { CaseEvent, EventHead } from "./event.ts";
import { findCaseRow, OPEN_STATUSES } from "./table.ts";

/** What the rules need besides the case itself. */
export type CaseContext = {
  /** Whether this node holds the ordinary part by its own log (core/responsibility). */
  readonly holder: boolean;
  /** Whether a danger part, or a part beside another desk's, is held here; then people may be sent whatever the ordinary part's fate. */
  readonly partHolder: boolean;
  /** Whether a danger part is open here or at a peer. */
  readonly dangerOpen: boolean;
  /** How many tries to reach the requester are enough when nobody answers: the one of nmg:2.2.1, or more where that was agreed. */
  readonly callbackAttempts: number;
  /** Whether a ground of the exclusion list bounds the other desk alone: nmg:2.1 bounds 12345 and leaves 110's scope whole. */
  readonly boundsOtherDesk: (ground: string | null) => boolean;
};

/**
 * What happens when `command` is given to `state`.
 * Errors: CASE_NOT_IN_STATUS, CASE_NOT_HOLDER, and per verb the guards named in `CaseRefusal`.
 * Danger asks for nothing here: a push never passes this function.
 * @source nmg:2.2.1 @req REQ-13 @req REQ-05 @req REQ-06 @req REQ-19 @req REQ-69
 */
export function decideCase(
  state: Case,
  command: CaseCommand,
  head: EventHead,
  context: CaseContext,
): Result<readonly CaseEvent[], CaseRefusal> {
  const row = findCaseRow(command.type, state.status);
  if (row === null) {
    return err({ code: "CASE_NOT_IN_STATUS", verb: command.type, status: state.status });
  }
  if (row.holder && !context.holder) return err({ code: "CASE_NOT_HOLDER" });
  const refusal = guard(state, command, context);
  return refusal === null ? ok(eventsOf(state, command, head)) : err(refusal);
}

function guard(state: Case, command: CaseCommand, context: CaseContext): CaseRefusal | null {
  switch (command.type) {
    case "guide":
      if (state.danger || state.verdict?.side !== "neither") return { code: "GUIDANCE_ONLY_FOR_NEITHER" };
      if ([state.verdict.item, command.reason].some(context.boundsOtherDesk)) return { code: "EXCLUSION_NOT_OURS" };
      return command.guidance === null ? { code: "GUIDANCE_MISSING" } : null;
    case "answer":
      return command.answer === null
        ? { code: "ANSWER_MISSING" }
        : (judged(state) ?? complete(state) ?? noOrders(state));
    case "recordInitialResponse":
      return command.entry === null ? { code: "ENTRY_MISSING" } : null;
    case "conclude":
      return command.result === null
        ? { code: "RESULT_MISSING" }
        : (judged(state) ?? complete(state) ?? noOrders(state));
    case "callBack":
      return command.outcome === "reached" && (command.satisfaction === null || command.solved === null)
        ? { code: "RATING_INCOMPLETE" }
        : null;
    case "close":
      return closeReason(state, context) === null
        ? { code: "NOT_CALLED_BACK", attempts: callbacksNow(state).length, needed: context.callbackAttempts }
        : null;
    case "dispatch":
      if (context.partHolder) return null;
      if (!context.holder) return { code: "CASE_NOT_HOLDER" };
      return OPEN_STATUSES.includes(state.status)
        ? null
        : { code: "CASE_NOT_IN_STATUS", verb: "dispatch", status: state.status };
    case "amend":
      return state.status === "closed" && !context.dangerOpen
        ? { code: "CASE_NOT_IN_STATUS", verb: "amend", status: state.status }
        : null;
    case "judge":
    case "accept":
    case "rate":
    case "reopen":
      return null;
    default:
      return exhaustive(command);
  }
}

function judged(state: Case): CaseRefusal | null {
  return state.verdict === null ? { code: "NOT_JUDGED" } : null;
}

function complete(state: Case): CaseRefusal | null {
  const fields = missingFacts(state);
  return fields.length > 0 ? { code: "FACTS_MISSING", fields } : null;
}

function noOrders(state: Case): CaseRefusal | null {
  const count = state.orders.filter((o) => o.open).length;
  return count > 0 ? { code: "ORDERS_OPEN", count } : null;
}

/** The mandatory coded fields that nobody filled in yet. @source nmg:2.1 @req REQ-05 */
export function missingFacts(state: Case): readonly MandatoryFact[] {
  const all: readonly MandatoryFact[] = ["requestKind", "field", "requesterType"];
  return all.filter((f) => state[f] === null);
}

/** The call-backs since the matter was last handled: those before it came back to work say nothing of the new result. */
export function callbacksNow(state: Case): readonly Callback[] {
  return state.callbacks.slice(state.callbacksBefore ?? 0);
}

/** Why the case may be closed now, or null while a call-back is still owed. @source nmg:2.2.1 */
export function closeReason(state: Case, context: Pick<CaseContext, "callbackAttempts">): CloseReason | null {
  if (state.conclusion?.resolution === "answeredAtOnce") return "answered";
  if (state.conclusion?.resolution === "guided") return "guided";
  // Who answered and would not rate has been called back all the same.
  if (callbacksNow(state).some((c) => c.outcome !== "notReached")) return "calledBack";
  if (state.rating !== null) return "rated";
  if (callbacksNow(state).length >= context.callbackAttempts) return "unreachable";
  return null;
}

function eventsOf(state: Case, command: CaseCommand, head: EventHead): readonly CaseEvent[] {
  switch (command.type) {
    case "amend":
      return [{ ...head, type: "CaseAmended", facts: command.facts, sealed: command.sealed, danger: command.danger }];
    case "judge":
      return [{ ...head, type: "CaseJudged", verdict: command.verdict, danger: command.danger }];
    case "accept":
      return [{ ...head, type: "CaseAccepted", linkageId: null }];
    case "guide":
      return command.guidance === null
        ? []
        : [{ ...head, type: "CaseGuided", reason: command.reason, guidance: command.guidance }];
    case "answer":
      return command.answer === null ? [] : [{ ...head, type: "CaseAnswered", answer: command.answer }];
    case "dispatch":
      return [
        ...(state.status === "registered" ? [{ ...head, type: "CaseAccepted", linkageId: null } as const] : []),
        { ...head, type: "OrderOpened", orderId: command.orderId, kind: command.kind, unit: command.unit },
      ];
    case "recordInitialResponse":
      return command.entry === null
        ? []
        : [{ ...head, type: "InitialResponseRecorded", entry: command.entry, manner: command.manner }];
    case "conclude":
      return [{ ...head, type: "CaseConcluded", resolution: command.resolution, result: command.result }];
    case "callBack":
      return [{ ...head, type: "CaseCalledBack", callback: callbackOf(state, command, head) }];
    case "rate":
      return [{ ...head, type: "CaseRated", satisfaction: command.satisfaction, solved: command.solved }];
    case "close":
      return [
        {
          ...head,
          type: "CaseClosed",
          as: closeReason(state, { callbackAttempts: 0 }) ?? "unreachable",
          rating: state.rating,
        },
      ];
    case "reopen":
      return [{ ...head, type: "CaseReopened", reason: command.reason, note: command.note }];
    default:
      return exhaustive(command);
  }
}

function callbackOf(
  state: Case,
  command: CaseCommand & { type: "callBack" },
  head: EventHead,
): Case["callbacks"][number] {
  const reached = command.outcome === "reached";
  return {
    no: state.callbacks.length + 1,
    at: head.at,
    by: head.by,
    outcome: command.outcome,
    satisfaction: reached ? command.satisfaction : null,
    solved: reached ? command.solved : null,
    note: command.note,
  };
}
