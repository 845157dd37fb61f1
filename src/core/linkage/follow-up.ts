import type { LinkageId } from "../../kernel/index.ts";
import { linkageAbove, linkagesBelow } from "./grant.ts";
import type { Linkage, LinkageFile } from "./linkage.ts";
import { commandOf } from "./work.ts";
import type { LinkageEffect, Work } from "./work.ts";

/** One linkage of the same file that has to move in the same transaction (section 5.3). */
export type FollowUp = { readonly linkageId: LinkageId; readonly effect: LinkageEffect };

/** What a row does to other linkages. `linkage` and `file` are as after the row. */
export const FOLLOW_UPS = {
  /** R closed: the conclusions it took back from below are closed with it. */
  closeBelow: (_, file, linkage) =>
    linkagesBelow(file, linkage.id).map((l) => ({ linkageId: l.id, effect: "closedAbove" })),
  /** The matter came back to work below a middle desk: it is at work again itself and says so upward. */
  reopenAbove: (_, file, linkage) => {
    const above = linkageAbove(file, linkage);
    return above === null ? [] : [{ linkageId: above.id, effect: "reopenedBelow" }];
  },
  /** S of a hand-back holds the acceptance: the linkage the matter came by ends with it. */
  endOlderReceived: (_, __, linkage) =>
    linkage.source === null ? [] : [{ linkageId: linkage.source, effect: "handedBack" }],
  /** R of a hand-back holds the confirmation: it holds the older grant again. */
  endOlderSent: (_, file, linkage) =>
    file.linkages
      .filter((l) => l.id === linkage.source && l.role === "S")
      .map((l) => ({ linkageId: l.id, effect: "handedBack" })),
  /** Ruled to a third desk: a new linkage to it, born bound. */
  offerToRuled: (work) => [{ linkageId: commandOf(work, "ruling").newLinkageId, effect: "ruledElsewhere" }],
} as const satisfies Record<string, (work: Work, file: LinkageFile, linkage: Linkage) => readonly FollowUp[]>;

export type FollowUpName = keyof typeof FOLLOW_UPS;
