import type { RequestView } from "../../../../src/http/contract/index.ts";

/** What the other desk would have to ask for: a number to ring, a place to go to. Said with a hand-over; nothing waits for it. */
export type Unsaid = "number" | "place";

/** What is missing of a request that is handed over; what stands there masked is not missing. @source nmg:2.2.1 @req REQ-14 */
export function unsaidOf({ fields, place }: Pick<RequestView, "fields" | "place">): readonly Unsaid[] {
  const number = fields["requester.phone"] ?? fields["requester.contact"];
  const somewhere = place !== null || fields["address"] !== undefined;
  return [...(number === undefined ? (["number"] as const) : []), ...(somewhere ? [] : (["place"] as const))];
}

/** Where it stands in the catalogues of words. */
export function unsaidWord(missing: Unsaid): "route.noNumber" | "route.noPlace" {
  return missing === "number" ? "route.noNumber" : "route.noPlace";
}
