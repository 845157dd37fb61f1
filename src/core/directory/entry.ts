import type { RegionCode } from "../../kernel/index.ts";
import type { DutyTurn, EscalationStep } from "../duty/index.ts";
import type { CreditCode } from "./credit-code.ts";
import type { PoliceUnitCode } from "./police-code.ts";
import type { Retirement } from "./retirement.ts";
import type { Served } from "./served.ts";
import type { Unit } from "./unit.ts";

/** What the other sheets of a directory say of one unit. */
export type UnitDetails = {
  readonly creditCode: CreditCode | null;
  readonly policeCode: PoliceUnitCode | null;
  readonly served: readonly Served[];
  /** Towns and villages that belong to it besides its own region, such as a police precinct. */
  readonly precinct: readonly RegionCode[];
  readonly turns: readonly DutyTurn[];
  readonly escalation: readonly EscalationStep[];
  /** Day the duty phone was last rung and answered; null = never. */
  readonly verifiedOn: string | null;
};

/** One unit with all that is known of it: one record of the directory, written and kept as a whole. @source nmg:2.3.2 @source yn:4.2.1 */
export type DirectoryEntry = Unit & {
  readonly details: UnitDetails;
  /** Absent = it stays. */
  readonly retired?: Retirement;
};

/** A unit of which nothing more than its own row is known. */
export const NO_DETAILS: UnitDetails = {
  creditCode: null,
  policeCode: null,
  served: [],
  precinct: [],
  turns: [],
  escalation: [],
  verifiedOn: null,
};
