import { createCipheriv } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprint, hmacSm3, openBytes, sealBytes, sm3 } from "./sm-primitives.ts";

const bytes = (text: string): Buffer => Buffer.from(text);
const someBytes = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength });

describe("standard vectors", () => {
  test("SM3 gives the digests printed in GM/T 0004, examples 1 and 2", () => {
    expect(sm3(bytes("abc")).toString("hex")).toBe("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    expect(sm3(bytes("abcd".repeat(16))).toString("hex")).toBe(
      "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
    );
  });

  test("SM4 gives the block printed in GM/T 0002, and the platform's CTR is that block", () => {
    const key = Buffer.from("0123456789abcdeffedcba9876543210", "hex");
    const ecb = createCipheriv("sm4-ecb", key, null).setAutoPadding(false);
    expect(ecb.update(key).toString("hex")).toBe("681edf34d206965e86b3e94f536e4246");
    // Counter mode encrypts the counter: zero text under the counter `key` is the printed block.
    expect(createCipheriv("sm4-ctr", key, key).update(Buffer.alloc(16)).toString("hex")).toBe(
      "681edf34d206965e86b3e94f536e4246",
    );
  });

  test("HMAC-SM3 is SM3 in the construction of RFC 2104", () => {
    const key = bytes("key");
    const pad = (fill: number): Buffer => {
      const block = Buffer.alloc(64, fill);
      for (const [i, byte] of key.entries()) block[i] = byte ^ fill;
      return block;
    };
    const byHand = sm3(pad(0x5c), sm3(pad(0x36), bytes("text")));
    expect(hmacSm3(key, bytes("text")).equals(byHand)).toBe(true);
  });
});

describe("sealed boxes", () => {
  test("a box opens to what was sealed, with the same key and context only", () => {
    fc.assert(
      fc.property(someBytes(16, 48), someBytes(0, 300), someBytes(0, 40), (key, text, aad) => {
        const box = sealBytes(key, text, aad);
        const opened = openBytes(key, box, aad);
        expect(opened.ok && opened.value.equals(text)).toBe(true);
        expect(openBytes(key, box, Buffer.concat([aad, bytes("x")]))).toEqual({
          ok: false,
          error: { code: "BOX_FORGED" },
        });
        const other = Buffer.from(key);
        other[0] = (other[0] ?? 0) ^ 1;
        expect(openBytes(other, box, aad)).toEqual({ ok: false, error: { code: "BOX_FORGED" } });
      }),
    );
  });

  test("no single changed bit of a box goes unnoticed", () => {
    const key = Buffer.alloc(32, 7);
    const box = sealBytes(key, bytes("兴安北路"), bytes("case"));
    for (let i = 0; i < box.length * 8; i++) {
      const changed = Buffer.from(box);
      changed[i >> 3] = (changed[i >> 3] ?? 0) ^ (1 << (i & 7));
      expect(openBytes(key, changed, bytes("case")).ok).toBe(false);
    }
  });

  test("a box cut short or of a later version is refused with its own code", () => {
    const box = sealBytes(Buffer.alloc(16), bytes(""), bytes(""));
    expect(openBytes(Buffer.alloc(16), box.subarray(0, 48), bytes(""))).toEqual({
      ok: false,
      error: { code: "BOX_TOO_SHORT" },
    });
    expect(openBytes(Buffer.alloc(16), Buffer.alloc(0), bytes(""))).toEqual({
      ok: false,
      error: { code: "BOX_TOO_SHORT" },
    });
    box[0] = 2;
    expect(openBytes(Buffer.alloc(16), box, bytes(""))).toEqual({ ok: false, error: { code: "BOX_VERSION_UNKNOWN" } });
  });

  test("a byte cannot be moved from the context into the box", () => {
    const key = Buffer.alloc(16, 1);
    const box = sealBytes(key, bytes("text"), Buffer.concat([bytes("case"), Buffer.of(1)]));
    expect(openBytes(key, Buffer.concat([Buffer.of(1), box]), bytes("case")).ok).toBe(false);
  });

  test("the same value sealed twice gives two boxes", () => {
    const key = Buffer.alloc(16, 1);
    expect(sealBytes(key, bytes("a"), bytes("")).equals(sealBytes(key, bytes("a"), bytes("")))).toBe(false);
  });

  test("a key shorter than 16 bytes is a programmer's mistake", () => {
    expect(() => sealBytes(Buffer.alloc(15), bytes("a"), bytes(""))).toThrow("16 bytes");
  });
});

test("a fingerprint is the first 16 hex digits of SM3 of the point", () => {
  const point = `04${"ab".repeat(64)}`;
  expect(fingerprint(point)).toBe(sm3(Buffer.from(point, "hex")).toString("hex").slice(0, 16));
});
