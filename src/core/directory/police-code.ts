import { err, ok } from "../../kernel/index.ts";
import type { Brand, RegionCode, Result } from "../../kernel/index.ts";

/** Code of a police unit (公安机关机构代码), 12 digits. */
export type PoliceUnitCode = Brand<"PoliceUnitCode">;

/** Why a text is no police unit code. */
export type PoliceUnitCodeProblem = {
  readonly code: "POLICE_CODE_LENGTH" | "POLICE_CODE_CHARACTER" | "POLICE_CODE_REGION";
};

/**
 * Reads a police unit code: 12 digits that begin with the 6 of a division. It has no check character, so a wrong digit behind the
 * division is not found. The rule is GA 380-2002; of that text we could read title and scope only. The width of 12 and the
 * division in front are what the fields of deployed 110 systems hold; what the last six mean is not interpreted here.
 * Errors: POLICE_CODE_LENGTH, POLICE_CODE_CHARACTER, POLICE_CODE_REGION (no division of `regions`).
 * @source nmg:2.3.2
 */
export function parsePoliceUnitCode(
  text: string,
  regions: ReadonlySet<string>,
): Result<{ readonly code: PoliceUnitCode; readonly region: RegionCode }, PoliceUnitCodeProblem> {
  const code = text.normalize("NFKC").replaceAll(/\s/g, "");
  if (code.length !== 12) return err({ code: "POLICE_CODE_LENGTH" });
  if (!/^\d{12}$/.test(code)) return err({ code: "POLICE_CODE_CHARACTER" });
  const region = code.slice(0, 6);
  if (!regions.has(region)) return err({ code: "POLICE_CODE_REGION" });
  return ok({ code: code as PoliceUnitCode, region: region as RegionCode });
}
