import type { Meta } from "../../../src/http/contract/index.ts";

type Words = Readonly<Record<string, string>>;

const POLICE = "@police";

/**
 * The words as one desk says them: where 110 has its own word for a thing, the same key with `@police` carries it, and 110 reads that
 * one everywhere; 12345, and whoever does not know yet where he is, reads the plain one.
 */
export function deskWords(words: Words, side: Meta["side"] | undefined): Words {
  if (side !== "police") return words;
  const own = Object.entries(words).filter(([key]) => key.endsWith(POLICE));
  return { ...words, ...Object.fromEntries(own.map(([key, word]) => [key.slice(0, -POLICE.length), word])) };
}
