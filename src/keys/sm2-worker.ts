import { parentPort, workerData } from "node:worker_threads";
import { sm2 } from "sm-crypto-v2";
import { derOfRaw, rawOfDer } from "./der-signature.ts";

/** What a worker is asked. `id` comes back with the answer. */
export type Sm2Request =
  | { readonly id: number; readonly act: "sign"; readonly bytes: Uint8Array }
  | {
      readonly id: number;
      readonly act: "verify";
      readonly publicKey: string;
      readonly bytes: Uint8Array;
      readonly signature: string;
    };

/** `value` null: the request itself was broken, which only a programmer's mistake can cause. */
export type Sm2Answer = { readonly id: number; readonly value: string | boolean | null; readonly fault: string | null };

/** The key pair the workers sign with; hex. */
export type Sm2WorkerData = { readonly privateKey: string; readonly publicKey: string };

const USER_ID = "1234567812345678";
const KNOWN_PEERS_MAX = 128;

type Point = ReturnType<typeof sm2.precomputePublicKey>;

/**
 * Tables of peers' public keys, oldest use first. Measured on 2 shared cores, Node 24, 1 KiB messages, verifications
 * per second in one thread: 330 without a table, 1,536 with window 4, 1,792 with 6, 2,103 with 8; a table of window 8
 * takes 32 ms once per peer and thread. Signing makes 2,540/s and gains nothing from the platform's own point
 * multiplication (2,257/s).
 */
const points = new Map<string, Point>();

function pointOf(publicKey: string): Point {
  const known = points.get(publicKey);
  if (known !== undefined) {
    points.delete(publicKey);
    points.set(publicKey, known);
    return known;
  }
  const point = sm2.precomputePublicKey(publicKey, 8);
  point.assertValidity();
  points.set(publicKey, point);
  const oldest = points.keys().next();
  if (points.size > KNOWN_PEERS_MAX && oldest.done !== true) points.delete(oldest.value);
  return point;
}

function verify(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const raw = rawOfDer(signature);
  if (raw === null) return false;
  try {
    return sm2.doVerifySignature(bytes, raw, pointOf(publicKey), { hash: true, userId: USER_ID });
  } catch {
    // The library throws for a point off the curve and for scalars out of range: all of them are "not signed".
    return false;
  }
}

function answer(own: Sm2WorkerData, request: Sm2Request): Sm2Answer {
  try {
    const value =
      request.act === "sign"
        ? derOfRaw(
            sm2.doSignature(request.bytes, own.privateKey, { hash: true, publicKey: own.publicKey, userId: USER_ID }),
          )
        : verify(request.publicKey, request.bytes, request.signature);
    return { id: request.id, value, fault: null };
  } catch (fault) {
    return { id: request.id, value: null, fault: String(fault) };
  }
}

const port = parentPort;
if (port !== null) {
  const own: Sm2WorkerData = workerData;
  port.on("message", (request: Sm2Request) => port.postMessage(answer(own, request)));
}
