import { gcm } from "@noble/ciphers/aes";

/** The keys of an account for its drafts, newest first, as the session gives them. */
export type DraftKeys = readonly { readonly id: string; readonly key: string }[];

/** A sealed text: which key, the nonce, and the box; both base64. */
export type Sealed = { readonly id: string; readonly iv: string; readonly box: string };

/** Locks texts under an account's key. `context` is held against the box and not stored: it must be given again. */
export type Seal = {
  readonly close: (text: string, context: string) => Sealed;
  /** Null = of another account, of a key that is given no more, or changed. */
  readonly open: (sealed: Sealed, context: string) => string | null;
};

const IV_BYTES = 12;

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

/**
 * AES-GCM with 256 bits under the newest key; opens with any of them. Null without a key. Sealed at once and not by the
 * browser's own ciphers, which answer later: a page that is reloaded in the next moment has nothing written down then.
 */
export function openSeal(keys: DraftKeys): Seal | null {
  const all = new Map(keys.map(({ id, key }) => [id, bytesOfHex(key)]));
  const [newest] = all;
  if (newest === undefined) return null;
  const [id, key] = newest;
  const encode = (text: string) => new TextEncoder().encode(text);
  return {
    close: (text, context) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      return { id, iv: toBase64(iv), box: toBase64(gcm(key, iv, encode(context)).encrypt(encode(text))) };
    },
    open: (sealed, context) => {
      const by = all.get(sealed.id);
      if (by === undefined) return null;
      try {
        return new TextDecoder().decode(
          gcm(by, fromBase64(sealed.iv), encode(context)).decrypt(fromBase64(sealed.box)),
        );
      } catch {
        return null;
      }
    },
  };
}
