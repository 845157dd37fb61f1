import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditCheckCharacter, parseCreditCode, parsePoliceUnitCode } from "./index.ts";

const CHARACTERS = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"];
const digit = fc.constantFrom(..."0123456789");
const character = fc.constantFrom(...CHARACTERS);

/** A right code: authority and kind, six digits, nine characters, check character. */
const creditCode = fc
  .tuple(
    fc.array(character, { minLength: 2, maxLength: 2 }),
    fc.array(digit, { minLength: 6, maxLength: 6 }),
    fc.array(character, { minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.flat().join(""))
  .map((first17) => `${first17}${creditCheckCharacter(first17) ?? ""}`);

const refusal = (text: string): string => {
  const read = parseCreditCode(text);
  return read.ok ? "ok" : read.error.code;
};

describe("a unified social credit code (GB 32100-2015, nmg:2.3.2)", () => {
  test("has the check character of the worked example of the standard: 91350100M000100Y4 gives 3", () => {
    // Worked by hand: sum 1640, 1640 mod 31 = 28, 31 - 28 = 3.
    expect(creditCheckCharacter("91350100M000100Y4")).toBe("3");
    expect(refusal("91350100M000100Y43")).toBe("ok");
    expect(refusal("91350100M000100Y4Z")).toBe("CREDIT_CODE_CHARACTER");
    expect(refusal("91350100M000100Y44")).toBe("CREDIT_CODE_CHECK");
  });

  test("is read however a person writes it", () => {
    const read = parseCreditCode(" 91350100 m000100y4３ ");
    expect(read).toEqual({
      ok: true,
      value: { code: "91350100M000100Y43", authority: "9", region: "350100", organisation: "M000100Y4" },
    });
    expect([refusal(""), refusal("91350100M000100Y4"), refusal("9135O100M000100Y43")]).toEqual([
      "CREDIT_CODE_LENGTH",
      "CREDIT_CODE_LENGTH",
      "CREDIT_CODE_CHARACTER",
    ]);
    expect(refusal("91A50100M000100Y43")).toBe("CREDIT_CODE_REGION");
  });

  test("with one wrong character is refused always", () => {
    fc.assert(
      fc.property(creditCode, fc.nat({ max: 17 }), character, (code, place, wrong) => {
        fc.pre(code.charAt(place) !== wrong);
        expect(refusal(code.slice(0, place) + wrong + code.slice(place + 1))).not.toBe("ok");
      }),
    );
  });

  test("with two different characters swapped is refused always, save the first with the last: both weigh 1", () => {
    fc.assert(
      fc.property(creditCode, fc.nat({ max: 17 }), fc.nat({ max: 17 }), (code, one, other) => {
        const [a, b] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(code.charAt(a) !== code.charAt(b) && !(a === 0 && b === 17));
        const swapped = [...code];
        [swapped[a], swapped[b]] = [code.charAt(b), code.charAt(a)];
        expect(refusal(swapped.join(""))).not.toBe("ok");
      }),
    );
  });

  test("lets none of the 540 single errors of a code and no swap of its neighbours pass", () => {
    const code = "91350100M000100Y43";
    const singles = [...code].flatMap((right, place) =>
      CHARACTERS.filter((wrong) => wrong !== right).map(
        (wrong) => code.slice(0, place) + wrong + code.slice(place + 1),
      ),
    );
    const swaps = Array.from(
      { length: 17 },
      (_, i) => `${code.slice(0, i)}${code.charAt(i + 1)}${code.charAt(i)}${code.slice(i + 2)}`,
    );
    expect(singles).toHaveLength(18 * 30);
    expect([...singles, ...swaps.filter((swap) => swap !== code)].filter((wrong) => refusal(wrong) === "ok")).toEqual(
      [],
    );
  });
});

describe("a police unit code (12 digits)", () => {
  test("begins with a division; nothing behind it is interpreted or checked", () => {
    const read = (text: string): string => {
      const parsed = parsePoliceUnitCode(text, new Set(["150102"]));
      return parsed.ok ? parsed.value.region : parsed.error.code;
    };
    expect(["150102 010000", "150102990000", "15010201000", "15010201000A", "990102010000"].map(read)).toEqual([
      "150102",
      "150102",
      "POLICE_CODE_LENGTH",
      "POLICE_CODE_CHARACTER",
      "POLICE_CODE_REGION",
    ]);
  });
});
