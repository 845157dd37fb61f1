import { expect, test } from "vitest";
import type { RegionCode } from "../../kernel/index.ts";
import { parseDirectory } from "./index.ts";
import { UNIT_COLUMNS } from "./unit.ts";

test("a unit of a division that does not exist, and a duty phone that is no number, are reported (issue 3.4; REGION_UNKNOWN = no such division)", () => {
  const cells = [
    "x1",
    "无此地值班室",
    "Nowhere",
    "hotline",
    "county",
    "",
    "159999",
    "governmentDutyDesk",
    "暂无（请打手机）",
    "no",
  ];
  const sheet = {
    file: "units.csv",
    columns: UNIT_COLUMNS,
    rows: [{ line: 2, cells: Object.fromEntries(UNIT_COLUMNS.map((c, i) => [c, cells[i] ?? ""])) }],
  };
  const kind = {
    code: "governmentDutyDesk",
    nameZh: "值班室",
    nameEn: "desk",
    side: "hotline",
    source: "nmg:a3",
    basis: "default",
    document: null,
    validTo: null,
  } as const;
  const read = parseDirectory(
    { units: sheet },
    { regions: new Set(["150102" as RegionCode]), catalogue: { items: [], classes: [], lists: { unitKinds: [kind] } } },
  );
  const codes = read.ok ? [] : read.error.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(["REGION_UNKNOWN", "CODE_SHAPE"]));
});
