import type { Sealed } from "../../kernel/index.ts";
import type { Case } from "../case/index.ts";
import { showingOf } from "../disclosure/index.ts";
import type { CaseBrief } from "../linkage/index.ts";

/** Which agreed scope a message falls under. */
export type BriefPurpose = "peerTransfer" | "peerDanger" | "peerTold";

/** Base fields and everything said since, in the form in which it may leave this node. */
const TRAVELS = /^(requester\.|address$|text$|note\.|initialResponse\.)/;

/** What the other desk is told of a request: codes, and those sealed fields that the scope shows in clear. @source nmg:2.3.2 */
export function briefOf(state: Case, purpose: BriefPurpose): CaseBrief {
  return {
    registeredAt: state.registeredAt,
    channel: state.channel,
    place: state.place,
    requestKind: state.requestKind,
    field: state.field,
    requesterType: state.requesterType,
    confidential: isConfidential(state),
    item: state.verdict?.item ?? null,
    danger: state.danger,
    sealed: inScope(
      Object.values(state.sealed).filter((s) => TRAVELS.test(s.field)),
      purpose,
      isConfidential(state),
    ),
    ...(state.said === undefined ? {} : { said: state.said }),
  };
}

/** Those references whose value the scope shows in clear; half a value never travels. */
export function inScope(sealed: readonly Sealed[], purpose: BriefPurpose, confidential: boolean): readonly Sealed[] {
  return sealed.filter((s) => showingOf(purpose, s.field, confidential) === "clear");
}

/** Tip-offs are confidential whether or not anybody asked. @source nmg:2.1 */
export function isConfidential(state: Pick<Case, "confidential" | "requestKind">): boolean {
  return state.confidential || state.requestKind === "tipOff";
}
