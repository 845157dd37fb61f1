/** The keys of an account for its drafts, newest first, as the session gives them. */
export type DraftKeys = readonly { readonly id: string; readonly key: string }[];

/** A sealed text: which key, the nonce, and the box; both base64. */
export type Sealed = { readonly id: string; readonly iv: string; readonly box: string };

/** Locks texts under an account's key. `context` is held against the box and not stored: it must be given again. */
export type Seal = {
  readonly close: (text: string, context: string) => Promise<Sealed>;
  /** Null = of another account, of a key that is given no more, or changed. */
  readonly open: (sealed: Sealed, context: string) => Promise<string | null>;
};

type Ciphers = Pick<SubtleCrypto, "importKey" | "encrypt" | "decrypt">;

const IV_BYTES = 12;

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text));
}

/** AES-GCM with 256 bits under the newest key; opens with any of them. The keys cannot be read out again. Null without a key. */
export async function openSeal(subtle: Ciphers, keys: DraftKeys): Promise<Seal | null> {
  const all = new Map<string, CryptoKey>();
  for (const { id, key } of keys) {
    all.set(id, await subtle.importKey("raw", bytesOfHex(key), "AES-GCM", false, ["encrypt", "decrypt"]));
  }
  const [newest] = all;
  if (newest === undefined) return null;
  const [id, key] = newest;
  return {
    close: async (text, context) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const box = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: encode(context) }, key, encode(text));
      return { id, iv: toBase64(iv), box: toBase64(new Uint8Array(box)) };
    },
    open: async (sealed, context) => {
      const by = all.get(sealed.id);
      if (by === undefined) return null;
      try {
        const how = { name: "AES-GCM", iv: fromBase64(sealed.iv), additionalData: encode(context) };
        return new TextDecoder().decode(await subtle.decrypt(how, by, fromBase64(sealed.box)));
      } catch {
        return null;
      }
    },
  };
}
