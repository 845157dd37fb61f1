import { expect, test } from "vitest";
import { brandsIn, houseProblems } from "./house-rules.ts";

const brands = new Set(brandsIn('export type CaseId = Brand<"CaseId">;'));
const marked = new Set(brandsIn("export type Presented<T> = T & { readonly [presentedBrand]: true };"));
const problems = (path: string, text: string): number => houseProblems(path, text, brands).length;

test("a file is named by its domain word", () => {
  expect(problems("src/app/utils.ts", "")).toBe(1);
  expect(problems("test/helpers.ts", "")).toBe(1);
  expect(problems("src/app/offer-transfer.ts", "")).toBe(0);
});

test("a door only passes on", () => {
  expect(
    problems("src/core/case/index.ts", '/** Decides. */\nexport * from "./case.ts";\nexport { a } from "./a.ts";'),
  ).toBe(0);
  expect(problems("src/core/case/index.ts", "export const a = 1;")).toBe(1);
});

test("`as` stands in a parse function, makes a brand or is `as const`", () => {
  expect(problems("src/a.ts", "export const a = (b: unknown) => b as string;")).toBe(1);
  expect(problems("web/a.tsx", "function show(b: unknown) { return b as string; }")).toBe(1);
  expect(problems("src/a.ts", "function parseA(b: unknown) { return [b].map((c) => c as string); }")).toBe(0);
  expect(problems("src/a.ts", "const parseA = (b: unknown) => b as string;")).toBe(0);
  expect(problems("src/a.ts", "const a = [1] as const; const id = (b: string) => b as CaseId;")).toBe(0);
  expect(problems("src/a.ts", "const a = null as string | null;")).toBe(0);
  expect(problems("src/parse-row.ts", "function row(b: unknown) { return b as string; }")).toBe(0);
  expect(houseProblems("src/a.ts", "const a = (b: object) => b as Presented<object>;", marked)).toEqual([]);
  expect(problems("src/a.test.ts", "const a = 1 as unknown;")).toBe(0);
});

test("a form item has a name", () => {
  expect(problems("web/a.tsx", 'const a = <Form.Item label="x"><input /></Form.Item>;')).toBe(1);
  expect(problems("web/a.tsx", 'const a = <Form.Item name="x" />;')).toBe(0);
});
