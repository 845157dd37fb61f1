import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHECK_CODE_BYTES, formatCheckCode, makeRequestNo, NUMBERS_PER_DAY, parseCheckCode } from "./index.ts";
import { parseRequestNo, speakRequestNo } from "./index.ts";

const region = fc.constantFrom("150100", "150103", "152525", "530102", "530000", "659001");
const side = fc.constantFrom("hotline" as const, "police" as const);
const day = fc
  .record({ y: fc.nat(99), m: fc.integer({ min: 1, max: 12 }), d: fc.integer({ min: 1, max: 28 }) })
  .map(({ y, m, d }) => [y, m, d].map((part) => String(part).padStart(2, "0")).join(""));
const n = fc.integer({ min: 1, max: NUMBERS_PER_DAY });
const from = fc.record({ region, side, day, n });
const number = from.map(makeRequestNo);

const codeOf = (text: string): string => {
  const parsed = parseRequestNo(text);
  return parsed.ok ? "OK" : parsed.error.code;
};

const at = (count: number, of: "hotline" | "police"): string =>
  makeRequestNo({ region: "150100", side: of, day: "261122", n: count });

describe("the one number of a request", () => {
  test("has 19 digits and says region, side, day and count back (nmg:2.3.1)", () => {
    fc.assert(
      fc.property(from, (parts) => {
        const no = makeRequestNo(parts);
        expect(no).toMatch(/^\d{19}$/);
        expect(parseRequestNo(no)).toEqual({ ok: true, value: { no, ...parts } });
      }),
    );
  });

  test("is built of region, series, day, serial and check in this order", () => {
    const no = makeRequestNo({ region: "150103", side: "hotline", day: "261122", n: 42 });
    expect(no.slice(0, 18)).toBe("150103126112200042");
    expect(speakRequestNo(no)).toMatch(/^150103-1-261122-00042-\d$/);
  });

  test("takes the next series of its side when the serials of a day are used up", () => {
    expect(at(99_999, "hotline").slice(6, 18)).toBe("126112299999");
    expect(at(100_000, "hotline").slice(6, 18)).toBe("326112200001");
    expect(at(100_000, "police").slice(6, 18)).toBe("426112200001");
    expect(at(NUMBERS_PER_DAY, "hotline").slice(6, 7)).toBe("9");
    expect(at(NUMBERS_PER_DAY, "police").slice(6, 7)).toBe("0");
  });

  test("is never the same for two sides, days or counts", () => {
    fc.assert(
      fc.property(from, from, (a, b) => {
        const same = a.region === b.region && a.side === b.side && a.day === b.day && a.n === b.n;
        expect(makeRequestNo(a) === makeRequestNo(b)).toBe(same);
      }),
    );
  });

  test("shows every single wrong digit", () => {
    fc.assert(
      fc.property(number, (no) => {
        const wrong = [...no].flatMap((right, i) =>
          [..."0123456789"].filter((digit) => digit !== right).map((digit) => no.slice(0, i) + digit + no.slice(i + 1)),
        );
        expect(wrong).toHaveLength(171);
        expect(new Set(wrong.map(codeOf))).toEqual(new Set(["NUMBER_CHECK"]));
      }),
    );
  });

  test("shows every swap of two neighbouring digits", () => {
    fc.assert(
      fc.property(number, (no) => {
        for (let i = 0; i + 1 < no.length; i += 1) {
          const swapped = `${no.slice(0, i)}${no[i + 1]}${no[i]}${no.slice(i + 2)}`;
          expect(codeOf(swapped)).toBe(swapped === no ? "OK" : "NUMBER_CHECK");
        }
      }),
    );
  });

  test("is read with blanks, dashes and full-width digits, and as it is spoken", () => {
    fc.assert(
      fc.property(number, fc.constantFrom(" ", "-", "－", "—", "\u3000", "·"), (no, between) => {
        const wide = [...no].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(between);
        expect(codeOf(wide)).toBe("OK");
        expect(parseRequestNo(speakRequestNo(no))).toEqual(parseRequestNo(no));
      }),
    );
  });

  test("is refused with the code of what is wrong", () => {
    const good = makeRequestNo({ region: "150100", side: "police", day: "240229", n: 1 });
    expect(codeOf(good)).toBe("OK");
    expect(codeOf("  -  ")).toBe("NUMBER_EMPTY");
    expect(codeOf(`${good.slice(0, 18)}x`)).toBe("NUMBER_CHARACTER");
    expect(codeOf(good.slice(1))).toBe("NUMBER_LENGTH");
    expect(codeOf(`${good}0`)).toBe("NUMBER_LENGTH");
    expect(codeOf(withCheck("990100226022900001"))).toBe("NUMBER_REGION");
    expect(codeOf(withCheck("150100225022900001"))).toBe("NUMBER_DAY");
    expect(codeOf(withCheck("150100226130100001"))).toBe("NUMBER_DAY");
    expect(codeOf(withCheck("150100226022800000"))).toBe("NUMBER_SERIAL");
  });

  test("is never made of what cannot be", () => {
    const good = { region: "150100", side: "hotline", day: "261122", n: 1 } as const;
    for (const bad of [{ region: "1501" }, { day: "261131" }, { n: 0 }, { n: NUMBERS_PER_DAY + 1 }, { n: 1.5 }]) {
      expect(() => makeRequestNo({ ...good, ...bad })).toThrow("no request number");
    }
  });
});

/** The only last digit that passes the check, found through the public door. */
function withCheck(digits: string): string {
  const found = [..."0123456789"].map((last) => digits + last).filter((no) => codeOf(no) !== "NUMBER_CHECK");
  expect(found).toHaveLength(1);
  return found[0] ?? "";
}

describe("the public's check code", () => {
  const bytes = fc.uint8Array({ minLength: CHECK_CODE_BYTES, maxLength: CHECK_CODE_BYTES });

  test("has six characters none of which looks like another, and is read as a person types it", () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = formatCheckCode(random);
        expect(code).toMatch(/^[34679ACEFHJKMNPRTVWXY]{6}$/);
        expect(parseCheckCode(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `)).toBe(code);
      }),
    );
  });

  test("is worked by hand for known bytes", () => {
    // 0x0000 % 21 = 0 -> 3; 0x0001 -> 4; 0x0015 = 21 -> 3; 0x0100 = 256 % 21 = 4 -> 9; 0xffff = 65535 % 21 = 15 -> R; 0x0014 = 20 -> Y
    const random = Uint8Array.from([0, 0, 0, 1, 0, 0x15, 1, 0, 0xff, 0xff, 0, 0x14]);
    expect(formatCheckCode(random)).toBe("3439RY");
  });

  test("cannot be a text with other characters or another length", () => {
    expect(parseCheckCode("3439R")).toBeNull();
    expect(parseCheckCode("3439R0")).toBeNull();
    expect(parseCheckCode("3439RYY")).toBeNull();
    expect(() => formatCheckCode(new Uint8Array(6))).toThrow("12 bytes wanted");
  });
});
