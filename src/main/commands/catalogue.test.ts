import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { programPath } from "../node/program-path.ts";
import { catalogueCommand } from "./catalogue.ts";

let top = "";
let folder = "";

/** A copy of the shipped catalogue in which one row names a class that is not there. */
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), "catalogue-"));
  folder = join(top, "nmg-2022-89");
  await cp(programPath("catalogue/nmg-2022-89"), folder, { recursive: true });
  const items = join(folder, "items.csv");
  await writeFile(items, (await readFile(items, "utf8")).replace("A01-05,A01,", "A01-05,A77,"));
});
afterAll(() => rm(top, { recursive: true, force: true }));

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  const text: string[] = [];
  const keep = (part: unknown): boolean => text.push(String(part)) > 0;
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(keep),
    vi.spyOn(process.stderr, "write").mockImplementation(keep),
  ];
  const code = await catalogueCommand.run(args).finally(() => spies.forEach((spy) => spy.mockRestore()));
  return { code, text: text.join("") };
}

test("a folder that is named is the one that is checked, with file, row and rule; without a name the shipped one (nmg:2.2.5, REQ-20)", async () => {
  const broken = await run("check", folder);
  expect([broken.code, broken.text]).toEqual([1, expect.stringMatching(/items\.csv:\d+.*CLASS_UNKNOWN/)]);
  expect(await run("check")).toMatchObject({ code: 0, text: expect.stringContaining("206") });
});

test("a folder that is not there and a rule that is broken are told Chinese first and English second", async () => {
  const missing = join(top, "none");
  expect(await run("check", missing)).toEqual({
    code: 1,
    text: `catalogue.yaml FILE_MISSING 没有这个文件 / there is no such file: ${missing}\n`,
  });
  expect((await run("check", folder)).text).toMatch(/CLASS_UNKNOWN 没有这个类别 \/ no such class: /);
});

test("a folder is looked for where the person stands", async () => {
  const from = relative(process.cwd(), folder);
  expect((await run("check", from)).code).toBe(1);
  expect((await run("diff", from, programPath("catalogue/nmg-2022-89"))).code).toBe(1);
});

test("a word too many is refused and not passed over", async () => {
  await expect(catalogueCommand.run(["check", folder, "yn-2022"])).rejects.toThrow("yn-2022");
  await expect(catalogueCommand.run(["versions", "nmg"])).rejects.toThrow("nmg");
});

test("a row of the plan that was renamed, left out or added is named by its class, and an edited folder is told how it is done (nmg:a)", async () => {
  const edited = async (change: (items: string) => string): Promise<string> => {
    const other = join(await mkdtemp(join(top, "edited-")), "nmg-2022-89");
    await cp(programPath("catalogue/nmg-2022-89"), other, { recursive: true });
    const items = join(other, "items.csv");
    await writeFile(items, change(await readFile(items, "utf8")));
    const { code, text } = await run("check", other);
    expect(code).toBe(1);
    return text;
  };
  expect(await edited((items) => items.replace("桥梁破损", "桥梁破坏"))).toMatch(/PLAN_DIFFERS 方案原文.*base.*A01: /);
  expect(await edited((items) => items.replace(/^A07-06,.*\r?\n/m, ""))).toMatch(/PLAN_DIFFERS.*nmg-2022-89 A07: /);
});

test("a folder for a region that is none is refused", async () => {
  const shipped = join(top, "shipped");
  await cp(programPath("catalogue/nmg-2022-89"), join(shipped, "nmg-2022-89"), { recursive: true });
  const folder159999 = join(shipped, "city-159999");
  await mkdir(folder159999);
  const document = {
    titleZh: "细则",
    titleEn: "Rules",
    number: "试〔2026〕1号",
    issuer: "某市",
    issuedOn: "2026-01-01",
  };
  const [id, base] = ["city-159999", "nmg-2022-89@4"];
  const head = { id, version: `${id}@1`, base, region: "159999", document, validFrom: "2026-06-01" };
  await writeFile(join(folder159999, "catalogue.yaml"), JSON.stringify({ ...head, policies: {}, milestones: [] }));
  expect((await run("check", folder159999)).text).toMatch(/catalogue\.yaml REGION_UNKNOWN.*159999/);
});

test.each([
  ["A01-05", "A01-05 "],
  ["a01", "A01-05"],
  ["G01", "版本 version"],
  ["conclude-general", "时限 limit"],
])("show %s says what stands there", async (code, words) => {
  expect(await run("show", code)).toMatchObject({ code: 0, text: expect.stringContaining(words) });
});

test("show of a code that is none says what codes look like", async () => {
  expect(await run("show", "moon")).toMatchObject({ code: 1, text: expect.stringContaining("A01 (类别 class)") });
});
