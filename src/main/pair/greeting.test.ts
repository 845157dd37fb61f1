import { expect, test } from "vitest";
import { readCatalogue, readDirectory, readPlaces } from "../../storage/catalogue-files/index.ts";
import { programPath } from "../node/program-path.ts";
import { inventAccounts } from "./demo-accounts.ts";
import { DESKS } from "./desks.ts";
import { greeting } from "./greeting.ts";

const URLS = Object.fromEntries(DESKS.map(({ name, port }) => [name, `http://127.0.0.1:${port}`]));

/** Columns of a terminal: a Chinese character or full-width sign takes two. */
function columns(line: string): number {
  return [...line].reduce(
    (sum, c) => sum + (/[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/.test(c) ? 2 : 1),
    0,
  );
}

test("the start says each account once, with the unit it acts for, on lines of at most 80 columns", () => {
  const accounts = inventAccounts();
  const lines = greeting({ urls: URLS, accounts });
  expect(lines.filter((line) => columns(line) > 80)).toEqual([]);
  for (const { password, unitName, displayName } of accounts) {
    const own = lines.filter((line) => line.includes(password));
    expect(own).toHaveLength(1);
    expect(own[0]).toContain(unitName ?? displayName);
  }
  expect(lines.at(-1)).toContain("Ctrl-C to stop.");
});

test("accounts act for units of the invented directory, under its names, in the city and in districts", async () => {
  const catalogue = await readCatalogue(programPath("catalogue/nmg-2022-89"));
  if (!catalogue.ok) throw new Error("the shipped catalogue is refused");
  const places = await readPlaces(programPath("catalogue/places"));
  if (!places.ok) throw new Error("the shipped places are refused");
  const read = await readDirectory(programPath("catalogue/demo/units-150100.csv"), {
    catalogue: catalogue.value,
    regions: places.value.regions,
  });
  if (!read.ok) throw new Error("the invented directory is refused");
  const clerks = inventAccounts().filter(({ unit }) => unit !== null);
  for (const { unit, unitName, node } of clerks) {
    const found = read.value.find(({ code }) => code === unit);
    expect([unit, found?.nameZh, found?.side]).toEqual([unit, unitName, DESKS.find(({ name }) => name === node)?.side]);
  }
  const districts = new Set(clerks.map(({ unit }) => unit?.slice(1, 7)));
  expect([...districts]).toEqual(expect.arrayContaining(["150100", "150102", "150103", "150104", "150105"]));
});

test("a printed password holds no two characters that look alike, is long enough and is nobody else's", () => {
  const passwords = Array.from({ length: 8 }, () => inventAccounts().map(({ password }) => password)).flat();
  expect(passwords.filter((password) => !/^[2-9a-hjkmnp-z]{10}$/.test(password))).toEqual([]);
  expect(new Set(passwords).size).toBe(passwords.length);
  expect(new Set(passwords.join("")).size).toBe(31);
});

test("accounts made before keep their passwords, and new ones are added", () => {
  const known = inventAccounts().slice(0, 3);
  const all = inventAccounts(known);
  expect(all.slice(0, 3)).toEqual(known);
  expect(all.length).toBeGreaterThan(known.length);
});
