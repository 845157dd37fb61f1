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

/** Annex part three pushes by itself. @source nmg:a3 */
export function isDangerous(verdict: { readonly mode: string; readonly urgency: string }): boolean {
  return verdict.mode === "urgentBoth" || verdict.urgency === "urgent";
}
