import { err, ok } from "../../kernel/index.ts";
import type { LinkageId, Result } from "../../kernel/index.ts";
import type { LinkageInput } from "./command.ts";
import { holds } from "./condition.ts";
import type { LinkageContext } from "./context.ts";
import type { LinkageDecision } from "./event.ts";
import { FOLLOW_UPS } from "./follow-up.ts";
import type { FollowUp } from "./follow-up.ts";
import { refusalOf } from "./guard.ts";
import { findLinkage, getLinkage, isPushed, withLinkage } from "./linkage.ts";
import type { Linkage, LinkageFile, LinkageRole } from "./linkage.ts";
import type { LinkageKind } from "./message.ts";
import { refusalCode } from "./refusal.ts";
import type { LinkageRefusal } from "./refusal.ts";
import type { Row } from "./row.ts";
import { LINKAGE_RULES } from "./rules.ts";
import type { LinkageRules } from "./rules.ts";
import { applyRow } from "./step.ts";
import { isRunning } from "./timer-table.ts";
import { bodyOf, commandOf, linkageOf } from "./work.ts";
import type { LinkageTrigger, Work } from "./work.ts";

/**
 * Decides what one input does to the linkages of one request at this node: one decision for every linkage that changes,
 * the one the input speaks to first. `target` is null only for the commands that open a conversation (`offer`, `push`, `notify`, `askSupport`) and for the first
 * message of one. Only a command can be refused; a message is always consumed (`noted` when without effect), a push
 * is never refused, a stale timer or receipt gives no decision. Messages must come in order: `seq === seqIn + 1`, else
 * it throws, as for a linkage that is not in the file.
 * @source nmg:2.2.1 @source nmg:2.2.2 @source nmg:a3 @source nmg:a4
 */
export function decideLinkages(
  file: LinkageFile,
  target: LinkageId | null,
  input: LinkageInput,
  context: LinkageContext,
  rules: LinkageRules = LINKAGE_RULES,
): Result<readonly LinkageDecision[], LinkageRefusal> {
  const linkage = target === null ? null : getLinkage(file, target);
  const work: Work = { file, linkage, because: null, trigger: triggerOf(input), input, at: input.at, context };
  if (isVoid(work)) return ok([]);
  checkOrder(work);
  const row = findRow(work, rules);
  if (input.via === "command") {
    if (row === null) return notInState(work);
    const code = refusalOf(row.guards ?? [], work);
    if (code !== null) return err({ code, linkageId: target, state: linkage?.state ?? null });
  }
  if (row === null) return input.via === "message" ? ok([applyRow(work, unexpected(work))]) : ok([]);
  return ok(applyWithFollowUps(work, row, rules));
}

function applyWithFollowUps(first: Work, firstRow: Row, rules: LinkageRules): readonly LinkageDecision[] {
  const decisions: LinkageDecision[] = [];
  let file = first.file;
  const run = (work: Work, row: Row): void => {
    const decision = applyRow(work, row);
    decisions.push(decision);
    file = withLinkage(file, decision.linkage);
    for (const name of row.pulls ?? []) {
      for (const followUp of FOLLOW_UPS[name](work, file, decision.linkage)) pull(followUp, decision.linkageId);
    }
  };
  const pull = ({ linkageId, effect }: FollowUp, because: LinkageId): void => {
    const linkage = findLinkage(file, linkageId);
    const work: Work = { ...first, file, linkage, because, trigger: `effect:${effect}` };
    const row = findRow(work, rules);
    if (row !== null) run(work, row);
  };
  run(first, firstRow);
  return decisions;
}

/** The row that applies, null when the table has none. */
function findRow(work: Work, rules: LinkageRules): Row | null {
  const kind = work.linkage?.kind ?? kindToBe(work);
  const rows = rules.rowsFor(kind, roleOf(work), work.linkage?.state ?? "-", work.trigger);
  return rows.find((row) => holds(row.when ?? [], work)) ?? null;
}

function kindToBe(work: Work): LinkageKind {
  switch (work.trigger) {
    case "command:offer":
      return commandOf(work, "offer").kind;
    case "message:offer":
      return bodyOf(work, "offer").kind;
    case "command:push":
    case "message:push":
      return "urgent";
    case "command:askJoint":
    case "message:joint":
      return "joint";
    case "command:notify":
    case "message:notice":
      return "notice";
    case "command:askSupport":
    case "message:support":
      return "support";
    case "effect:ruledElsewhere":
      if (work.because !== null) return getLinkage(work.file, work.because).kind;
  }
  throw new Error(`${work.trigger} cannot open a linkage`);
}

function roleOf(work: Work): LinkageRole {
  return work.linkage?.role ?? (work.input.via === "message" ? "R" : "S");
}

function triggerOf(input: LinkageInput): LinkageTrigger {
  switch (input.via) {
    case "command":
      return `command:${input.command.type}`;
    case "message":
      return `message:${input.message.body.type}`;
    case "timer":
      return `timer:${input.timer}`;
    case "receipt":
      return "receipt";
  }
}

// Nothing to log: a receipt we hold already, a timer that is no longer wanted, a screen that shows a push once more.
function isVoid(work: Work): boolean {
  const { input, linkage } = work;
  if (input.via === "receipt") return input.seq <= linkageOf(work).receipted;
  if (input.via === "timer") return !isRunning(linkageOf(work), input.timer);
  const shown = linkage !== null && linkage.role === "R" && isPushed(linkage) && linkage.kShown >= linkage.k;
  return work.trigger === "command:shown" && shown;
}

function checkOrder({ input, linkage }: Work): void {
  if (input.via !== "message") return;
  const { seq, conversation } = input.message;
  const expected = (linkage?.seqIn ?? 0) + 1;
  if (seq !== expected) throw new Error(`message ${seq} of ${conversation} where ${expected} is next`);
}

function notInState(work: Work): Result<never, LinkageRefusal> {
  const linkage: Linkage = linkageOf(work);
  if (work.input.via !== "command") throw new Error(`${work.trigger} is never refused`);
  const code = refusalCode(linkage.role, linkage.state, work.input.command.type);
  return err({ code, linkageId: linkage.id, state: linkage.state });
}

// The table says this cannot arrive here. It is kept and shown all the same and blocks nothing (P1).
function unexpected(work: Work): Row {
  return {
    id: "2-unexpected",
    section: "2.3, 5.2",
    role: linkageOf(work).role,
    from: [linkageOf(work).state],
    on: work.trigger,
    to: "same",
    alarms: ["integrity"],
    noted: "UNEXPECTED",
  };
}
