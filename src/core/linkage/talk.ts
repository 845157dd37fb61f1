import type { Instant, NodeCode, Sealed } from "../../kernel/index.ts";
import type { GivenAnswer } from "../catalogue/index.ts";

/** On what a side rests its proposal: an item of the catalogue, a clause, or nothing but its own view (待会商). */
export const PROPOSAL_GROUNDS = ["item", "clause", "default"] as const;
export type ProposalGround = (typeof PROPOSAL_GROUNDS)[number];

/** What one side proposed: `owner` should have the matter; `ref` = code of the item or key of the clause, null for `default`. */
export type TalkProposal = {
  readonly desk: NodeCode;
  readonly owner: NodeCode;
  readonly ground: ProposalGround;
  readonly ref: string | null;
};

/**
 * What was said in a three-way call or negotiation (三方通话、协商), as one desk wrote it down: codes in clear, people and texts as
 * sealed references. @source nmg:2.2.1 @source yn:3.1 @req REQ-15
 */
export type TalkRecord = {
  /** Who of the recording desk took part. */
  readonly who: Sealed | null;
  /** Who else did: a unit, a second officer; null = nobody. */
  readonly others: Sealed | null;
  readonly callerPresent: boolean;
  /** Of the call as the switch knows it; null = it was no call, or the switch is not wired. */
  readonly callId: string | null;
  readonly proposals: readonly TalkProposal[];
  /** Version of the catalogue that the items and questions are of. */
  readonly catalogueVersion: string;
  /** Deciding questions of the catalogue that were asked, and the answers. */
  readonly asked: readonly GivenAnswer[];
  /** The desk agreed on: sender or receiver of the linkage; null = not agreed. */
  readonly to: NodeCode | null;
  readonly note: Sealed | null;
};

/** The other desk's signature under a record: when, by its clock, and who there. */
export type TalkSignature = { readonly at: Instant; readonly who: Sealed | null };

/** A record as both desks keep it. `no` counts 1, 2, 3… for each recording desk; `signed` null = the other desk has not confirmed it. */
export type Talk = TalkRecord & {
  readonly by: NodeCode;
  readonly no: number;
  readonly at: Instant;
  readonly signed: TalkSignature | null;
};

/** Talks of one linkage; a copy from before they were kept has none. */
type Talking = { readonly talks?: readonly Talk[] };

/** The newest record of a desk, null when it has none. */
export function newestTalk({ talks = [] }: Talking, by: NodeCode): Talk | null {
  return talks.findLast((talk) => talk.by === by) ?? null;
}

/** The number the next record of a desk has. */
export function nextTalkNo(linkage: Talking, by: NodeCode): number {
  return (newestTalk(linkage, by)?.no ?? 0) + 1;
}

/** The talks with one of them signed; a number nobody here knows changes nothing. */
export function signTalk(
  { talks = [] }: Talking,
  { by, no }: Pick<Talk, "by" | "no">,
  signed: TalkSignature,
): readonly Talk[] {
  return talks.map((talk) => (talk.by === by && talk.no === no ? { ...talk, signed: talk.signed ?? signed } : talk));
}
