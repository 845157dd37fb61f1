import type { LinkageId } from "../../kernel/index.ts";
import type { LinkageCommandType } from "./command.ts";
import type { LinkageRole, LinkageState } from "./linkage.ts";

/** Why a command was refused. Messages, timers, receipts and pushes are never refused. */
export type LinkageRefusalCode =
  /** The command is not in the table for this state. */
  | "NOT_IN_STATE"
  /** This desk is not responsible for the part, so it cannot hand it over. */
  | "NOT_HOLDER"
  /** One open offer per part: withdraw it first, or wait for its end. */
  | "OFFER_OPEN"
  /** Our acceptance is not confirmed yet, so the claim can still fall. */
  | "NOT_CONFIRMED"
  /** Back only to the desk it came from, step by step. */
  | "PASS_BACK_STEPWISE"
  /** No initial-response entry (先期处置记录). @source nmg:2.2.2 @source nmg:a4 */
  | "NO_INITIAL_RESPONSE"
  /** Bound by a ruling or by first-receiver responsibility: only a newer ruling ends it. */
  | "BOUND"
  /** We hold the acceptance: it is the other desk's now. */
  | "ALREADY_ACCEPTED"
  /** Closed: more to say means reopening. */
  | "USE_REOPEN"
  /** The linkage has ended: write it in the own case. */
  | "LINKAGE_ENDED"
  /** Something that was sent has not been read (P4). */
  | "UNREAD_ADDITION"
  | "RETURN_USED"
  | "RETURN_LAPSED"
  /** A return needs its basis and a proposed owner. */
  | "RETURN_INCOMPLETE"
  | "NOT_PRIMARY"
  /** This arbiter has ruled on this linkage before. */
  | "RULING_STALE"
  | "ALREADY_SIGNED"
  /** A notice says something. */
  | "NOTICE_MISSING"
  /** Support names what is needed. */
  | "SUPPORT_MISSING"
  /** Who declines says why. */
  | "DECLINE_MISSING"
  /** Who ends support says what came of it. */
  | "SUPPORT_RESULT_MISSING"
  /** The other desk has written nothing down that is not signed yet. */
  | "TALK_NONE"
  /** It has written something newer than what was read here. */
  | "TALK_NEWER";

export type LinkageRefusal = {
  readonly code: LinkageRefusalCode;
  readonly linkageId: LinkageId | null;
  readonly state: LinkageState | null;
};

type RefusalRow = {
  readonly role: LinkageRole;
  readonly from: readonly LinkageState[];
  readonly command: LinkageCommandType;
  readonly code: LinkageRefusalCode;
};

/** Commands that the table does not allow but answers with a more telling code than NOT_IN_STATE. */
export const REFUSALS = [
  { role: "S", from: ["bound"], command: "withdraw", code: "BOUND" },
  { role: "S", from: ["accepted", "concluded", "closed", "reopening"], command: "withdraw", code: "ALREADY_ACCEPTED" },
  { role: "S", from: ["closed"], command: "add", code: "USE_REOPEN" },
  { role: "S", from: ["withdrawn", "rejected", "handedBack", "absorbed"], command: "add", code: "LINKAGE_ENDED" },
] as const satisfies readonly RefusalRow[];

/** The code for a command without a row. */
export function refusalCode(role: LinkageRole, state: LinkageState, command: LinkageCommandType): LinkageRefusalCode {
  const rows: readonly RefusalRow[] = REFUSALS;
  return rows.find((r) => r.role === role && r.command === command && r.from.includes(state))?.code ?? "NOT_IN_STATE";
}
