import type { Random } from "./random.ts";

/** Personal values and texts that can be told from anything else: none of them may stand in clear outside the vault. */
export type Canaries = { readonly text: (what: string) => string; readonly phone: () => string };

const MARK = "鸣鸟";
const PHONE = /"139\d{8}"/;

/** Values of one run. Phones begin with 139, which no code, id or instant of ours can look like by accident in a field of text. */
export function createCanaries(random: Random): Canaries {
  let n = 0;
  return {
    text: (what) => {
      n += 1;
      return `${MARK}${n} ${what} ${random.int(1e9).toString(36)}`;
    },
    phone: () => {
      n += 1;
      return `139${String(random.int(1e8)).padStart(8, "0")}`;
    },
  };
}

/** Whether a text gives a value away. */
export function findCanary(text: string): string | null {
  const at = text.indexOf(MARK);
  if (at >= 0) return text.slice(Math.max(0, at - 60), at + 40);
  const phone = text.includes("139") ? /"139\d{8}"/.exec(text) : null;
  return phone === null ? null : phone[0];
}

/** Whether a shown text holds a value in clear. */
export function showsCanary(text: string): boolean {
  return text.includes(MARK) || PHONE.test(text);
}
