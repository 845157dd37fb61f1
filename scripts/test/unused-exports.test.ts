import { expect, test } from "vitest";
import { readNames, unusedExports } from "./unused-exports.ts";

const inner = readNames(
  "src/a/inner.ts",
  "export const used = 1; export type Dead = 1; export function passed(): void {}",
);
const other = readNames("src/a/other.ts", 'import { used } from "./inner.ts"; export const hidden = used;');

test("an export nobody names is dead, one that another file names is not", () => {
  expect(unusedExports([inner, other]).dead).toEqual([
    "src/a/inner.ts: Dead",
    "src/a/inner.ts: passed",
    "src/a/other.ts: hidden",
  ]);
});

test("what a door passes on is never dead, only idle until used", () => {
  const door = readNames("src/a/index.ts", 'export * from "./inner.ts"; export { hidden } from "./other.ts";');
  expect(unusedExports([inner, other, door]).dead).toEqual([]);
  const user = readNames("src/b/user.ts", 'import { passed, hidden } from "../a/index.ts"; passed(); hidden;');
  expect(unusedExports([inner, other, door, user]).idle).toEqual(["src/a/inner.ts: Dead"]);
});

test("a type that its own file uses in a signature is not dead", () => {
  const verb = readNames("src/app/verb.ts", "export type Input = 1; export function verb(input: Input): void {}");
  const user = readNames("src/http/verb.ts", 'import { verb } from "../app/verb.ts";');
  expect(unusedExports([verb, user]).dead).toEqual([]);
});
