import type { LinkageId, Sealed } from "../../kernel/index.ts";
import type { GivenAnswer } from "../catalogue/index.ts";
import type { ProposalGround } from "../linkage/index.ts";

/** Whose the matter should be, seen from the desk that writes it down. */
export const TALK_OWNERS = ["us", "them"] as const;
export type TalkOwner = (typeof TALK_OWNERS)[number];

/** What one side proposed, and on which ground; `ref` = item code or clause key, null for `default`. */
export type TalkSide = { readonly owner: TalkOwner; readonly ground: ProposalGround; readonly ref: string | null };

/** What was said in a dispute is written down, and signed by the other desk. @source nmg:2.2.1 @source yn:3.1 @req REQ-15 */
export type TalkCommand =
  | {
      readonly type: "recordTalk";
      readonly linkageId: LinkageId;
      readonly who: Sealed | null;
      readonly others: Sealed | null;
      readonly callerPresent: boolean;
      readonly callId: string | null;
      readonly ours: TalkSide;
      readonly theirs: TalkSide;
      readonly asked: readonly GivenAnswer[];
      /** Who has the matter by what was agreed; null = not agreed. */
      readonly agreed: TalkOwner | null;
      readonly note: Sealed | null;
    }
  /** `no` = the record of the other desk as it was read. */
  | {
      readonly type: "signTalk";
      readonly linkageId: LinkageId;
      readonly no: number;
      readonly who: Sealed | null;
    };

/** Why a talk is not written down or signed. */
export type TalkRefusal =
  /** Who took part for this desk is part of the record. */
  { readonly code: "TALK_WHO_MISSING" };
