import type { Instant, RegionCode, UnitCode } from "../../kernel/index.ts";
import type { DutyTurn } from "../duty/index.ts";
import { NO_DETAILS } from "./index.ts";
import type { DirectoryEntry, UnitDetails } from "./index.ts";

/** Monday noon in Shanghai. */
export const NOON = "2026-11-23T04:00:00.000Z" as Instant;

/** Somebody on duty every day between two minutes of the day. */
export function turn(phone: string, from: number, to: number, order = 1): DutyTurn {
  const shift = { code: "s", nameZh: "班", nameEn: "shift", days: "1234567H", validFrom: "2026-01-01", validTo: null };
  return { shift: { ...shift, from, to }, functionZh: "值班员", functionEn: "duty officer", phone, order };
}

const parseCode = (code: string): UnitCode => code as UnitCode;

/** A unit that stands in the county; `parent` = the code of the one above it. */
export function unit(code: string, details: Partial<UnitDetails> = {}, parent: string | null = null): DirectoryEntry {
  return {
    code: parseCode(code),
    nameZh: `${code}值班室`,
    nameEn: code,
    side: "hotline",
    tier: "county",
    parent: parent === null ? null : parseCode(parent),
    region: "150105" as RegionCode,
    unitKind: "gasCompany",
    dutyPhone: `000-${code}`,
    invented: true,
    details: { ...NO_DETAILS, ...details },
  };
}
