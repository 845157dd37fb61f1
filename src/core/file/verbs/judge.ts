import type { ItemCode } from "../../../kernel/index.ts";
import type { Verdict } from "../../case/index.ts";
import { tellCase, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand, FileRefusal } from "../file.ts";
import { pushDanger } from "./danger.ts";
import { amend } from "./amend.ts";
import { tellPeers } from "./progress.ts";
import { isDangerous } from "./register.ts";

/**
 * The ownership verdict by nature, content and jurisdiction. A verdict of annex part three pushes at once.
 * What the caller was asked and answered goes to every desk of the matter as said. Errors: CASE_NOT_IN_STATUS, CASE_NOT_HOLDER.
 * @source nmg:2.2 @source nmg:a3 @source nmg:2.2.1 @req REQ-01 @req REQ-08 @req REQ-14 @req REQ-90
 */
export function judge(draft: Draft, command: FileCommand & { type: "judge" }): FileRefusal | null {
  const danger = isDangerous(command.verdict);
  const was = theCase(draft).verdict;
  const before = was?.item ?? itemTold(draft);
  const refused = tellCase(draft, { type: "judge", verdict: command.verdict, danger });
  if (refused !== null) return refused;
  const { item } = command.verdict;
  if (item !== before) tellPeers(draft, "noted", { facts: { item } });
  // Who judges once more by the same answers says nothing new.
  const answered = answersIn(was) !== answersIn(command.verdict);
  const said = answered ? (command.said ?? []) : [];
  if (danger) pushDanger(draft, { machineSuspected: false, sealed: said });
  else if (said.length > 0) return amend(draft, { type: "amend", facts: {}, sealed: said });
  return null;
}

/** What the desk that handed the matter to us has judged it as, until we have judged. */
function itemTold(draft: Draft): ItemCode | null {
  return [...draft.linkages.values()].findLast((l) => l.role === "R" && l.part !== "none")?.brief.item ?? null;
}

/** What was answered, in one order: a stored verdict has its members in an order of its own. */
function answersIn(verdict: Verdict | null): string {
  const given = (verdict?.asked ?? []).flatMap(({ answers }) => answers);
  return given
    .map(({ question, answer, how }) => `${question} ${answer} ${how}`)
    .toSorted()
    .join(", ");
}
