import { err, ok } from "../../kernel/index.ts";
import type { Brand, RegionCode, Result } from "../../kernel/index.ts";

/** Unified social credit code (统一社会信用代码), 18 characters. */
export type CreditCode = Brand<"CreditCode">;

/** What a unified social credit code says of itself. */
export type CreditCodeParts = {
  readonly code: CreditCode;
  /** Registering authority: 1 staffing (机构编制), 5 civil affairs, 9 market regulation, Y others; more by later lists. */
  readonly authority: string;
  /** Division of the registering authority, 6 digits. */
  readonly region: RegionCode;
  /** The organisation's own part, 9 characters. */
  readonly organisation: string;
};

/** Why a text is no unified social credit code. */
export type CreditCodeProblem = {
  readonly code: "CREDIT_CODE_LENGTH" | "CREDIT_CODE_CHARACTER" | "CREDIT_CODE_REGION" | "CREDIT_CODE_CHECK";
};

/** GB 32100-2015: digits and capital letters without I, O, S, V and Z; a character's value is its place here. */
const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/** Weight of place i (from 1) is 3^(i-1) modulo 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** The check character that belongs after 17 characters; null when they are not 17 of the character set. */
export function creditCheckCharacter(first17: string): string | null {
  if (first17.length !== WEIGHTS.length) return null;
  let sum = 0;
  for (const [i, weight] of WEIGHTS.entries()) {
    const value = CHARACTERS.indexOf(first17.charAt(i));
    if (value < 0) return null;
    sum += value * weight;
  }
  return CHARACTERS.charAt((31 - (sum % 31)) % 31);
}

/**
 * Reads a unified social credit code as a person writes or pastes it: blanks, small and full-width letters are fine.
 * 31 is prime and no two of the 17 weights are the same: every single wrong character is found, and every swap of two different
 * ones, neighbours or not, save of the first with the check character (both weigh 1).
 * Errors, first that holds: CREDIT_CODE_LENGTH, CREDIT_CODE_CHARACTER, CREDIT_CODE_REGION, CREDIT_CODE_CHECK.
 * @source nmg:2.3.2 @source yn:4.2.1 @req REQ-52
 */
export function parseCreditCode(text: string): Result<CreditCodeParts, CreditCodeProblem> {
  const code = text.normalize("NFKC").replaceAll(/\s/g, "").toUpperCase();
  if (code.length !== 18) return err({ code: "CREDIT_CODE_LENGTH" });
  if ([...code].some((character) => !CHARACTERS.includes(character))) return err({ code: "CREDIT_CODE_CHARACTER" });
  const region = code.slice(2, 8);
  if (!/^\d{6}$/.test(region)) return err({ code: "CREDIT_CODE_REGION" });
  if (creditCheckCharacter(code.slice(0, 17)) !== code.slice(17)) return err({ code: "CREDIT_CODE_CHECK" });
  return ok({
    code: code as CreditCode,
    authority: code.slice(0, 1),
    region: region as RegionCode,
    organisation: code.slice(8, 17),
  });
}
