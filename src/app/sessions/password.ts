import { scrypt, timingSafeEqual } from "node:crypto";

/** Cost of one scrypt run: memory is 128·n·r bytes. */
export type ScryptCost = { readonly n: number; readonly r: number; readonly p: number };

/** What new passwords are stored with: 32 MiB a guess. */
export const PASSWORD_COST: ScryptCost = { n: 32_768, r: 8, p: 1 };

const KEY_BYTES = 32;
const STORED = /^scrypt\$n=(\d{1,8}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;

/**
 * The text stored for a password: `scrypt$n=32768,r=8,p=1$<salt>$<key>`, both base64. The cost stands in it, so that a
 * stronger one can be brought in without touching old accounts. `salt` is 16 random bytes.
 */
export async function hashPassword(
  password: string,
  salt: Uint8Array,
  cost: ScryptCost = PASSWORD_COST,
): Promise<string> {
  const key = await derive(password, salt, KEY_BYTES, cost);
  return `scrypt$n=${cost.n},r=${cost.r},p=${cost.p}$${base64(salt)}$${base64(key)}`;
}

/**
 * Whether the password is the stored one, and whether it was stored with a lower cost than `wanted` (then store it again).
 * A stored text that cannot be read matches nothing; it still costs a full run.
 */
export async function checkPassword(
  password: string,
  stored: string,
  wanted: ScryptCost = PASSWORD_COST,
): Promise<{ readonly right: boolean; readonly weak: boolean }> {
  const parts = STORED.exec(stored);
  const cost = parts === null ? wanted : { n: Number(parts[1]), r: Number(parts[2]), p: Number(parts[3]) };
  const salt = Buffer.from(parts?.[4] ?? "", "base64");
  const expected = Buffer.from(parts?.[5] ?? "", "base64");
  const key = await derive(password, salt, Math.max(expected.length, 16), cost);
  const right = parts !== null && expected.length >= 16 && timingSafeEqual(key, expected);
  return { right, weak: cost.n < wanted.n || cost.r < wanted.r || cost.p < wanted.p };
}

/** A stored text that no password opens, for logins that do not exist: they must cost the same time. */
export function unknownLoginHash(salt: Uint8Array, cost: ScryptCost = PASSWORD_COST): string {
  return `scrypt$n=${cost.n},r=${cost.r},p=${cost.p}$${base64(salt)}$${base64(new Uint8Array(KEY_BYTES))}`;
}

function derive(password: string, salt: Uint8Array, bytes: number, cost: ScryptCost): Promise<Buffer> {
  const options = { N: cost.n, r: cost.r, p: cost.p, maxmem: 256 * cost.n * cost.r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, bytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
