import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readCatalogue } from "./index.ts";
import { parseSheet } from "./read-sheet-file.ts";

const SHIPPED = fileURLToPath(new URL("../../../catalogue/", import.meta.url));
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "catalogue-"));
  for (const name of ["nmg-2022-89", "yn-2022"]) await cp(SHIPPED + name, join(folder, name), { recursive: true });
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function problems(name = "nmg-2022-89"): Promise<readonly string[]> {
  const read = await readCatalogue(join(folder, name));
  return read.ok ? [] : read.error.map((problem) => `${problem.file}:${problem.row} ${problem.code}`);
}

async function change(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, "nmg-2022-89", file);
  const text = await readFile(path, "utf8");
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}

describe("a catalogue folder on disk", () => {
  test("is read as it is shipped, and without its byte order mark too", async () => {
    expect(await problems()).toEqual([]);
    await change("items.csv", "\ufeff", "");
    expect(await problems()).toEqual([]);
  });

  test("names the line of the file in which a row is wrong", async () => {
    await change("items.csv", "A01-05,A01", "A01-05,A91");
    expect(await problems()).toEqual(["items.csv:6 CLASS_UNKNOWN"]);
  });

  test("is refused when a sheet was saved in another encoding, is missing or broken", async () => {
    await writeFile(join(folder, "nmg-2022-89", "fields.csv"), Uint8Array.from([0xbe, 0xad, 0xbc, 0xc3]));
    expect(await problems()).toEqual(["fields.csv:null FILE_UNREADABLE"]);
    await rm(join(folder, "nmg-2022-89", "fields.csv"));
    expect(await problems()).toEqual(["fields.csv:null FILE_MISSING"]);
    await writeFile(join(folder, "nmg-2022-89", "fields.csv"), "code,name_zh\nonly\n");
    expect(await problems()).toEqual(["fields.csv:null FILE_UNREADABLE"]);
  });

  test("is refused when its head is missing, broken, or says another name than the folder", async () => {
    const head = join(folder, "nmg-2022-89", "catalogue.yaml");
    await writeFile(head, "id: [");
    expect(await problems()).toEqual(["catalogue.yaml:null FILE_UNREADABLE"]);
    await rm(head);
    expect(await problems()).toEqual(["catalogue.yaml:null FILE_MISSING"]);
    await cp(join(folder, "yn-2022", "catalogue.yaml"), head);
    expect(await problems()).toEqual(["catalogue.yaml:null HEAD_SHAPE"]);
  });

  test("that rests on a base is refused when the base is wrong or of another version", async () => {
    expect(await problems("yn-2022")).toEqual([]);
    await change("catalogue.yaml", "nmg-2022-89@4", "nmg-2022-89@5");
    expect(await problems("yn-2022")).toEqual(["catalogue.yaml:null BASE_DIFFERS"]);
    await rm(join(folder, "nmg-2022-89"), { recursive: true });
    expect(await problems("yn-2022")).toEqual(["catalogue.yaml:null FILE_MISSING"]);
  });
});

describe("a sheet", () => {
  test("keeps commas, quotes and line numbers", () => {
    expect(parseSheet('code,name\nA,"一, ""二"""\n\nB,三\n', "x.csv")).toEqual({
      ok: true,
      value: {
        file: "x.csv",
        columns: ["code", "name"],
        rows: [
          { line: 2, cells: { code: "A", name: '一, "二"' } },
          { line: 4, cells: { code: "B", name: "三" } },
        ],
      },
    });
  });
});
