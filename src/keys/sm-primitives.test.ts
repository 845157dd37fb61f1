import { createCipheriv, createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprint, hmacSm3, macKey, openBoxes, openBytes, sealBytes, sm3 } from "./sm-primitives.ts";

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

  test("HMAC-SM3 (RFC 2104) is the platform's, for keys shorter and longer than a block and a text in any parts", () => {
    fc.assert(
      fc.property(someBytes(1, 150), someBytes(0, 200), fc.nat(200), (key, text, cut) => {
        const expected = createHmac("sm3", key).update(text).digest();
        const prepared = macKey(key);
        expect(hmacSm3(prepared, text).equals(expected)).toBe(true);
        expect(hmacSm3(prepared, text.subarray(0, cut), text.subarray(cut)).equals(expected)).toBe(true);
      }),
    );
  });
});

/** The same box with another IV, sealed by the platform's counter mode under the keys that the box's key gives. */
function withCounter(key: Uint8Array, box: Uint8Array, text: Uint8Array, iv: Uint8Array, aad: Uint8Array): Buffer {
  const part = (label: string): Buffer => createHmac("sm3", key).update(`liandong/box/1/${label}`).digest();
  const cipher = createCipheriv("sm4-ctr", part("enc").subarray(0, 16), iv);
  const body = Buffer.concat([box.subarray(0, 1), iv, cipher.update(text)]);
  const length = Buffer.alloc(8);
  length.writeUInt32BE(aad.length, 4);
  return Buffer.concat([body, createHmac("sm3", part("mac")).update(length).update(aad).update(body).digest()]);
}

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

  test("boxes opened together give what each was sealed from, by the platform's counter mode, also when a counter runs over", () => {
    const iv = fc.oneof(
      someBytes(16, 16),
      fc.nat(255).map((last) => Buffer.alloc(16, 0xff).fill(last, 15)),
    );
    fc.assert(
      fc.property(someBytes(32, 32), fc.array(fc.tuple(someBytes(0, 5_000), iv), { maxLength: 8 }), (key, texts) => {
        const boxes = texts.map(([text, counter], no) => {
          const box = sealBytes(key, text, bytes(`${no}`));
          return { box: withCounter(key, box, text, counter, bytes(`${no}`)), aad: bytes(`${no}`) };
        });
        const opened = openBoxes(key, boxes);
        expect(opened.map((one) => one.ok && one.value.toString("hex"))).toEqual(
          texts.map(([text]) => Buffer.from(text).toString("hex")),
        );
      }),
    );
  });

  test("a text longer than 256 blocks opens whole, under a counter that runs over in every byte", () => {
    const key = Buffer.alloc(32, 5);
    const text = Buffer.from("火".repeat(4_000));
    const aad = bytes("case");
    const box = withCounter(key, sealBytes(key, text, aad), text, Buffer.alloc(16, 0xff), aad);
    expect(openBoxes(key, [{ box, aad }]).map((one) => one.ok && one.value.equals(text))).toEqual([true]);
  });

  test("one forged box among others is refused alone", () => {
    const key = Buffer.alloc(32, 3);
    const aad = bytes("case");
    const boxes = ["甲", "乙", "丙"].map((text) => ({ box: sealBytes(key, bytes(text), aad), aad }));
    boxes[1]?.box.writeUInt8(9, 20);
    expect(openBoxes(key, boxes).map((one) => (one.ok ? one.value.toString() : one.error.code))).toEqual([
      "甲",
      "BOX_FORGED",
      "丙",
    ]);
    expect(openBoxes(key, [])).toEqual([]);
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
