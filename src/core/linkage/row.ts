import type { ConditionName } from "./condition.ts";
import type { LinkageAlarmKind, LinkageNote } from "./event.ts";
import type { FactName } from "./fact.ts";
import type { GuardName } from "./guard.ts";
import type { LinkageRole, LinkageState } from "./linkage.ts";
import type { LinkageMessageType } from "./message.ts";
import type { FollowUpName } from "./follow-up.ts";
import type { LinkageTrigger } from "./work.ts";

/**
 * One row of a linkage table: data, no code. Of the rows with the same role, state and trigger the first one whose
 * conditions (`when`) all hold applies. `guards` may refuse and stand only on commands.
 */
export type Row = {
  readonly id: string;
  /** Section of the linkage table, with the clause behind it where one stands there. */
  readonly section: string;
  readonly role: LinkageRole;
  /** `-`: the linkage is being born. */
  readonly from: readonly (LinkageState | "-")[];
  readonly on: LinkageTrigger;
  readonly when?: readonly ConditionName[];
  readonly guards?: readonly GuardName[];
  readonly to: LinkageState | "same";
  readonly sets?: readonly FactName[];
  readonly sends?: readonly LinkageMessageType[];
  /** What it does to other linkages of the same file. */
  readonly pulls?: readonly FollowUpName[];
  readonly alarms?: readonly LinkageAlarmKind[];
  /** A message consumed without effect. */
  readonly noted?: LinkageNote;
};
