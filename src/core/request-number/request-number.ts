import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, RequestNo, Result } from "../../kernel/index.ts";
import { checkDigitOf } from "./check-digit.ts";

/** Serials of one series on one day: 00001 to 99999. */
const SERIALS = 99_999;
const SERIES = { hotline: ["1", "3", "5", "7", "9"], police: ["2", "4", "6", "8", "0"] } as const;

/** Most numbers one side of one region can give in a day: five series of 99,999. */
export const NUMBERS_PER_DAY: number = 5 * SERIALS;

/** What a number says of itself. */
export type RequestNoParts = {
  readonly no: RequestNo;
  /** Home region of the node that registered the request, 6 digits. */
  readonly region: RegionCode;
  /** Side that registered it. */
  readonly side: "hotline" | "police";
  /** Day of registration, `yymmdd`, Asia/Shanghai. */
  readonly day: string;
  /** Which number of that side and day it is, from 1. */
  readonly n: number;
};

/** Why a text is no request number. */
export type RequestNoProblem = {
  readonly code:
    | "NUMBER_EMPTY"
    | "NUMBER_CHARACTER"
    | "NUMBER_LENGTH"
    | "NUMBER_CHECK"
    | "NUMBER_REGION"
    | "NUMBER_DAY"
    | "NUMBER_SERIAL";
};

/**
 * The one number of a request at every node (一号到底), 19 digits: region 6, series 1, day `yymmdd` 6, serial 5, check 1.
 * The series is odd at 12345 and even at 110 (0 after 8), so that the two sides never give the same number; the next one is taken
 * when the 99,999 serials of a day are used up. `n` counts 1, 2, 3… per region, side and day.
 * @throws when an argument cannot be (a region without 6 digits, a day that does not exist, n outside 1 to NUMBERS_PER_DAY).
 */
export function makeRequestNo(from: {
  readonly region: string;
  readonly side: "hotline" | "police";
  readonly day: string;
  readonly n: number;
}): RequestNo {
  const series = SERIES[from.side][Math.floor((from.n - 1) / SERIALS)];
  if (!isRegion(from.region) || !isYymmdd(from.day) || !Number.isInteger(from.n) || series === undefined) {
    throw new Error(`no request number of ${JSON.stringify(from)}`);
  }
  const serial = String(((from.n - 1) % SERIALS) + 1).padStart(5, "0");
  const digits = `${from.region}${series}${from.day}${serial}`;
  return `${digits}${checkDigitOf(digits)}` as RequestNo;
}

/**
 * Reads a number as a person writes or pastes it: blanks, dashes and full-width digits are fine.
 * Errors, first that holds: NUMBER_EMPTY, NUMBER_CHARACTER, NUMBER_LENGTH, NUMBER_CHECK (a misread or swapped digit),
 * NUMBER_REGION, NUMBER_DAY, NUMBER_SERIAL.
 */
export function parseRequestNo(text: string): Result<RequestNoParts, RequestNoProblem> {
  const digits = text.normalize("NFKC").replaceAll(/[\s\p{Dash_Punctuation}\u2212_.·]/gu, "");
  if (digits === "") return err({ code: "NUMBER_EMPTY" });
  if (!/^[0-9]+$/.test(digits)) return err({ code: "NUMBER_CHARACTER" });
  if (digits.length !== 19) return err({ code: "NUMBER_LENGTH" });
  if (checkDigitOf(digits.slice(0, 18)) !== digits.slice(18)) return err({ code: "NUMBER_CHECK" });
  const region = digits.slice(0, 6);
  const day = digits.slice(7, 13);
  const serial = Number(digits.slice(13, 18));
  if (!isRegion(region)) return err({ code: "NUMBER_REGION" });
  if (!isYymmdd(day)) return err({ code: "NUMBER_DAY" });
  if (serial === 0) return err({ code: "NUMBER_SERIAL" });
  const series = digits.slice(6, 7);
  const side = Number(series) % 2 === 1 ? "hotline" : "police";
  const round = SERIES[side].findIndex((known) => known === series);
  return ok({ no: digits as RequestNo, region: region as RegionCode, side, day, n: round * SERIALS + serial });
}

/** The number in groups of 6-1-6-5-1 for reading aloud; `parseRequestNo` takes it back. */
export function speakRequestNo(no: RequestNo): string {
  return [no.slice(0, 6), no.slice(6, 7), no.slice(7, 13), no.slice(13, 18), no.slice(18)].join("-");
}

/** First two digits of a division: a province, 11 to 82. */
function isRegion(text: string): boolean {
  return /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}$/.test(text);
}

function isYymmdd(text: string): boolean {
  if (!/^\d{6}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4))];
  const february = year % 4 === 0 ? 29 : 28;
  const lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (lengths[month - 1] ?? 0);
}
