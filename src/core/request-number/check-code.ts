import type { Brand } from "../../kernel/index.ts";

/** The public's secret beside the number: with both a person reads the status of a request. Six characters. */
export type CheckCode = Brand<"CheckCode">;

/** No 0/O/D/Q, 1/I/L, 2/Z, 5/S, 8/B, 6/G (G left out), U/V (U left out): what is left is not mistaken for one another on paper. */
const ALPHABET = "34679ACEFHJKMNPRTVWXY";
const LENGTH = 6;

/** Random bytes a check code is made of: two for each character. */
export const CHECK_CODE_BYTES: number = 2 * LENGTH;

/**
 * A check code from 12 random bytes, given by the caller. Each character takes two bytes, so that no one of the 21 is
 * favoured by more than 1 in 3,120. About 86 million codes: whoever reads by it must be slowed down elsewhere.
 * @throws when the bytes are not 12.
 */
export function formatCheckCode(bytes: Uint8Array): CheckCode {
  if (bytes.length !== CHECK_CODE_BYTES) throw new Error(`${CHECK_CODE_BYTES} bytes wanted, ${bytes.length} given`);
  let code = "";
  for (let i = 0; i < CHECK_CODE_BYTES; i += 2) {
    const value = (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
    code += ALPHABET.charAt(value % ALPHABET.length);
  }
  return code as CheckCode;
}

/** A check code as a person types it (small letters, blanks, dashes, full width), or null when it can be none. */
export function parseCheckCode(text: string): CheckCode | null {
  const code = text
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[\s\p{Dash_Punctuation}]/gu, "");
  const fits = code.length === LENGTH && [...code].every((character) => ALPHABET.includes(character));
  return fits ? (code as CheckCode) : null;
}
