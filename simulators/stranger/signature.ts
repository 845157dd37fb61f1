import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { sm2 } from "sm-crypto-v2";
import { canonical, sm3Of } from "./canonical.ts";
import { type JsonObject, parseJson, parseObject, textIn } from "./json.ts";

/** The order of the SM2 curve (GB/T 32918.5). */
const ORDER = BigInt("0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123");
const USER_ID = "1234567812345678";

export type Keys = { readonly publicKey: string; readonly privateKey: string; readonly keyId: string };

/** The first 16 hex digits of SM3 over the 65 bytes of the public key (linkage-exchange 3.1). */
export function keyIdOf(publicKey: string): string {
  return sm3Of(Buffer.from(publicKey, "hex")).slice(0, 16);
}

/** The node's own key pair, made on first use and kept in a file that only its owner reads. */
export function loadKeys(file: string): Keys {
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(sm2.generateKeyPairHex()), { mode: 0o600, flag: "wx" });
  const kept = parseObject(parseJson(readFileSync(file, "utf8")));
  const publicKey = textIn(kept, "publicKey");
  const privateKey = textIn(kept, "privateKey");
  if (publicKey === undefined || privateKey === undefined) throw new Error(`${file} holds no key pair`);
  return { publicKey, privateKey, keyId: keyIdOf(publicKey) };
}

/** SM2 with SM3 over the canonical JSON of `value`, in DER, lower-case hex (linkage-exchange 3.2). */
export function sign(value: unknown, keys: Keys): string {
  return sm2.doSignature(Uint8Array.from(Buffer.from(canonical(value), "utf8")), keys.privateKey, {
    der: true,
    hash: true,
    publicKey: keys.publicKey,
    userId: USER_ID,
  });
}

/** A document signed over all its members but `signature`, as most documents of the protocol are. */
export function signDocument<Members extends JsonObject>(
  members: Members,
  keys: Keys,
): Members & { signature: string } {
  return { ...members, signature: sign(members, keys) };
}

/** Whether the pinned key signed `value`; false for every other encoding than the canonical one (linkage-exchange 3.2). */
export function isSigned(value: unknown, signature: string | undefined, publicKey: string): boolean {
  if (signature === undefined || !isCanonicalDer(signature)) return false;
  try {
    return sm2.doVerifySignature(Uint8Array.from(Buffer.from(canonical(value), "utf8")), signature, publicKey, {
      der: true,
      hash: true,
      userId: USER_ID,
    });
  } catch {
    return false;
  }
}

/** Whether the pinned key signed a document over all its members but `signature`. */
export function isSignedDocument(document: JsonObject, publicKey: string): boolean {
  const { signature: _, ...members } = document;
  return isSigned(members, textIn(document, "signature"), publicKey);
}

/** DER of two numbers in [1, n-1], in the one shortest form. */
function isCanonicalDer(hex: string): boolean {
  if (!/^[0-9a-f]+$/.test(hex)) return false;
  const parts = /^30(..)02(..)(.*)$/.exec(hex);
  if (parts === null) return false;
  const [, , rLength = "", rest = ""] = parts;
  const r = rest.slice(0, 2 * Number.parseInt(rLength, 16));
  const s = rest.slice(r.length + 4);
  if (!/^[0-9a-f]+$/.test(r) || !/^[0-9a-f]+$/.test(s)) return false;
  const again = `02${integerDer(r)}02${integerDer(s)}`;
  return inRange(r) && inRange(s) && hex === `30${byte(again.length / 2)}${again}`;
}

function inRange(hex: string): boolean {
  const value = BigInt(`0x${hex}`);
  return value > 0n && value < ORDER;
}

function integerDer(hex: string): string {
  const digits = BigInt(`0x${hex}`).toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const body = Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even;
  return `${byte(body.length / 2)}${body}`;
}

function byte(value: number): string {
  return value.toString(16).padStart(2, "0");
}
