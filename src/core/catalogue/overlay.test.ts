import { describe, expect, test } from "vitest";
import { HEAD, sheetOf, valid } from "./small-catalogue.test-data.ts";
import {
  CATALOGUE_COLUMNS,
  DOCUMENT_COLUMNS,
  findItem,
  hasAgreements,
  isInForce,
  nextQuestion,
  overlayCatalogue,
  parseHead,
  verdictOf,
} from "./index.ts";
import type { Catalogue, CatalogueFile, CatalogueHead, OverlaySheets, Sheet } from "./index.ts";

const head = headOf({ id: "city", version: "city@1", base: "small@1", validFrom: "2026-05-01", milestones: [] });

function headOf(changes: object): CatalogueHead {
  const read = parseHead({ ...HEAD, ...changes });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** A sheet as a city writes it: change, document, the columns of the base, the last day. */
function changed(file: CatalogueFile, ...rows: readonly string[]): Sheet {
  const own: readonly string[] = CATALOGUE_COLUMNS[file];
  const columns = ["change", "document", ...own, ...(own.includes("valid_to") ? [] : ["valid_to"])];
  return sheetIn(file, columns, rows);
}

function sheetIn(file: string, columns: readonly string[], rows: readonly string[]): Sheet {
  const cellsOf = (row: string): Record<string, string> => {
    const cells = row.split("|");
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""]));
  };
  return { file, columns, rows: rows.map((row, i) => ({ line: i + 2, cells: cellsOf(row) })) };
}

const DOCUMENTS = sheetIn("documents.csv", DOCUMENT_COLUMNS, [
  "hui|会商纪要|Minutes|试会〔2026〕3号|某市联席会议|2026-04-20",
]);
const LAMP = "A01-05|A01|公共设施类|Public facilities|路灯故障损坏|Street lamp out|ldgzsh||由会商定";
const TO_POLICE = `replace|hui|${LAMP}|police|policeFirstThenHotline|ordinary||agreement|nmg:a1.1|works|station|2026-05-01|`;
const ADDED =
  "add|hui|A01-11|A01|公共设施类|Public facilities|道路除冰|Ice on a road|dlcb|||hotline|hotlineHandles|ordinary||agreement|nmg:a1.1|works||2026-05-01|";
const END_LAMP = "end|hui|A01-05||||||||||||||||||2026-04-30";
const QUICK_REPLY =
  "replace|hui|reply-general|reply||||||3|workingDays|office|yes|10||standard||nmg:2.1|agreement|2026-05-01|";
const END_CALLBACK = "end|hui|callback-new||||||||||||||||||2026-04-30";
const NO_LAMP_GROUP = {
  groups: ["end|hui|G01||||||2026-04-30"],
  questions: ["end|hui||G01-1|||||||||||2026-04-30", "end|hui||G01-2|||||||||||2026-04-30"],
};

function over(sheets: OverlaySheets, on: CatalogueHead = head, base: Catalogue = valid()) {
  return overlayCatalogue(base, on, { "documents.csv": DOCUMENTS, ...sheets });
}

function must(sheets: OverlaySheets, on: CatalogueHead = head): Catalogue {
  const result = over(sheets, on);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function problemsOf(sheets: OverlaySheets): readonly string[] {
  const result = over(sheets);
  return result.ok ? [] : result.error.map((problem) => `${problem.file}:${problem.row} ${problem.code}`);
}

describe("what two desks agreed on as a policy (nmg:2.2.4, nmg:2.2.5, yn:4.1.1)", () => {
  const arbiter = (source: string) => ({ ...head, policies: { dutyArbiter: { value: "hotline" as const, source } } });

  test("rests on the document that says so, and is known by it", () => {
    expect(must({}, arbiter("hui")).policies.dutyArbiter).toEqual({ value: "hotline", source: "hui" });
  });

  test("is refused when nobody knows the document, when the document came later, or when it is nobody's", () => {
    expect(over({}, arbiter("gone"))).toMatchObject({ error: [{ file: "catalogue.yaml", code: "SOURCE_UNKNOWN" }] });
    const early = { ...arbiter("hui"), validFrom: "2026-04-01" };
    expect(over({}, early)).toMatchObject({ error: [{ file: "catalogue.yaml", code: "DOCUMENT_LATER" }] });
    const nobody = { ...HEAD, policies: { dutyArbiter: { value: "hotline", source: "default" } } };
    expect(parseHead(nobody)).toMatchObject({ error: [{ code: "HEAD_SHAPE" }] });
  });
});

describe("a city's changes of a plan's rows (nmg:2.2.5, yn:4.1.1, REQ-20)", () => {
  test("put a row in place of another, add one and name the document that allows it", () => {
    const catalogue = must({ "items.csv": changed("items.csv", TO_POLICE, ADDED) });
    expect(verdictOf(catalogue, "A01-05")).toMatchObject({
      side: "police",
      basis: "agreement",
      catalogueVersion: "city@1",
    });
    expect(findItem(catalogue, "A01-05")?.document).toBe("hui");
    expect([hasAgreements(catalogue), hasAgreements(valid())]).toEqual([true, false]);
    expect(findItem(catalogue, "A01-11")?.nameZh).toBe("道路除冰");
    expect(catalogue.documents.map((document) => [document.code, document.number])).toEqual([
      ["small", "试〔2026〕1号"],
      ["city", "试〔2026〕1号"],
      ["hui", "试会〔2026〕3号"],
    ]);
  });

  test("may rest on a paper that bears no number, as a plan may; title, issuer and day find it (REQ-20)", () => {
    const minutes = sheetIn("documents.csv", DOCUMENT_COLUMNS, ["hui|纪要|Minutes||某市|2026-04-20"]);
    const catalogue = must({ "documents.csv": minutes, "items.csv": changed("items.csv", TO_POLICE) });
    expect(catalogue.documents.at(-1)).toMatchObject({
      code: "hui",
      number: null,
      issuer: "某市",
      issuedOn: "2026-04-20",
    });
    expect(findItem(catalogue, "A01-05")?.document).toBe("hui");
  });

  test("leave all other rows as they are: the plan of a region binds its cities", () => {
    const catalogue = must({ "items.csv": changed("items.csv", TO_POLICE) });
    expect(catalogue.items).toHaveLength(valid().items.length);
    expect(verdictOf(catalogue, "D06-01")?.basis).toBe("plan");
    const abroad = must({}, headOf({ ...head, region: "530100" }));
    expect(verdictOf(abroad, "D06-01")?.basis).toBe("default");
    expect(abroad.channels[0]?.basis).toBe("default");
    expect(abroad.groups[0]?.questions[0]?.basis).toBe("default");
  });

  test("end a row, which keeps being found and explained with its last day", () => {
    const catalogue = must({
      "items.csv": changed("items.csv", END_LAMP),
      "groups.csv": changed("groups.csv", ...NO_LAMP_GROUP.groups),
      "group-questions.csv": changed("group-questions.csv", ...NO_LAMP_GROUP.questions),
      "return-reasons.csv": changed("return-reasons.csv", "end|hui|outOfScope|||||2026-04-30"),
    });
    expect(findItem(catalogue, "A01-05")).toMatchObject({ nameZh: "路灯故障损坏", validTo: "2026-04-30" });
    expect(isInForce(findItem(catalogue, "A01-05") ?? { validFrom: "", validTo: null }, "2026-05-01")).toBe(false);
    expect(verdictOf(catalogue, "A01-05")).toMatchObject({ side: "hotline", source: "nmg:a1.1" });
    expect(catalogue.lists.returnReasons[0]).toMatchObject({ code: "outOfScope", validTo: "2026-04-30" });
    expect(nextQuestion(catalogue, "G01", {})).toBeNull();
  });

  test("change one question of a group, and the whole tree is checked again", () => {
    const row =
      "replace|hui|G01|G01-2|condition|要民警来吗？|Are officers needed?|D06-01|negotiate|D06-01|agreement|nmg:a4.6||";
    const catalogue = must({ "group-questions.csv": changed("group-questions.csv", row) });
    expect(nextQuestion(catalogue, "G01", { "G01-1": "no" })).toMatchObject({
      question: { askZh: "要民警来吗？", basis: "agreement", document: "hui" },
    });
    const cut = row.replace("D06-01|negotiate|D06-01", "negotiate|negotiate|negotiate");
    expect(problemsOf({ "group-questions.csv": changed("group-questions.csv", cut) })).toEqual([
      "groups.csv:null GROUP_ITEM_UNREACHED",
    ]);
  });

  test("put a city's time limit in place of a proposal, end another, and add a mark (yn:4.3.3, REQ-70)", () => {
    const catalogue = must({
      "limits.csv": changed("limits.csv", QUICK_REPLY, END_CALLBACK),
      "clock-marks.csv": changed("clock-marks.csv", "add|hui|standard-due|standard|due|0|owner|nmg:2.1|agreement|"),
    });
    const byCode = new Map<string, object>(
      [...catalogue.limits, ...catalogue.clockMarks].map((row) => [row.code, row]),
    );
    expect(byCode.get("reply-general")).toMatchObject({ amount: 3, basis: "agreement", document: "hui" });
    expect(byCode.get("callback-new")).toMatchObject({ validTo: "2026-04-30", document: null });
    expect(byCode.get("standard-due")).toMatchObject({ mark: "due", basis: "agreement", document: "hui" });
    expect([catalogue.limits.length, catalogue.clockMarks.length]).toEqual([5, 3]);
    expect(hasAgreements(must({}))).toBe(false);
    for (const row of [END_CALLBACK, QUICK_REPLY])
      expect(hasAgreements(must({ "limits.csv": changed("limits.csv", row) }))).toBe(true);
  });

  test("take another region's limits and marks as proposals", () => {
    const base = valid();
    const fixed = {
      ...base,
      limits: base.limits.map((row) => ({ ...row, basis: "plan" as const })),
      clockMarks: base.clockMarks.map((row) => ({ ...row, basis: "plan" as const })),
    };
    const basesIn = (region: string): ReadonlySet<string> => {
      const merged = over({}, headOf({ ...head, region }), fixed);
      return new Set(merged.ok ? [...merged.value.limits, ...merged.value.clockMarks].map(({ basis }) => basis) : []);
    };
    expect(basesIn("150100")).toEqual(new Set(["plan"]));
    expect(basesIn("530100")).toEqual(new Set(["default"]));
  });

  const cases: readonly [string, OverlaySheets, string][] = [
    [
      "two time limits for the same matters",
      { "limits.csv": changed("limits.csv", QUICK_REPLY.replace("replace|hui|reply-general", "add|hui|reply-quick")) },
      "limits.csv:2 LIMIT_AMBIGUOUS",
    ],
    [
      "an end of the marks a limit still calls out",
      {
        "clock-marks.csv": changed(
          "clock-marks.csv",
          "end|hui|standard-reminder|||||||2026-04-30",
          "end|hui|standard-overdue|||||||2026-04-30",
        ),
      },
      "limits.csv:null MARKS_UNKNOWN",
    ],
    [
      "a time limit said to be the plan's",
      { "limits.csv": changed("limits.csv", QUICK_REPLY.replace("|agreement|", "|plan|")) },
      "limits.csv:2 OVERRIDE_BASIS",
    ],
    [
      "a row without a document",
      { "items.csv": changed("items.csv", TO_POLICE.replace("|hui|", "||")) },
      "items.csv:2 OVERRIDE_NO_DOCUMENT",
    ],
    [
      "a document nobody listed",
      { "items.csv": changed("items.csv", TO_POLICE.replace("hui", "bei")) },
      "items.csv:2 DOCUMENT_UNKNOWN",
    ],
    [
      "a row older than its document",
      { "items.csv": changed("items.csv", TO_POLICE.replace("2026-05-01", "2026-04-01")) },
      "items.csv:2 DOCUMENT_LATER",
    ],
    [
      "a document without a title",
      { "documents.csv": sheetIn("documents.csv", DOCUMENT_COLUMNS, ["hui||Minutes||某市|2026-04-20"]) },
      "documents.csv:2 CELL_EMPTY",
    ],
    [
      "a document of nobody",
      { "documents.csv": sheetIn("documents.csv", DOCUMENT_COLUMNS, ["hui|纪要|Minutes|||2026-04-20"]) },
      "documents.csv:2 CELL_EMPTY",
    ],
    [
      "a row in place of nothing",
      { "items.csv": changed("items.csv", TO_POLICE.replaceAll("A01-05", "A01-06")) },
      "items.csv:2 OVERRIDE_UNKNOWN",
    ],
    [
      "an end of nothing",
      { "items.csv": changed("items.csv", END_LAMP.replace("A01-05", "A01-06")) },
      "items.csv:2 OVERRIDE_UNKNOWN",
    ],
    [
      "a row that is there already",
      { "items.csv": changed("items.csv", TO_POLICE.replace("replace", "add")) },
      "items.csv:2 OVERRIDE_EXISTS",
    ],
    [
      "a city's row said to be the plan's",
      { "items.csv": changed("items.csv", TO_POLICE.replace("|agreement|", "|plan|")) },
      "items.csv:2 OVERRIDE_BASIS",
    ],
    [
      "an agreement without a paper of its own",
      { "items.csv": changed("items.csv", TO_POLICE.replace("|hui|", "|plan|")) },
      "items.csv:2 OVERRIDE_BASIS",
    ],
    [
      "a gap before the row begins",
      { "items.csv": changed("items.csv", TO_POLICE.replace("2026-05-01", "2026-06-01")) },
      "items.csv:2 OVERRIDE_GAP",
    ],
    [
      "an end without a day",
      { "items.csv": changed("items.csv", END_LAMP.replace("2026-04-30", "")) },
      "items.csv:2 CELL_EMPTY",
    ],
    [
      "an end of a matter of danger (nmg:a3)",
      { "items.csv": changed("items.csv", END_LAMP.replace("A01-05", "C01-01")) },
      "items.csv:2 PART_THREE_ENDED",
    ],
    [
      "an end of what a group decides on",
      { "items.csv": changed("items.csv", END_LAMP) },
      "groups.csv:null ITEM_ENDED",
    ],
    [
      "a wrong word of change",
      { "items.csv": changed("items.csv", TO_POLICE.replace("replace", "change")) },
      "items.csv:2 VALUE_UNKNOWN",
    ],
    ["a row given twice", { "items.csv": changed("items.csv", TO_POLICE, TO_POLICE) }, "items.csv:3 CODE_DUPLICATE"],
    [
      "a row that breaks another rule",
      { "items.csv": changed("items.csv", TO_POLICE.replace("station", "church")) },
      "items.csv:2 UNIT_KIND_UNKNOWN",
    ],
    ["another wording of a clause", { "clauses.csv": changed("clauses.csv") }, "clauses.csv:null FILE_UNKNOWN"],
    ["a file nobody reads", { "item.csv": changed("items.csv") }, "item.csv:null FILE_UNKNOWN"],
    [
      "a whole sheet instead of changes",
      { "channels.csv": sheetOf("channels.csv", ["phone|电话|Telephone|both|yes|no|nmg:2.1|plan"]) },
      "channels.csv:null COLUMN_MISSING",
    ],
  ];
  test.each(cases)("are refused for %s", (_name, sheets, expected) => {
    expect(problemsOf(sheets)).toContain(expected);
  });

  test("are refused over a base of another version", () => {
    expect(over({}, headOf({ ...head, base: "small@2" }))).toMatchObject({
      ok: false,
      error: [{ code: "BASE_DIFFERS" }],
    });
  });
});
