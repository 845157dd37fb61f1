import type { CommandBody, RequestView } from "../../../../src/http/contract/index.ts";
import type { Values } from "../../../shared/drafts/form-values.ts";
import { EMPTY_DRAFT } from "../../register/draft.ts";
import type { Draft } from "../../register/draft.ts";
import { toFields } from "../../register/to-fields.ts";

type Facts = Pick<RequestView, "place" | "requestKind" | "field" | "requesterType" | "confidential" | "fields">;

/** The place in words as this reader sees it in clear; a masked one is nobody's text to send back. */
function clearAddress({ fields }: Pick<Facts, "fields">): string {
  const view = fields["address"];
  return view?.showing === "clear" ? (view.value ?? "") : "";
}

/** The facts of a request that may be shown in clear, as the form offers them. */
export function offeredValues(request: Facts): Values {
  return {
    place: request.place ?? "",
    address: clearAddress(request),
    requestKind: request.requestKind ?? "",
    field: request.field ?? "",
    requesterType: request.requesterType ?? "",
    confidential: request.confidential ? "yes" : "",
  };
}

/** The form's values as a registration would hold them. */
export function amendedDraft(values: Values): Draft {
  const place = values["place"] ?? "";
  return {
    ...EMPTY_DRAFT,
    phone: values["phone"] ?? "",
    name: values["name"] ?? "",
    address: values["address"] ?? "",
    place: place === "" ? null : place,
    requestKind: values["requestKind"] ?? "",
    field: values["field"] ?? "",
    requesterType: values["requesterType"] ?? "",
    confidential: values["confidential"] === "yes",
  };
}

/** Whether there is nothing to send: no word, and every fact as it stands. */
export function changesNothing({ fields, note }: CommandBody<"amend">): boolean {
  return note === undefined && Object.keys(fields).length === 0;
}

/** Only what differs from the request as it stands; empty boxes change nothing. */
export function amendmentOf(request: Facts, draft: Draft, note: string): CommandBody<"amend"> {
  const fields = toFields({ ...draft, channel: "", confidential: false });
  const stands = { ...request, address: clearAddress(request).trim() };
  const same = (["place", "address", "requestKind", "field", "requesterType"] as const).filter(
    (name) => fields[name] === stands[name],
  );
  const changed = Object.fromEntries(Object.entries(fields).filter(([name]) => !same.some((one) => one === name)));
  const confidential = draft.confidential === request.confidential ? {} : { confidential: draft.confidential };
  return { fields: { ...changed, ...confidential }, ...(note.trim() === "" ? {} : { note: note.trim() }) };
}
