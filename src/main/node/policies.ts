import type { FileContext } from "../../core/file/index.ts";

/**
 * Whose yardstick a hand-over counts by. `nmg`: police matters moved to 110 by police rules; government matters moved to 110,
 * and everything moved to 12345, by 12345's rules for its members. `yn`: who accepts supervises and assesses.
 * @source nmg:2.2.5 @source yn:5.3 @req REQ-45 @req REQ-46
 */
export const REGIMES: Readonly<Record<"nmg" | "yn", FileContext["regime"]>> = {
  nmg: ({ to, verdict }) => {
    if (to === "hotline") return "hotlineMemberRules";
    return verdict?.side === "hotline" ? "hotlineMemberRules" : "policeRules";
  },
  yn: () => "acceptingPlatform",
};
