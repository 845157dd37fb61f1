import { createCipheriv, createSecretKey, hash, timingSafeEqual } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { BoxFault } from "../app/ports/keys.ts";
import { err, ok, type Result } from "../kernel/index.ts";
import { randomPooled } from "./random-pool.ts";

/**
 * SM3 in one call into the library, which keeps no object behind for the collector of garbage: a registration asks for some
 * thirty digests. One byte a character (`binary`, the same as `latin1`) costs half of what a buffer of its own costs.
 */
function sm3Latin1(bytes: Uint8Array): string {
  return hash("sm3", bytes, "binary");
}

/** SM3 over the given parts one after the other: 32 bytes. */
export function sm3(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.from(sm3Latin1(Buffer.concat(parts)), "latin1");
}

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;

/** A key of HMAC-SM3, prepared: the key under each of the two pads, the outer one with room for the inner digest. */
export type MacKey = { readonly inner: Buffer; readonly outer: Buffer };

/** Prepares a key that is used more than once. */
export function macKey(key: Uint8Array): MacKey {
  const short = key.length > BLOCK_BYTES ? sm3(key) : key;
  const inner = Buffer.alloc(BLOCK_BYTES, 0x36);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES, 0x5c);
  for (let at = 0; at < short.length; at++) {
    inner[at] = (short[at] ?? 0) ^ 0x36;
    outer[at] = (short[at] ?? 0) ^ 0x5c;
  }
  return { inner, outer };
}

/**
 * HMAC-SM3 by RFC 2104, one byte a character: two digests at once cost a third of the library's three-step HMAC, and most of what
 * sealing a value costs is this tag.
 */
function macLatin1(key: MacKey, parts: readonly Uint8Array[]): string {
  key.outer.write(sm3Latin1(Buffer.concat([key.inner, ...parts])), BLOCK_BYTES, "latin1");
  return sm3Latin1(key.outer);
}

/** HMAC-SM3 over the given parts one after the other: 32 bytes. */
export function hmacSm3(key: MacKey, ...parts: readonly Uint8Array[]): Buffer {
  return Buffer.from(macLatin1(key, parts), "latin1");
}

/** First byte of every box; a new way of sealing gets a new number and the old one stays readable. */
const BOX_VERSION = 1;
const IV_BYTES = 16;
const TAG_BYTES = 32;
const KEY_BYTES_MIN = 16;
const ENC_LABEL = Buffer.from("liandong/box/1/enc");
const MAC_LABEL = Buffer.from("liandong/box/1/mac");

type BoxKeys = { readonly enc: KeyObject; readonly mac: MacKey };

/** Keys derived from a key in memory, for as long as its bytes are: one use case seals or opens many values under one key. */
const derived = new WeakMap<Uint8Array, BoxKeys>();

/** Two keys from one, so that no key is ever used for two algorithms. */
function deriveKeys(key: Uint8Array): BoxKeys {
  const known = derived.get(key);
  if (known !== undefined) return known;
  if (key.length < KEY_BYTES_MIN) throw new Error(`a sealing key has at least ${KEY_BYTES_MIN} bytes`);
  const whole = macKey(key);
  const made = {
    enc: createSecretKey(hmacSm3(whole, ENC_LABEL).subarray(0, 16)),
    mac: macKey(hmacSm3(whole, MAC_LABEL)),
  };
  derived.set(key, made);
  return made;
}

/** Eight bytes, most significant first; filled and used without a pause between. */
const LENGTH = Buffer.alloc(8);

/** The context's length is part of the tag: otherwise its last byte could be moved into the ciphertext. */
function tagOf(mac: MacKey, aad: Uint8Array, body: Uint8Array): string {
  LENGTH.writeUInt32BE(aad.length, 4);
  return macLatin1(mac, [LENGTH, aad, body]);
}

/**
 * Seals bytes: SM4-CTR, then HMAC-SM3 (encrypt-then-MAC; SM4-GCM is not in the platform's library).
 * Box = version (1 byte), IV (16, random), ciphertext, tag (32) over length of aad, aad, version, IV, ciphertext.
 * `key` has at least 16 bytes. `aad` is authenticated and not stored. A stream has no last block: nothing is left to ask for with
 * `final`, which costs a call into the library for each value.
 */
export function sealBytes(key: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Buffer {
  const { enc, mac } = deriveKeys(key);
  const iv = randomPooled(IV_BYTES);
  const sealed = createCipheriv("sm4-ctr", enc, iv).update(plaintext);
  const end = 1 + IV_BYTES + sealed.length;
  const box = Buffer.allocUnsafe(end + TAG_BYTES);
  box[0] = BOX_VERSION;
  box.set(iv, 1);
  box.set(sealed, 1 + IV_BYTES);
  box.write(tagOf(mac, aad, box.subarray(0, end)), end, "latin1");
  return box;
}

/** A box and the context it was sealed in. */
export type SealedBox = { readonly box: Uint8Array; readonly aad: Uint8Array };

function faultOf(mac: MacKey, { box, aad }: SealedBox): BoxFault | null {
  if (box.length > 0 && box[0] !== BOX_VERSION) return { code: "BOX_VERSION_UNKNOWN" };
  if (box.length < 1 + IV_BYTES + TAG_BYTES) return { code: "BOX_TOO_SHORT" };
  const end = box.length - TAG_BYTES;
  const tag = Buffer.from(tagOf(mac, aad, box.subarray(0, end)), "latin1");
  return timingSafeEqual(tag, box.subarray(end)) ? null : { code: "BOX_FORGED" };
}

/** Writes the counters of `blocks` blocks from `at` on: the IV, one more for each block, as a number of 128 bits. */
function writeCounters(counters: Uint8Array, at: number, box: Uint8Array, blocks: number): void {
  for (let block = 0; block < blocks; block++) {
    let carry = block;
    for (let byte = IV_BYTES - 1; byte >= 0; byte--) {
      const sum = (box[1 + byte] ?? 0) + (carry & 0xff);
      counters[at + block * IV_BYTES + byte] = sum & 0xff;
      carry = (carry >>> 8) + (sum >>> 8);
    }
  }
}

/** How many blocks of key stream a box takes. */
function blocksOf(box: Uint8Array): number {
  return Math.ceil((box.length - 1 - IV_BYTES - TAG_BYTES) / IV_BYTES);
}

/**
 * Opens what `sealBytes` made, all boxes of one key together. Errors, one by one: BOX_VERSION_UNKNOWN, BOX_TOO_SHORT, BOX_FORGED
 * (other key, other aad, changed); a box that cannot be opened hinders no other. Counter mode is the encrypted counters added to
 * the text: the counters of all boxes go through the cipher in one call, because a cipher of its own for each of the forty values
 * that a request and its history show cost more than all the rest of opening them.
 */
export function openBoxes(key: Uint8Array, sealed: readonly SealedBox[]): readonly Result<Buffer, BoxFault>[] {
  const { enc, mac } = deriveKeys(key);
  const checked = sealed.map((one) => ({ box: one.box, fault: faultOf(mac, one) }));
  const blocks = checked.reduce((sum, { box, fault }) => sum + (fault === null ? blocksOf(box) : 0), 0);
  const counters = Buffer.allocUnsafe(blocks * IV_BYTES);
  let written = 0;
  for (const { box, fault } of checked) {
    if (fault !== null) continue;
    writeCounters(counters, written, box, blocksOf(box));
    written += blocksOf(box) * IV_BYTES;
  }
  const stream = createCipheriv("sm4-ecb", enc, null).setAutoPadding(false).update(counters);
  if (stream.length !== counters.length) throw new Error("a key stream of another length than its counters");
  let used = 0;
  return checked.map(({ box, fault }) => {
    if (fault !== null) return err(fault);
    const text = Buffer.alloc(box.length - 1 - IV_BYTES - TAG_BYTES);
    for (let at = 0; at < text.length; at++) text[at] = (box[1 + IV_BYTES + at] ?? 0) ^ (stream[used + at] ?? 0);
    used += blocksOf(box) * IV_BYTES;
    return ok(text);
  });
}

/** Opens one box. Errors as `openBoxes`. */
export function openBytes(key: Uint8Array, box: Uint8Array, aad: Uint8Array): Result<Buffer, BoxFault> {
  return openBoxes(key, [{ box, aad }])[0] ?? err({ code: "BOX_TOO_SHORT" });
}

/** Whether the text is an uncompressed SM2 point in hex; that it lies on the curve shows when it is used. */
export function isPublicKey(text: string): boolean {
  return /^04[0-9a-f]{128}$/.test(text);
}

/** Fingerprint of a public key: the first 16 hex digits of SM3 over its 65 bytes. */
export function fingerprint(publicKey: string): string {
  return sm3(Buffer.from(publicKey, "hex")).toString("hex").slice(0, 16);
}
