import type { Registration } from "../../shared/api/commands.ts";

/** What a call taker has typed so far. Codes are null, texts empty, while nothing was said. */
export type Draft = {
  readonly phone: string;
  readonly name: string;
  readonly contact: string;
  readonly place: string | null;
  /** What stands typed in the field of the place, or of the item, and was not chosen from its list: it goes along as words. */
  readonly placeTyped: string;
  readonly itemTyped: string;
  readonly address: string;
  readonly text: string;
  readonly item: string | null;
  /** Name of the item as it was picked, so that a recovered draft can show it. */
  readonly itemName: string | null;
  /** Answers to the deciding questions, coded, and the item they were asked about. */
  readonly asked: string;
  readonly askedItem: string | null;
  readonly requestKind: string;
  readonly field: string;
  readonly requesterType: string;
  readonly channel: string;
  readonly confidential: boolean;
};

export const EMPTY_DRAFT: Draft = {
  phone: "",
  name: "",
  contact: "",
  place: null,
  placeTyped: "",
  itemTyped: "",
  address: "",
  text: "",
  item: null,
  itemName: null,
  asked: "",
  askedItem: null,
  requestKind: "",
  field: "",
  requesterType: "",
  channel: "phone",
  confidential: false,
};

export function isEmptyDraft(draft: Draft): boolean {
  return JSON.stringify({ ...draft, channel: "phone" }) === JSON.stringify(EMPTY_DRAFT);
}

/** Whether nothing stands in it by which anybody could act or ask back; kind, channel and a wish for secrecy alone are nothing. */
export function saysNothing(draft: Draft): boolean {
  const said = [
    draft.itemTyped,
    draft.text,
    draft.phone,
    draft.name,
    draft.contact,
    draft.address,
    draft.place,
    draft.item,
    draft.placeTyped,
  ];
  return said.every((one) => one === null || one.trim() === "");
}

/** A registration as it was sent, and the key it was sent under. */
export type SentDraft = { readonly body: Registration; readonly key: string };

/** The request a form has become, and what of the form it already holds: the rest follows as an amendment. */
export type MadeDraft = { readonly no: string; readonly body: Registration };

/** What one form holds: what was typed, what was sent without an answer, and the request it has become. */
export type SavedDraft = { readonly draft: Draft; readonly sent: SentDraft | null; readonly made: MadeDraft | null };

/** Beginning of the names of all registrations one account has half written. */
export function registerDrafts(place: string): string {
  return `${place}register.`;
}

/** What one form holds under its name, for as long as the name holds it. */
export function parseSaved(value: unknown): SavedDraft | null {
  if (typeof value !== "object" || value === null || !("draft" in value)) return null;
  const { draft } = value;
  if (typeof draft !== "object" || draft === null) return null;
  const known = Object.entries(draft).filter(
    ([name, one]) => name in EMPTY_DRAFT && (one === null || typeof one === "string" || typeof one === "boolean"),
  );
  return {
    draft: { ...EMPTY_DRAFT, ...Object.fromEntries(known) },
    sent: parseSent("sent" in value ? value.sent : null),
    made: parseMade("made" in value ? value.made : null),
  };
}

/** What was sent is sent again as it was; the server checks it, so its shape is not looked at here. */
function parseSent(value: unknown): SentDraft | null {
  if (typeof value !== "object" || value === null || !("key" in value) || !("body" in value)) return null;
  return typeof value.key === "string" && typeof value.body === "object" ? (value as SentDraft) : null;
}

/** It is held against what is typed, and sent nowhere. */
function parseMade(value: unknown): MadeDraft | null {
  if (typeof value !== "object" || value === null || !("no" in value) || !("body" in value)) return null;
  const { no, body } = value;
  if (typeof no !== "string" || typeof body !== "object" || body === null || !("fields" in body)) return null;
  return typeof body.fields === "object" && body.fields !== null ? (value as MadeDraft) : null;
}

/** The beginning of what stands in a draft, to know it again by. */
export function draftWords(draft: Draft): string {
  const words = [draft.text, draft.name, draft.address, draft.phone, draft.contact].find((one) => one.trim() !== "");
  return [...(words ?? draft.itemName ?? "").trim()].slice(0, 24).join("");
}
