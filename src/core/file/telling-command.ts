import type { LinkageId, NodeCode, Sealed } from "../../kernel/index.ts";
import type { JointOutcome } from "../linkage/index.ts";

/** What is said to the other desk, or asked of it, while the matter stays where it is, and the answers to it. @source yn:3.3 @source nmg:2.2.2 @source nmg:2.2.3 */
export type TellingCommand =
  /** The other desk is told; `to` as in `handOver`. */
  | { readonly type: "notify"; readonly to: NodeCode | null; readonly text: Sealed | null }
  /** Help is asked for, the matter stays here; `to` as in `handOver`. */
  | {
      readonly type: "askSupport";
      readonly to: NodeCode | null;
      readonly what: Sealed | null;
      readonly where: Sealed | null;
      readonly when: Sealed | null;
    }
  /** The other desk works on a part of its own beside ours; `to` as in `handOver`. */
  | { readonly type: "askJoint"; readonly to: NodeCode | null; readonly what: Sealed | null }
  | {
      readonly type: "endJoint";
      readonly linkageId: LinkageId;
      readonly outcome: JointOutcome;
      readonly result: Sealed | null;
    }
  | { readonly type: "readNotice"; readonly linkageId: LinkageId }
  | { readonly type: "grantSupport"; readonly linkageId: LinkageId; readonly note: Sealed | null }
  | { readonly type: "declineSupport"; readonly linkageId: LinkageId; readonly note: Sealed | null }
  | { readonly type: "endSupport"; readonly linkageId: LinkageId; readonly result: Sealed | null };

/** Why nothing is told, or not closed. */
export type TellingRefusal =
  /** The other desk's program is of before such messages, or has not said since this node started what it reads: nothing was sent. */
  | { readonly code: "PEER_TOO_OLD" | "PEER_NOT_HEARD"; readonly desk: NodeCode; readonly dial: string }
  /** A closed request tells nobody anything and asks nobody for help: it is reopened first. */
  | { readonly code: "TELLING_CLOSED" }
  | { readonly code: "SUPPORT_OPEN"; readonly linkageId: LinkageId }
  /** The part that another desk works on beside it, or this desk for another, has not ended. */
  | { readonly code: "JOINT_OPEN"; readonly linkageId: LinkageId };
