/** So many digits at the end of a number tell requests of one day apart, and are what the bars name a request by. */
const FEWEST = 4;

/**
 * Requests that typed digits may stand for: the whole number, however it is grouped, or its end among those that are known here. Empty =
 * it is no number.
 */
export function numbersFor(typed: string, known: Iterable<string>): readonly string[] {
  const digits = typed.replaceAll(/[\s-]/g, "");
  if (!/^\d+$/.test(digits) || digits.length < FEWEST) return [];
  if (digits.length === 19) return [digits];
  return [...new Set(known)].filter((no) => no.endsWith(digits)).sort();
}
