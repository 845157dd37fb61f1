import { hash } from "node:crypto";
import type { Keys } from "../app/ports/keys.ts";
import { randomPooled } from "./random-pool.ts";
import { createRecentKeys } from "./recent-keys.ts";
import { fingerprint, hmacSm3, isPublicKey, macKey, openBoxes, openBytes, sealBytes } from "./sm-primitives.ts";
import { openSm2Pool } from "./sm2-pool.ts";

/** All secrets of a node in memory: SM2 pair in hex, two keys of 32 bytes. */
export type NodeSecrets = {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly masterKey: Uint8Array;
  readonly blindIndexKey: Uint8Array;
};

/** The port plus the end of its threads. */
export type OpenKeys = Keys & { readonly close: () => Promise<void> };

/** Two threads: one busy with an ordinary batch never makes an urgent one wait for its signature. */
const THREADS = 2;

function aadOf(purpose: string, context: string): Uint8Array {
  return Buffer.from(`liandong/${purpose}/${context}`);
}

/** The `Keys` port over secrets held in memory; how they got there is the caller's matter. */
export function keysOf(secrets: NodeSecrets): OpenKeys {
  const blindIndexKey = macKey(secrets.blindIndexKey);
  const recent = createRecentKeys();
  const pool = openSm2Pool({ privateKey: secrets.privateKey, publicKey: secrets.publicKey }, THREADS);
  return {
    nodePublicKey: secrets.publicKey,
    keyId: fingerprint(secrets.publicKey),
    keyIdOf: (publicKey) => (isPublicKey(publicKey) ? fingerprint(publicKey) : null),
    sign: pool.sign,
    verify: async (publicKey, bytes, signature) =>
      isPublicKey(publicKey) && (await pool.verify(publicKey, bytes, signature)),
    wrap: async (caseKey, context) => {
      const wrapped = sealBytes(secrets.masterKey, caseKey, aadOf("wrap", context));
      recent.keep(wrapped, context, caseKey);
      return wrapped;
    },
    unwrap: async (wrapped, context) =>
      recent.get(wrapped, context, () => openBytes(secrets.masterKey, wrapped, aadOf("wrap", context))),
    seal: (caseKey, plaintext, context) => sealBytes(caseKey, plaintext, aadOf("seal", context)),
    open: (caseKey, boxes) =>
      openBoxes(
        caseKey,
        boxes.map(({ box, context }) => ({ box, aad: aadOf("seal", context) })),
      ),
    commit: (salt, value) => hash("sm3", Buffer.concat([salt, Buffer.from(value)]), "hex"),
    blindIndex: (text) => hmacSm3(blindIndexKey, Buffer.from(text)).toString("hex"),
    randomBytes: randomPooled,
    close: async () => {
      recent.close();
      await pool.close();
    },
  };
}
