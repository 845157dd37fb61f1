/**
 * The one number of a request across all nodes (一号到底) and the public's check code. Decides how they are built, read and
 * spoken. Refuses to count: serials and random bytes come from outside. Serves nmg:2.2.1 and nmg:2.3.1.
 */
export { CHECK_CODE_BYTES, formatCheckCode, parseCheckCode } from "./check-code.ts";
export type { CheckCode } from "./check-code.ts";
export { makeRequestNo, NUMBERS_PER_DAY, parseRequestNo, speakRequestNo } from "./request-number.ts";
export type { RequestNoParts, RequestNoProblem } from "./request-number.ts";
