import type { FileCommand, FileRefusal } from "../file.ts";
import { emitCase, tellCase, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import { pushDanger } from "./danger.ts";

/**
 * Every contact becomes exactly one record at once, however little is known; a dangerous one is pushed in the same breath.
 * Errors: ALREADY_REGISTERED.
 * @source nmg:2.2.1 @req REQ-01 @req REQ-13 @req REQ-17
 */
export function register(draft: Draft, command: FileCommand & { type: "register" }): FileRefusal | null {
  if (draft.case !== null) return { code: "ALREADY_REGISTERED" };
  const { head, context } = draft;
  emitCase(draft, [
    {
      ...head,
      type: "CaseRegistered",
      caseId: command.caseId,
      requestNo: command.requestNo,
      home: context.home,
      self: context.self,
      facts: command.facts,
      sealed: command.sealed,
      firstReceiver: { registeredAt: head.at, nodeCode: context.self, requestNo: command.requestNo },
      danger: command.danger,
    },
  ]);
  if (command.verdict !== null) {
    const refused = tellCase(draft, {
      type: "judge",
      verdict: command.verdict,
      danger: command.danger || isDangerous(command.verdict),
    });
    if (refused !== null) return refused;
  }
  if (theCase(draft).danger) pushDanger(draft, { machineSuspected: false, sealed: [] });
  if (command.sealed.some((s) => s.field === "requester.phone")) {
    draft.notices.push({ to: "requester", unit: null, template: "requestRegistered" });
  }
  return null;
}

/**
 * Whether a verdict alone makes it danger: all of annex part three, and what 110 must answer within minutes. An urgent matter
 * of 12345's own list (a gas smell) is only suggested: whether people are in danger is asked, and the danger key pushes.
 * @source nmg:a3 @source nmg:2.2.1
 */
export function isDangerous(verdict: Readonly<Record<"mode" | "urgency" | "side", string>>): boolean {
  return verdict.mode === "urgentBoth" || (verdict.urgency === "urgent" && verdict.side === "police");
}
