import type { NodeCode, Sealed } from "../../../kernel/index.ts";
import { notesOf } from "../../case/index.ts";
import type { Case, CaseEvent } from "../../case/index.ts";
import { allowedLinkageCommands } from "../../linkage/index.ts";
import type { LinkageMessage, ToldFacts } from "../../linkage/index.ts";
import { inScope, isConfidential } from "../brief.ts";
import { commandLinkage, linkageFileOf, theCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import { addTo } from "./add.ts";
import { tellPeers } from "./progress.ts";

/**
 * What one desk says every desk of the matter learns: a note that is new here, facts that count here now, and that there is danger go on
 * to the desks the matter was handed to and to those it came from. Who said it is not told again, and what is known here is not passed
 * on, so that nothing goes round. Nothing of it pushes: a push is made or told more by a person alone, and a closed matter adds nothing
 * below. `before` = this desk's copy until now. @source nmg:2.2.1 @req REQ-14
 */
export function passOn(draft: Draft, sender: NodeCode, before: Case | null, counted: ToldFacts): void {
  if (draft.case === null) return;
  const news = newNotes(draft.caseEvents);
  const alarmed = draft.case.danger && before?.danger !== true;
  const facts = alarmed ? { ...counted, danger: true } : counted;
  const hasFacts = Object.keys(facts).length > 0;
  if (draft.case.status !== "closed" && (news.length > 0 || hasFacts))
    addTo(draft, news, ({ peer, kind }) => peer !== sender && kind !== "urgent");
  const [note = null, ...rest] = news;
  if (note !== null || hasFacts) tellPeers(draft, "noted", { note, facts, except: sender });
  for (const more of rest) tellPeers(draft, "noted", { note: more, except: sender });
}

/**
 * A matter that comes again may have been written on here meanwhile, while no hand-over carried a word: whoever hands it over hears now
 * what his offer does not say. `before` = this desk's copy until now. @source nmg:2.2.1 @req REQ-14
 */
export function tellUnheard(draft: Draft, { body, conversation }: LinkageMessage, before: Case | null): void {
  const linkage = draft.linkages.get(conversation);
  if (before === null || linkage === undefined || body.type !== "offer") return;
  if (!allowedLinkageCommands(linkageFileOf(draft), linkage.id).includes("progress")) return;
  const said = new Map(body.brief.sealed.map(({ field, commitment }) => [field, commitment]));
  const own = notesOf(before).filter(({ field, commitment }) => said.get(field) !== commitment);
  for (const note of inScope(own, "peerTransfer", isConfidential(theCase(draft))))
    commandLinkage(draft, linkage.id, { type: "progress", stage: "noted", note });
}

/**
 * A hand-over that was closed takes no word. What came here while it was, from anybody but the desk that takes the matter up again, goes
 * there now. `before` = this desk's copy until now. @source nmg:2.2.1 @req REQ-14
 */
export function tellSinceClosed(
  draft: Draft,
  { body, conversation, sender }: LinkageMessage,
  before: Case | null,
): void {
  // Crossed by our own wish to have it handled again it is not taken up yet: their answer to that comes.
  if (before === null || body.type !== "reopened" || draft.linkages.get(conversation)?.state !== "accepted") return;
  const news = (before.sinceClosed ?? []).filter(({ from }) => from !== sender);
  if (news.length === 0) return;
  const fields = new Set(news.map(({ field }) => field));
  const sealed = Object.values(theCase(draft).sealed).filter(({ field }) => fields.has(field));
  addTo(draft, sealed, ({ id }) => id === conversation);
}

/** A copy keeps only what it did not have: what was amended is what is new here, once for each note. */
function newNotes(events: readonly CaseEvent[]): readonly Sealed[] {
  const kept = events.flatMap((event) => (event.type === "CaseAmended" ? event.sealed : []));
  const notes = kept.filter(({ field }) => field.startsWith("note."));
  return [...new Map(notes.map((one) => [one.field, one])).values()];
}
