/** What a call taker has typed so far. Codes are null, texts empty, while nothing was said. */
export type Draft = {
  readonly phone: string;
  readonly name: string;
  readonly contact: string;
  readonly place: string | null;
  readonly address: string;
  readonly text: string;
  readonly item: string | null;
  /** Name of the item as it was picked, so that a recovered draft can show it. */
  readonly itemName: string | null;
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
  address: "",
  text: "",
  item: null,
  itemName: null,
  requestKind: "",
  field: "",
  requesterType: "",
  channel: "phone",
  confidential: false,
};

/** A draft is personal data on a shared machine: after this it is dropped unread. */
const KEPT_MS = 12 * 3_600_000;

export function isEmptyDraft(draft: Draft): boolean {
  return JSON.stringify({ ...draft, channel: "phone" }) === JSON.stringify(EMPTY_DRAFT);
}

/** Name of the draft's place in the browser: one a node and seat. */
export function draftKey(node: string, user: string): string {
  return `liandong.draft.${node}.${user}`;
}

export function saveDraft(key: string, draft: Draft, now: number): void {
  if (isEmptyDraft(draft)) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify({ at: now, draft }));
}

export function dropDraft(key: string): void {
  localStorage.removeItem(key);
}

export type SavedDraft = { readonly at: number; readonly draft: Draft };

/** The draft that was left behind, or null; what this version cannot read is not offered. */
export function findDraft(key: string, now: number): SavedDraft | null {
  const saved = parseSaved(localStorage.getItem(key));
  if (saved === null) return null;
  if (now - saved.at > KEPT_MS) {
    dropDraft(key);
    return null;
  }
  return saved;
}

/** Reads a stored draft; unknown fields are left out, missing ones stay empty. */
export function parseSaved(stored: string | null): SavedDraft | null {
  if (stored === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("at" in value) || !("draft" in value)) return null;
  const { at, draft } = value;
  if (typeof at !== "number" || typeof draft !== "object" || draft === null) return null;
  const known = Object.entries(draft).filter(
    ([name, one]) => name in EMPTY_DRAFT && (one === null || typeof one === "string" || typeof one === "boolean"),
  );
  return { at, draft: { ...EMPTY_DRAFT, ...Object.fromEntries(known) } };
}
