import type { Case } from "../case/index.ts";
import type { Linkage, LinkageFile, Part } from "../linkage/index.ts";
import { isResponsible } from "../responsibility/index.ts";
import type { CaseFile } from "./file.ts";

/** A case and its linkages as the linkage rules see them (linkage table, section 3). */
export function linkageView(state: Case, linkages: readonly Linkage[]): LinkageFile {
  return {
    caseId: state.id,
    requestNo: state.requestNo,
    self: state.self,
    registrationGrant: state.origin === "linkage" ? "none" : state.status === "closed" ? "closed" : "live",
    firstReceiver: state.firstReceiver,
    linkages,
  };
}

/** Whether this node is responsible for the part, by its own log. */
export function holds(file: CaseFile, part: Part): boolean {
  if (file.case === null) return false;
  if (part === "danger" && file.case.dangerHere) return true;
  return isResponsible(linkageView(file.case, file.linkages), part);
}

/** Whether a danger part is open: pushed by us or to us and not ended, or 110's own. */
export function dangerOpen(file: Pick<CaseFile, "case" | "linkages">): boolean {
  return file.case?.dangerHere === true || file.linkages.some((l) => l.kind === "urgent" && l.state !== "ended");
}

/** Whether a notice here waits to be read, or support is asked for or given. */
export function isTellingOpen({ part, role, state }: Linkage): boolean {
  return part === "none" && (state === "requested" || state === "granted" || (role === "R" && state === "received"));
}

/** The support this desk has asked for that has not ended; a matter with such is not closed. @source nmg:2.2.3 */
export function supportOpen(linkages: readonly Linkage[]): Linkage | null {
  return linkages.find((l) => l.kind === "support" && l.role === "S" && isTellingOpen(l)) ?? null;
}

/** A part beside this matter that has not ended, at whichever desk: the matter closes when both have. @source nmg:2.2.2 */
export function jointOpen(linkages: readonly Linkage[]): Linkage | null {
  return linkages.find((l) => l.part === "partner" && l.state !== "ended") ?? null;
}

/** Whether a danger waits for anything: open, or owed because no 110 was linked and somebody must still dial. @source nmg:2.2.1 */
export function dangerWaits(file: Pick<CaseFile, "case" | "linkages">): boolean {
  return dangerOpen(file) || (file.case?.pushesOwed ?? 0) > 0;
}

/**
 * The push that nobody has taken over yet: the desk it was pushed to has it on no screen, or no person there has signed it, by this
 * node's own log. null = none. A matter with such a part is not closed: what stands on a screen may not have been seen.
 * @source nmg:a3 @source nmg:2.2.1
 */
export function dangerNotTakenOver(linkages: readonly Linkage[]): Linkage | null {
  const open = linkages.filter((l) => l.kind === "urgent" && OPEN_DANGER.includes(l.state));
  return open.find((l) => l.state === "pushed" || l.signedAt === null || (l.role === "R" && l.kShown < l.k)) ?? null;
}

const OPEN_DANGER: readonly Linkage["state"][] = ["pushed", "delivered", "active"];

/**
 * Sum of the stream versions: grows with every change of what is said and done. Clocks do not count: a time limit that is called out
 * makes nobody's screen stale, and a clock that cannot be read holds up no command.
 */
export function fileVersion(file: CaseFile): number {
  return [...file.linkages, ...file.orders].reduce((sum, s) => sum + s.version, file.case?.version ?? 0);
}
