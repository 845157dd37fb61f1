import { describe, expect, test } from "vitest";
import type { CatalogueItem, CatalogueClass, CodeEntry, Sheet } from "../catalogue/index.ts";
import { DIRECTORY_SHEETS, parseDirectory, sheetsOf } from "./index.ts";
import type { DirectoryEntry, DirectorySheet } from "./index.ts";

const ROWS: Readonly<Record<DirectorySheet, readonly string[]>> = {
  units: [
    "g|区值班室|Duty|hotline|county||150102|street|000-1|yes",
    "s|供热科|Heat section|hotline|section|g|150102|street|000-2|yes",
  ],
  frontline: ["t|街道|Street|hotline|town|g|150102001000|street|000-3|yes"],
  "unit-codes": ["g|91350100M000100Y43|", "t||150102010000"],
  served: [
    "t|A01-05|150102001000|lead|2026-01-01|",
    "g|A01|150102|assisting|2026-01-01|",
    "g|kind:street|150102|lead|2026-01-01|",
  ],
  precincts: ["t|150102002000"],
  "duty-shifts": ["all|全天|All day|1234567H|00:00|24:00|2026-01-01|"],
  rosters: ["g|all|值班员|Duty officer|000-1|1"],
  "duty-phones": ["g|000-1|2026-11-01"],
  escalations: ["t|1|g|区值班室|000-1|5"],
  retired: ["t|2027-01-01|g"],
};

const KNOWN = {
  catalogue: {
    items: [{ code: "A01-05" } as CatalogueItem],
    classes: [{ code: "A01" } as CatalogueClass],
    lists: { unitKinds: [{ code: "street", side: "hotline" } as CodeEntry] },
  },
  regions: new Set(["150102"]),
  isTown: (code: string) => !code.startsWith("150102999"),
  today: "2026-11-24",
};

function sheet(name: DirectorySheet, rows: readonly string[]): Sheet {
  const columns: readonly string[] = DIRECTORY_SHEETS[name];
  return {
    file: `${name}.csv`,
    columns,
    rows: rows.map((row, i) => ({
      line: i + 2,
      cells: Object.fromEntries(columns.map((column, c) => [column, row.split("|")[c] ?? ""])),
    })),
  };
}

function read(change: Partial<Record<DirectorySheet, readonly string[]>> = {}): ReturnType<typeof parseDirectory> {
  const rows = { ...ROWS, ...change };
  return parseDirectory(
    {
      units: sheet("units", rows.units),
      frontline: sheet("frontline", rows.frontline),
      "unit-codes": sheet("unit-codes", rows["unit-codes"]),
      served: sheet("served", rows.served),
      precincts: sheet("precincts", rows.precincts),
      "duty-shifts": sheet("duty-shifts", rows["duty-shifts"]),
      rosters: sheet("rosters", rows.rosters),
      "duty-phones": sheet("duty-phones", rows["duty-phones"]),
      escalations: sheet("escalations", rows.escalations),
      retired: sheet("retired", rows.retired),
    },
    KNOWN,
  );
}

const problems = (change: Partial<Record<DirectorySheet, readonly string[]>>): readonly string[] => {
  const parsed = read(change);
  return parsed.ok ? [] : parsed.error.map(({ file, row, code }) => `${file}:${row} ${code}`);
};

describe("the sheets of a directory", () => {
  test("are put together by unit, the front line's with the others (nmg:2.3.2, yn:4.2.1)", () => {
    const parsed = read();
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    const [g, s, t] = parsed.value;
    expect(parsed.value.map(({ code, tier }) => `${code} ${tier}`)).toEqual(["g county", "s section", "t town"]);
    expect([g?.details.creditCode, g?.details.verifiedOn, g?.details.turns.length, g?.details.served.length]).toEqual([
      "91350100M000100Y43",
      "2026-11-01",
      1,
      2,
    ]);
    expect([t?.details.policeCode, t?.details.precinct, t?.details.escalation[0]?.to]).toEqual([
      "150102010000",
      ["150102002000"],
      "g",
    ]);
    expect(s?.details).toEqual({
      creditCode: null,
      policeCode: null,
      served: [],
      precinct: [],
      turns: [],
      escalation: [],
      verifiedOn: null,
    });
  });

  test("may be units alone", () => {
    const parsed = parseDirectory({ units: sheet("units", ROWS.units) }, KNOWN);
    expect(parsed.ok && parsed.value.map((entry) => entry.details.served)).toEqual([[], []]);
  });

  test.each<[string, DirectorySheet, string, string]>([
    ["a wrong check character", "unit-codes", "g|91350100M000100Y44|", "CHECK_CHARACTER"],
    ["a credit code a spreadsheet shortened", "unit-codes", "g|9.1E+17|", "CODE_SHAPE"],
    ["a police code of no division", "unit-codes", "t||990102010000", "REGION_UNKNOWN"],
    ["a unit nobody knows", "served", "x|A01|150102|lead|2026-01-01|", "UNIT_UNKNOWN"],
    ["an item nobody knows", "served", "g|A01-99|150102|lead|2026-01-01|", "ITEM_UNKNOWN"],
    ["a class nobody knows", "served", "g|A99|150102|lead|2026-01-01|", "CLASS_UNKNOWN"],
    ["a kind nobody knows", "served", "g|kind:moon|150102|lead|2026-01-01|", "UNIT_KIND_UNKNOWN"],
    ["an area nobody knows", "precincts", "t|150199001000", "REGION_UNKNOWN"],
    ["a town nobody knows", "precincts", "t|150102999000", "REGION_UNKNOWN"],
    [
      "a town nobody knows",
      "frontline",
      "t|街道|Street|hotline|town|g|150102999000|street|000-3|yes",
      "REGION_UNKNOWN",
    ],
    ["a number verified on a day to come", "duty-phones", "g|000-1|2099-01-01", "DAY_FUTURE"],
    ["a step to the unit itself", "escalations", "t|1|t|街道|000-3|5", "STEP_TO_ITSELF"],
    ["a number that is not the unit's", "duty-phones", "g|000-7|2026-11-01", "PHONE_DIFFERS"],
    ["a shift nobody knows", "rosters", "g|none|值班员|Duty officer|000-1|1", "SHIFT_UNKNOWN"],
    ["a successor nobody knows", "retired", "t|2027-01-01|x", "UNIT_UNKNOWN"],
    ["a unit that is its own successor", "retired", "t|2027-01-01|t", "SUCCESSOR_UNFIT"],
    ["a day of retirement a spreadsheet rewrote", "retired", "t|2027/1/1|g", "DAY_UNKNOWN"],
    ["a step to nobody", "escalations", "t|1|x|区值班室|000-1|5", "UNIT_UNKNOWN"],
    [
      "a section without a unit above",
      "frontline",
      "t|科|Section|hotline|section||150102|street|000-3|yes",
      "PARENT_UNKNOWN",
    ],
    [
      "a unit under one of a lower tier",
      "frontline",
      "t|局|Bureau|hotline|county|s|150102|street|000-3|yes",
      "PARENT_UNKNOWN",
    ],
    ["a unit above itself", "frontline", "t|街道|Street|hotline|town|t|150102001000|street|000-3|yes", "PARENT_CYCLE"],
    [
      "a code of the other sheet",
      "frontline",
      "g|街道|Street|hotline|town||150102001000|street|000-3|yes",
      "CODE_DUPLICATE",
    ],
  ])("with %s are refused by file, row and rule", (_case, name, row, code) => {
    expect(problems({ [name]: [row] }).filter((problem) => problem.startsWith(`${name}.csv:2`))).toContain(
      `${name}.csv:2 ${code}`,
    );
  });

  test("are refused where one row contradicts another, each by its own rule", () => {
    const twice = (row: string): readonly string[] => [row, row];
    expect(
      problems({
        "unit-codes": ["g|91350100M000100Y43|", "t|91350100M000100Y43|"],
        served: twice("g|A01|150102|assisting|2026-01-01|"),
        rosters: twice("g|all|值班员|Duty officer|000-1|1"),
        precincts: twice("t|150102002000"),
      }),
    ).toEqual([
      "unit-codes.csv:3 CODE_DUPLICATE",
      "served.csv:3 PERIOD_OVERLAP",
      "rosters.csv:3 ROW_DUPLICATE",
      "precincts.csv:3 ROW_DUPLICATE",
    ]);
  });

  test("refuse units that retire in favour of each other, whenever, and take a chain that ends", () => {
    expect(problems({ retired: ["t|2027-01-01|g", "g|2028-01-01|t"] })).toEqual([
      "retired.csv:2 SUCCESSOR_UNFIT",
      "retired.csv:3 SUCCESSOR_UNFIT",
    ]);
    expect(problems({ retired: ["t|2027-01-01|s", "s|2026-01-01|g"] })).toEqual([]);
  });

  test("written from what was read are read as the same, and written again are the same (nmg:2.3.2)", () => {
    const parsed = read({ "duty-shifts": ["all|全天|All day|1234567H|20:00|08:00|2026-01-01|2027-01-01"] });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    const rewritten = (entries: readonly DirectoryEntry[]): ReturnType<typeof parseDirectory> => {
      const written = [...sheetsOf(entries)].map(([name, rows]) => [
        name,
        sheet(
          name,
          rows.map((row) => row.join("|")),
        ),
      ]);
      return parseDirectory({ units: sheet("units", []), ...Object.fromEntries(written) }, KNOWN);
    };
    const again = rewritten(parsed.value);
    expect(again.ok && again.value).toEqual(parsed.value);
    // Two hours of duty under one code, taken in one after the other, are told apart.
    const [g, s, ...others] = parsed.value;
    const [turn] = g?.details.turns ?? [];
    if (g === undefined || s === undefined || turn === undefined) throw new Error("three units");
    const longer = { ...s, details: { ...s.details, turns: [{ ...turn, shift: { ...turn.shift, from: 0 } }] } };
    const both = rewritten([g, longer, ...others]);
    expect(
      both.ok && both.value.map(({ details }) => details.turns.map(({ shift }) => `${shift.code} ${shift.from}`)),
    ).toEqual([["all 1200"], ["all-2 0"], []]);
  });

  test("report what is wrong in all of them at once", () => {
    const served = ["x|A01|150102|lead|2026-01-01|", "g|A99|150102|lead|2026-01-01|"];
    expect(
      problems({ served, "duty-phones": ["g|000-7|2026-11-01"], rosters: ["g|none|值班员|Duty officer|000-1|1"] }),
    ).toEqual([
      "served.csv:2 UNIT_UNKNOWN",
      "served.csv:3 CLASS_UNKNOWN",
      "rosters.csv:2 SHIFT_UNKNOWN",
      "duty-phones.csv:2 PHONE_DIFFERS",
    ]);
  });
});
