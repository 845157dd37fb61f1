import type { RequestFields } from "../../../src/http/contract/index.ts";
import type { Registration } from "../../shared/api/commands.ts";
import { answersBody } from "../questions/answers.ts";
import type { Draft } from "./draft.ts";

const PHONE = /^[0-9+ -]{3,24}$/;

/** Whether the number could be stored as a number. Empty is fine. */
export function isPhone(phone: string): boolean {
  return phone.trim() === "" || PHONE.test(phone.trim());
}

/** Whether what stands there may still become a number. */
export function isBeginning(phone: string): boolean {
  return /^[0-9+ -]{0,3}$/.test(phone.trim());
}

/** Mobile, landline with and without its area, service numbers of ten digits, short numbers. */
const USUAL = /^(1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|[48]00\d{7}|1\d{2,4}|9\d{4,7})$/;

/** How many digits a number has that looks like none of this country; null = it looks like one, is foreign (+), or is no number at all. */
export function oddDigits(phone: string): number | null {
  const trimmed = phone.trim();
  if (trimmed === "" || !isPhone(trimmed)) return null;
  const digits = trimmed.replaceAll(/\D/g, "").replace(/^(00)?86(?=1\d{10}$)/, "");
  const foreign = trimmed.startsWith("+") && !trimmed.replaceAll(/\D/g, "").startsWith("86");
  return foreign || USUAL.test(digits) ? null : digits.length;
}

function given(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === "" ? undefined : trimmed;
}

/** Leaves out what was not said: the contract takes no empty texts. */
function filled<T extends Readonly<Record<string, unknown>>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null && value !== false,
  );
  return parseFilled(entries);
}

function parseFilled<T>(entries: readonly (readonly [string, unknown])[]): {
  [K in keyof T]?: Exclude<T[K], undefined>;
} {
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** What the desk entered, as the contract wants it. A number that is no number goes where any words may stand. */
export function toFields(draft: Draft): RequestFields {
  const phone = given(draft.phone);
  const phoneFits = phone !== undefined && isPhone(phone);
  const contact = [given(draft.contact), phoneFits ? undefined : phone].filter((one) => one !== undefined).join(" ");
  return filled({
    channel: given(draft.channel),
    place: draft.place ?? undefined,
    requestKind: given(draft.requestKind),
    field: given(draft.field),
    requesterType: given(draft.requesterType),
    confidential: draft.confidential,
    requesterName: given(draft.name),
    requesterPhone: phoneFits ? phone : undefined,
    requesterContact: given(contact),
    address: given([draft.place === null ? draft.placeTyped : "", draft.address].join(" ")),
    text: given([draft.text, draft.item === null ? draft.itemTyped : ""].join("\n")),
  });
}

export function toRegistration(draft: Draft): Registration {
  const judged = draft.item === null ? {} : { item: draft.item };
  // Also without an item: what the caller answered is said, wherever it leads.
  return { fields: toFields(draft), ...judged, ...answersBody(draft.asked) };
}
