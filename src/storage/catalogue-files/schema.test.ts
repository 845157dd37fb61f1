import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Compile } from "typebox/schema";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  BASES,
  CATALOGUE_COLUMNS,
  CLOCK_MARKS,
  DESKS,
  DOCUMENT_COLUMNS,
  EVERYDAY_COLUMNS,
  LIMIT_STAGES,
  LIMIT_UNITS,
  MARK_AUDIENCES,
  MODES,
  PARTS,
  QUESTION_SUBJECTS,
  SIDES,
  URGENCIES,
} from "../../core/catalogue/index.ts";
import { CALENDAR_COLUMNS } from "../../core/clock/index.ts";
import { DIRECTORY_SHEETS } from "../../core/directory/index.ts";
import {
  DESK_COLUMNS,
  OTHER_NAME_COLUMNS,
  REGION_COLUMNS,
  SERVICE_AREA_COLUMNS,
  TOWN_COLUMNS,
} from "../../core/places/index.ts";
import { readSheetFile } from "./read-sheet-file.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/", import.meta.url));

type RowSchema = {
  readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  readonly required: readonly string[];
};

async function schemaOf(name: string): Promise<RowSchema> {
  return JSON.parse(await readFile(`${FOLDER}schema/${name}.schema.json`, "utf8")) as RowSchema;
}

/** Every sheet that is shipped, the schema of its rows, and the columns the program reads. */
const SHEETS = [
  ["nmg-2022-89/clauses.csv", "clauses", CATALOGUE_COLUMNS["clauses.csv"]],
  ["nmg-2022-89/classes.csv", "classes", CATALOGUE_COLUMNS["classes.csv"]],
  ["nmg-2022-89/items.csv", "items", CATALOGUE_COLUMNS["items.csv"]],
  ["nmg-2022-89/groups.csv", "groups", CATALOGUE_COLUMNS["groups.csv"]],
  ["nmg-2022-89/group-questions.csv", "group-questions", CATALOGUE_COLUMNS["group-questions.csv"]],
  ["nmg-2022-89/channels.csv", "channels", CATALOGUE_COLUMNS["channels.csv"]],
  ["nmg-2022-89/exclusions.csv", "exclusions", CATALOGUE_COLUMNS["exclusions.csv"]],
  ["nmg-2022-89/guidance-reasons.csv", "guidance-reasons", CATALOGUE_COLUMNS["guidance-reasons.csv"]],
  ["nmg-2022-89/request-kinds.csv", "code-list", CATALOGUE_COLUMNS["request-kinds.csv"]],
  ["nmg-2022-89/fields.csv", "code-list", CATALOGUE_COLUMNS["fields.csv"]],
  ["nmg-2022-89/requester-types.csv", "code-list", CATALOGUE_COLUMNS["requester-types.csv"]],
  ["nmg-2022-89/return-reasons.csv", "code-list", CATALOGUE_COLUMNS["return-reasons.csv"]],
  ["nmg-2022-89/withdraw-reasons.csv", "code-list", CATALOGUE_COLUMNS["withdraw-reasons.csv"]],
  ["nmg-2022-89/resolutions.csv", "code-list", CATALOGUE_COLUMNS["resolutions.csv"]],
  ["nmg-2022-89/unit-kinds.csv", "code-list", CATALOGUE_COLUMNS["unit-kinds.csv"]],
  ...(["request-kinds.csv", "fields.csv", "requester-types.csv"] as const).map(
    (file) => [`yn-2022/${file}`, "code-list", ["change", "document", ...CATALOGUE_COLUMNS[file], "valid_to"]] as const,
  ),
  ["yn-2022/channels.csv", "channels", ["change", "document", ...CATALOGUE_COLUMNS["channels.csv"], "valid_to"]],
  ["yn-2022/items.csv", "items", ["change", "document", ...CATALOGUE_COLUMNS["items.csv"]]],
  ["nmg-2022-89/limits.csv", "limits", CATALOGUE_COLUMNS["limits.csv"]],
  ["nmg-2022-89/everyday-words.csv", "everyday-words", EVERYDAY_COLUMNS],
  ["nmg-2022-89/clock-marks.csv", "clock-marks", CATALOGUE_COLUMNS["clock-marks.csv"]],
  ["calendar/years.csv", "calendar-years", CALENDAR_COLUMNS["years.csv"]],
  ["calendar/days.csv", "calendar-days", CALENDAR_COLUMNS["days.csv"]],
  ["calendar/shifts.csv", "shifts", CALENDAR_COLUMNS["shifts.csv"]],
  ["places/regions.csv", "regions", REGION_COLUMNS],
  ["places/towns-15.csv", "towns", TOWN_COLUMNS],
  ["places/towns-53.csv", "towns", TOWN_COLUMNS],
  ["places/other-names.csv", "other-names", OTHER_NAME_COLUMNS],
  ["demo/desks.csv", "desks", DESK_COLUMNS],
  ["demo/service-areas.csv", "service-areas", SERVICE_AREA_COLUMNS],
  ...["150100", "530100"].flatMap((city) =>
    Object.entries(DIRECTORY_SHEETS)
      // No unit of the starter directory retires.
      .filter(([sheet]) => sheet !== "retired")
      .map(
        ([sheet, columns]) => [`demo/${sheet}-${city}.csv`, sheet === "frontline" ? "units" : sheet, columns] as const,
      ),
  ),
] as const;

describe("the published schemas", () => {
  test.each(SHEETS)(
    "%s holds rows of its schema, in the columns the program reads, and begins with the mark",
    async (path, name, columns) => {
      const sheet = await readSheetFile(FOLDER + path, path);
      if (!sheet.ok) throw new Error(JSON.stringify(sheet.error));
      const row = Compile(await schemaOf(name));
      expect(sheet.value.columns).toEqual(columns);
      expect(sheet.value.rows.filter(({ cells }) => !row.Check(cells))).toEqual([]);
      expect([...(await readFile(FOLDER + path)).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    },
  );

  test("know the same columns as the program and refuse others", async () => {
    for (const [, name, columns] of SHEETS) {
      const schema = await schemaOf(name);
      expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining([...columns]));
      expect(columns).toEqual(expect.arrayContaining([...schema.required]));
    }
    const retired = await schemaOf("retired");
    expect(Object.keys(retired.properties)).toEqual(DIRECTORY_SHEETS.retired);
    expect(Compile(retired).Check({ unit: "a", retired_from: "2027-01-01", successor: "b" })).toBe(true);
    expect(Compile(retired).Check({ unit: "a", retired_from: "2027/1/1", successor: "b" })).toBe(false);
    const item = Compile(await schemaOf("items"));
    expect(item.Check({})).toBe(false);
  });

  test("tell of changed rows and of the documents that allow them", async () => {
    const document = Compile(await schemaOf("documents"));
    const row = {
      code: "hui",
      title_zh: "纪要",
      title_en: "Minutes",
      number: "〔2026〕3号",
      issuer: "某市",
      issued_on: "2026-03-01",
    };
    expect(Object.keys(row)).toEqual(DOCUMENT_COLUMNS);
    expect(document.Check(row)).toBe(true);
    expect(document.Check({ ...row, number: "" })).toBe(true);
    expect([document.Check({ ...row, number: " " }), document.Check({ ...row, title_zh: "" })]).toEqual([false, false]);
    for (const name of ["items", "limits", "clock-marks"])
      expect([name, (await schemaOf(name)).properties["change"]?.enum]).toEqual([name, ["add", "replace", "end"]]);
  });

  test("list the same words as the program", async () => {
    const items = (await schemaOf("items")).properties;
    expect(items["side"]?.enum).toEqual(SIDES);
    expect(items["mode"]?.enum).toEqual(MODES);
    expect(items["urgency"]?.enum).toEqual(URGENCIES);
    expect(items["basis"]?.enum).toEqual(BASES);
    expect((await schemaOf("group-questions")).properties["about"]?.enum).toEqual(QUESTION_SUBJECTS);
    const limits = (await schemaOf("limits")).properties;
    expect(limits["stage"]?.enum).toEqual(LIMIT_STAGES);
    expect(limits["unit"]?.enum).toEqual(LIMIT_UNITS);
    const marks = (await schemaOf("clock-marks")).properties;
    expect(marks["mark"]?.enum).toEqual(CLOCK_MARKS);
    expect(marks["audience"]?.enum).toEqual(MARK_AUDIENCES);
    expect((await schemaOf("classes")).properties["part"]?.enum).toEqual(PARTS);
    expect((await schemaOf("code-list")).properties["side"]?.enum?.toSorted()).toEqual(DESKS.toSorted());
  });

  test.each(["nmg-2022-89", "yn-2022"])("describe catalogue.yaml of %s and refuse a changed one", async (folder) => {
    const head = parse(await readFile(`${FOLDER}${folder}/catalogue.yaml`, "utf8")) as { policies: object };
    const schema = Compile(await schemaOf("catalogue"));
    expect(schema.Check(head)).toBe(true);
    expect(schema.Check({ ...head, version: "1" })).toBe(false);
    expect(schema.Check({ ...head, policies: { ...head.policies, colour: null } })).toBe(false);
  });

  test("describe calendar.yaml and refuse one without its source", async () => {
    const head = parse(await readFile(`${FOLDER}calendar/calendar.yaml`, "utf8")) as object;
    const schema = Compile(await schemaOf("calendar"));
    expect(schema.Check(head)).toBe(true);
    expect(schema.Check({ ...head, source: {} })).toBe(false);
  });
});
