import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** Path, planted text, and the rule that must report it. */
const planted = [
  ["src/core/a/clock.ts", "export const a = new Date();", "no-restricted-globals"],
  ["src/core/a/now.ts", "export const a = Date.now();", "no-restricted-globals"],
  ["src/core/a/random.ts", "export const a = Math.random();", "no-restricted-properties"],
  ["src/core/a/timer.ts", "setTimeout(() => undefined, 1);", "no-restricted-globals"],
  ["src/core/a/wire.ts", 'export const a = fetch("x");', "no-restricted-globals"],
  ["src/kernel/clock.ts", "export const a = performance.now();", "no-restricted-globals"],
  ["src/kernel/instant.ts", "export const a = Date.now();", "no-restricted-properties"],
  ["src/app/any.ts", "export const a: any = 1;", "no-explicit-any"],
  ["src/app/bang.ts", "export const a = (b: string | null): number => b!.length;", "no-non-null-assertion"],
  ["src/app/default.ts", "export default 1;", "no-default-export"],
  ["src/app/ignore.ts", "// @ts-ignore\nexport const a = 1;", "ban-ts-comment"],
  [
    "src/app/type.ts",
    'import { Ids } from "./ids.ts";\nexport const a = (ids: Ids): Ids => ids;',
    "consistent-type-imports",
  ],
  ["src/app/untyped.ts", "export function a(b: string) {\n  return b.length;\n}", "explicit-module-boundary-types"],
  ["src/app/camelCase.ts", "export const a = 1;", "filename-case"],
  ["src/app/loud.ts", 'console.log("x");', "no-console"],
  ["src/app/loose.ts", "export const a = (b: string): boolean => b == null;", "eqeqeq"],
  ["src/app/long-file.ts", "export const a = 1;".padEnd(520, "\n"), "max-lines"],
  [
    "src/app/long-function.ts",
    `export function a(b: () => void): void {\n${"  b();\n".repeat(81)}}`,
    "max-lines-per-function",
  ],
  ["src/app/mock.test.ts", 'import { vi } from "vitest";\nvi.mock("./a.ts");', "no-restricted-vi-methods"],
  ["src/app/titles.test.ts", 'import { test } from "vitest";\ntest("a", f);\ntest("a", f);', "no-identical-title"],
] as const;

const fine = [
  ["src/kernel/fine.ts", "export const a = (text: string): number => text.length;"],
  ["src/app/clock.ts", "export const a = (): number => Date.now();"],
  ["scripts/loud.ts", 'console.log("x");'],
  ["vite.config.ts", "export default {};"],
] as const;

const folder = mkdtempSync(join(tmpdir(), "liandong-lint-"));
let reported: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(() => {
  cpSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  for (const [path, text] of [...planted, ...fine]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
  reported = lint();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(planted)("lint reports what was planted in %s", (path, _text, rule) => {
  expect(reported.get(path) ?? []).toContain(rule);
});

test("lint has nothing against what the house allows", () => {
  expect(fine.map(([path]) => join(path)).flatMap((path) => reported.get(path) ?? [])).toEqual([]);
});

function lint(): ReadonlyMap<string, readonly string[]> {
  const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
  const { stdout } = spawnSync(process.execPath, [oxlint, "--format=json"], { cwd: folder, encoding: "utf8" });
  const found = new Map<string, string[]>();
  for (const { filename, code } of parseDiagnostics(stdout)) {
    const rule = /\(([^)]+)\)/.exec(code)?.[1] ?? code;
    found.set(filename, [...(found.get(filename) ?? []), rule]);
  }
  return found;
}

function parseDiagnostics(text: string): readonly { readonly filename: string; readonly code: string }[] {
  return (JSON.parse(text) as { readonly diagnostics: readonly { readonly filename: string; readonly code: string }[] })
    .diagnostics;
}
