import { hash } from "node:crypto";
import { canonicalJson } from "../../storage/index.ts";

/** What a command says, as one short text: the same key with another digest is no repeat. */
export function digestOf(said: unknown): string {
  return hash("sm3", canonicalJson(said), "hex");
}
