import { createHash } from "node:crypto";
import type { Keys } from "../../src/app/index.ts";
import { err, ok } from "../../src/kernel/index.ts";
import type { Random } from "./random.ts";

const TAG = 16;

function digest(algorithm: "sm3" | "sha256", ...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest();
}

function streamed(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Buffer {
  const out = Buffer.alloc(data.length);
  for (let block = 0; block * 32 < data.length; block++) {
    const pad = digest("sha256", key, iv, String(block));
    for (let i = 0; i < 32 && block * 32 + i < data.length; i++)
      out[block * 32 + i] = (data[block * 32 + i] ?? 0) ^ (pad[i] ?? 0);
  }
  return out;
}

/**
 * Keys of a simulated node: the port's promises (boxes open only with their key and context, commitments are the protocol's)
 * with every random byte from the seed, and a mark instead of a signature. Runs with real SM2 signatures stand beside them.
 */
export function createSeededKeys(random: Random): Keys {
  const publicKey = `04${Buffer.from(random.bytes(64)).toString("hex")}`;
  const master = random.bytes(32);
  const signatureBy = (key: string, bytes: Uint8Array): string => `30${digest("sha256", key, bytes).toString("hex")}`;
  const keyIdOf = (key: string): string | null =>
    /^04[0-9a-f]{128}$/.test(key) ? digest("sha256", key).toString("hex").slice(0, 16) : null;
  const seal = (key: Uint8Array, plain: Uint8Array, context: string): Uint8Array => {
    const iv = random.bytes(8);
    const body = streamed(key, iv, plain);
    return Buffer.concat([iv, body, digest("sha256", key, context, iv, body).subarray(0, TAG)]);
  };
  const open = (key: Uint8Array, box: Uint8Array, context: string): ReturnType<Keys["open"]>[number] => {
    if (box.length < 8 + TAG) return err({ code: "BOX_TOO_SHORT" });
    const iv = box.subarray(0, 8);
    const body = box.subarray(8, box.length - TAG);
    const tag = digest("sha256", key, context, iv, body).subarray(0, TAG);
    if (!tag.equals(box.subarray(box.length - TAG))) return err({ code: "BOX_FORGED" });
    return ok(streamed(key, iv, body));
  };
  return {
    nodePublicKey: publicKey,
    keyId: keyIdOf(publicKey) ?? "",
    keyIdOf,
    sign: async (bytes) => signatureBy(publicKey, bytes),
    verify: async (key, bytes, signature) => signature === signatureBy(key, bytes),
    wrap: async (caseKey, context) => seal(master, caseKey, `wrap/${context}`),
    unwrap: async (wrapped, context) => open(master, wrapped, `wrap/${context}`),
    seal: (key, plain, context) => seal(key, plain, `seal/${context}`),
    open: (key, boxes) => boxes.map(({ box, context }) => open(key, box, `seal/${context}`)),
    commit: (salt, value) => createHash("sm3").update(salt).update(value).digest("hex"),
    blindIndex: (text) => digest("sm3", master, text).toString("hex"),
    randomBytes: (n) => random.bytes(n),
  };
}
