import { hash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";

/** SM3 of a text in UTF-8, 64 hex digits. */
export function sm3Hex(text: string): string {
  return hash("sm3", text, "hex");
}

/**
 * What a batch signs and a receipt quotes of a message: SM3 over its canonical JSON, exactly as it was sent, fields
 * included that this node does not know. Throws `CanonicalFault` as `canonicalJson` does.
 */
export function messageDigest(message: unknown): string {
  return sm3Hex(canonicalJson(message));
}

/** The commitment a sealed reference holds of its value: SM3(salt bytes, value in UTF-8). `salt` is hex. */
export function commitmentOf(salt: string, value: string): string {
  return hash("sm3", Buffer.concat([Buffer.from(salt, "hex"), Buffer.from(value)]), "hex");
}
