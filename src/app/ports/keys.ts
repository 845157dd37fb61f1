import type { Result } from "../../kernel/index.ts";

/** Why a sealed box cannot be opened: an unknown header, cut short, or not made with this key and this context. */
export type BoxFault = { readonly code: "BOX_VERSION_UNKNOWN" | "BOX_TOO_SHORT" | "BOX_FORGED" };

/** A sealed value and the context it was sealed in. */
export type BoxInContext = { readonly box: Uint8Array; readonly context: string };

/**
 * Every secret of this node, behind one port: files on the node's own disk by default, certified hardware in production.
 * What only needs the secret of the moment is asynchronous, because hardware answers over a wire.
 * Hex is lower case everywhere.
 */
export type Keys = {
  /** This node's SM2 public key: the uncompressed point, 130 hex digits beginning with `04`. */
  readonly nodePublicKey: string;
  /** Fingerprint of `nodePublicKey`: the first 16 hex digits of SM3 over its 65 bytes. */
  readonly keyId: string;
  /** The fingerprint of any public key of the form above; null when the text is not of that form. */
  readonly keyIdOf: (publicKey: string) => string | null;
  /** SM2 signature with the standard user id `1234567812345678`, DER (GM/T 0009), as hex. */
  readonly sign: (bytes: Uint8Array) => Promise<string>;
  /** Whether `signature` over `bytes` was made by the owner of `publicKey`; malformed input is simply false. */
  readonly verify: (publicKey: string, bytes: Uint8Array, signature: string) => Promise<boolean>;
  /** Locks a case key under the master key. `context` names what it belongs to and must be given again to unlock. */
  readonly wrap: (caseKey: Uint8Array, context: string) => Promise<Uint8Array>;
  readonly unwrap: (wrapped: Uint8Array, context: string) => Promise<Result<Uint8Array, BoxFault>>;
  /** Encrypts and authenticates one value with a case key; `context` is authenticated, not stored. */
  readonly seal: (caseKey: Uint8Array, plaintext: Uint8Array, context: string) => Uint8Array;
  /** Opens values of one case key together, in the order given, each with its own result: cheaper than one by one. */
  readonly open: (caseKey: Uint8Array, boxes: readonly BoxInContext[]) => readonly Result<Buffer, BoxFault>[];
  /** Salted commitment of a value: SM3(salt bytes, then the value in UTF-8), 64 hex digits. */
  readonly commit: (salt: Uint8Array, value: string) => string;
  /** Keyed hash for exact search without clear text, 64 hex digits; the caller normalises the text first. */
  readonly blindIndex: (text: string) => string;
  /** Fresh randomness for case keys (32 bytes) and salts (16 bytes). */
  readonly randomBytes: (length: number) => Uint8Array;
};
