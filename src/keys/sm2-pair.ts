import { createECDH } from "node:crypto";

/** An SM2 pair: scalar of 64 hex digits, uncompressed point of 130. */
export type Sm2Pair = { readonly privateKey: string; readonly publicKey: string };

/** A fresh pair from the platform's own generator (only its SM2 *signature* is wrong, its curve arithmetic is right). */
export function makeSm2Pair(): Sm2Pair {
  const curve = createECDH("SM2");
  curve.generateKeys();
  return pairOf(curve.getPrivateKey("hex").padStart(64, "0"));
}

function pairOf(privateKey: string): Sm2Pair {
  const curve = createECDH("SM2");
  curve.setPrivateKey(privateKey, "hex");
  return { privateKey, publicKey: curve.getPublicKey("hex", "uncompressed") };
}

/** PKCS#8 of an SM2 pair: fixed octets around scalar and point (RFC 5208, RFC 5915, curve 1.2.156.10197.1.301). */
const HEAD = "308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420";
const MIDDLE = "a144034200";

/** The pair as a PEM file that the openssl command line reads as an SM2 private key. */
export function pemOfPair(pair: Sm2Pair): string {
  const base64 = Buffer.from(HEAD + pair.privateKey + MIDDLE + pair.publicKey, "hex").toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${base64.replaceAll(/(.{64})/g, "$1\n").trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

/** The pair in an unencrypted PEM file, ours or openssl's; null when it is not an SM2 private key. */
export function parsePairPem(pem: string): Sm2Pair | null {
  if (!pem.startsWith("-----BEGIN PRIVATE KEY-----")) return null;
  const der = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64").toString("hex");
  // Curve name first, then the inner sequence begins with version 1 and the 32-octet scalar.
  const scalar = /06082a811ccf5501822d.*?0201010420([0-9a-f]{64})/.exec(der)?.[1];
  if (scalar === undefined) return null;
  try {
    return pairOf(scalar);
  } catch {
    return null;
  }
}
