import type { CaseFacts } from "../../src/core/case/index.ts";
import type { CaseFile } from "../../src/core/file/index.ts";
import type { LinkageMessage } from "../../src/core/linkage/index.ts";
import type { CaseId } from "../../src/kernel/index.ts";
import { pairInWords, pairsOf } from "./responsible.ts";

/** While a matter is at work elsewhere, both desks of the hand-over know every note that was written at either, or at a third one, and that there is danger. */
export function unsharedAtRest(files: readonly CaseFile[]): string | null {
  for (const { s, r } of pairsOf(files)) {
    if (s.part !== "ordinary" || s.state !== "accepted" || r?.state !== "accepted") continue;
    const [own, other] = [s, r].map(({ self }) => files.find((f) => f.case?.self === self)?.case);
    if (own?.danger !== other?.danger)
      return `danger is not known at both of ${s.self} and ${r.self}: ${pairInWords({ s, r })}`;
    const [here, there] = [own?.sealed ?? {}, other?.sealed ?? {}];
    const notes = Object.keys({ ...here, ...there }).filter((field) => field.startsWith("note."));
    const lost = notes.find((field) => here?.[field]?.commitment !== there?.[field]?.commitment);
    if (lost !== undefined) return `${lost} is not known at both of ${s.self} and ${r.self}: ${pairInWords({ s, r })}`;
  }
  return null;
}

/** What was said at a desk that only received the matter is known to the desk that handed it over: notes and coded facts. */
export function untoldAtRest(files: readonly CaseFile[], sent: readonly LinkageMessage[]): string | null {
  for (const here of files) {
    const only = here.linkages.every((l) => l.role === "R" && l.state !== "handedBack");
    const there = files.find((f) => f.case?.self === here.linkages[0]?.peer);
    if (!only || here.case === null || there === undefined || there.case === null) continue;
    const { case: own } = here;
    const { case: other } = there;
    const note = Object.values(own.sealed).find(
      (s) => s.field.startsWith("note.") && other.sealed[s.field]?.commitment !== s.commitment,
    );
    if (note !== undefined) return `${own.self} knows ${note.field} and ${other.self} was never told`;
    // A desk that was only told hears of no correction: what it said may have been what the other one had by then.
    if (here.linkages.every((l) => l.part === "none")) continue;
    // Who was told and has since said something else there himself keeps what he said alone.
    const heard = (name: keyof CaseFacts): boolean =>
      other[name] !== null &&
      sent.some((one) => one.receiver === other.self && factOf(one, other.id, name) === own[name]);
    const fact = (["place", "requestKind", "field", "requesterType"] as const).find(
      (name) =>
        own[name] !== null &&
        own[name] !== other[name] &&
        other.told?.[name]?.value !== own[name] &&
        // What the other desk itself had said stands here; and it, or a third one, may have said something else since.
        own.told?.[name] === undefined &&
        (other.told?.[name]?.by ?? own.self) === own.self &&
        !here.linkages.some((l) => l.brief[name] === own[name]) &&
        !heard(name),
    );
    if (fact !== undefined) return `${fact} is ${own[fact]} at ${own.self} and ${other.self} was never told`;
  }
  return null;
}

/** A coded fact of a case that a message carried. */
function factOf({ caseId, body }: LinkageMessage, of: CaseId, name: keyof CaseFacts): unknown {
  return caseId === of && "facts" in body ? body.facts?.[name] : undefined;
}
