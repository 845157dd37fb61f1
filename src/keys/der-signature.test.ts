import * as fc from "fast-check";
import { expect, test } from "vitest";
import { derOfRaw, rawOfDer } from "./der-signature.ts";

const ORDER = BigInt("0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123");
const hex64 = (value: bigint): string => value.toString(16).padStart(64, "0");
const scalar = fc.oneof(fc.bigInt(1n, ORDER - 1n), fc.bigInt(1n, 300n));

test("every signature in range survives the way to DER and back", () => {
  fc.assert(
    fc.property(scalar, scalar, (r, s) => {
      const raw = hex64(r) + hex64(s);
      expect(rawOfDer(derOfRaw(raw))).toBe(raw);
    }),
  );
});

test("scalars of zero or not below the group order are no signature (GM/T 0003.2, 7.1)", () => {
  for (const bad of [0n, ORDER, ORDER + 1n]) {
    expect(rawOfDer(derOfRaw(hex64(bad) + hex64(5n)))).toBeNull();
    expect(rawOfDer(derOfRaw(hex64(5n) + hex64(bad)))).toBeNull();
  }
});

test("a second encoding of the same signature is refused", () => {
  const der = derOfRaw(hex64(0x7fn) + hex64(0x11n));
  expect(der).toBe("300602017f020111");
  expect(rawOfDer("30070202007f020111")).toBeNull();
  expect(rawOfDer(`${der}00`)).toBeNull();
  expect(rawOfDer(der.toUpperCase())).toBeNull();
  expect(rawOfDer("")).toBeNull();
});
