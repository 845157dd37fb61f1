import type { TalkOwner } from "../core/file/index.ts";
import type { ProposalGround } from "../core/linkage/index.ts";

/** What one side proposed, as it is entered. */
type SideInput = { readonly owner: TalkOwner; readonly ground: ProposalGround; readonly ref?: string };

/** What a desk writes down of a dispute and signs; texts are in clear until they are sealed. @source nmg:2.2.1 @req REQ-15 */
export type TalkInput = {
  readonly recordTalk: {
    readonly who: string;
    readonly others?: string;
    readonly callerPresent: boolean;
    readonly callId?: string;
    readonly ours: SideInput;
    readonly theirs: SideInput;
    readonly asked?: readonly { readonly question: string; readonly answer: "yes" | "no" | "unknown" }[];
    readonly agreed?: TalkOwner;
    readonly note?: string;
  };
  readonly signTalk: { readonly no: number; readonly who: string };
};
