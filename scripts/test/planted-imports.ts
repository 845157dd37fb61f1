/**
 * For every rule of .dependency-cruiser.mjs a small wrong import and exactly what must be reported for it. Together
 * they are one tree: a rule that has stopped finding its plant, or finds more than its plant, fails `npm test`.
 */
export type PlantedImport = {
  readonly rule: string;
  readonly from: string;
  /** A whole statement; `import type` and deep paths are among them on purpose. */
  readonly statement: string;
  readonly to: string;
};

export const plantedImports: readonly PlantedImport[] = [
  plant(
    "kernel-imports-nothing",
    "src/kernel/a.ts",
    'import type { x } from "../core/one/index.ts";',
    "src/core/one/index.ts",
  ),
  plant(
    "core-imports-core-and-kernel",
    "src/core/one/a.ts",
    'import "../../app/ports/index.ts";',
    "src/app/ports/index.ts",
  ),
  plant(
    "core-module-by-its-door",
    "src/core/one/b.ts",
    'import type { x } from "../two/inner.ts";',
    "src/core/two/inner.ts",
  ),
  plant("core-by-its-door", "src/app/a.ts", 'import { x } from "../core/two/inner.ts";', "src/core/two/inner.ts"),
  plant("kernel-by-its-door", "src/app/b.ts", 'import type { x } from "../kernel/inner.ts";', "src/kernel/inner.ts"),
  plant("pure-code-uses-no-package", "src/core/one/c.ts", 'import "pack";', "node_modules/pack/index.js"),
  plant("pure-code-uses-no-package", "src/kernel/b.ts", 'import type { Stats } from "node:fs";', "fs"),
  plant(
    "pure-tests-use-few-packages",
    "src/core/one/c.test.ts",
    'import "pack"; import "node:fs";',
    "node_modules/pack/index.js",
  ),
  plant(
    "app-imports-core-and-kernel",
    "src/app/c.ts",
    'import type { x } from "../storage/index.ts";',
    "src/storage/index.ts",
  ),
  plant(
    "adapter-imports-core-and-ports",
    "src/exchange/a.ts",
    'export { x } from "../storage/index.ts";',
    "src/storage/index.ts",
  ),
  plant(
    "adapter-imports-core-and-ports",
    "src/exchange/b.ts",
    'import type { x } from "../app/verb.ts";',
    "src/app/verb.ts",
  ),
  plant(
    "http-and-jobs-import-app",
    "src/http/a.ts",
    'const x = await import("../storage/index.ts");',
    "src/storage/index.ts",
  ),
  plant("http-and-jobs-import-app", "src/jobs/a.ts", 'import "../http/index.ts";', "src/http/index.ts"),
  plant("nobody-imports-main", "web/a.ts", 'import "../src/main/index.ts";', "src/main/index.ts"),
  plant("web-imports-core-and-contract", "web/a.ts", 'import "../src/main/index.ts";', "src/main/index.ts"),
  plant("src-imports-only-src", "src/main/a.ts", 'import "../../simulators/index.ts";', "simulators/index.ts"),
  plant("src-tests-import-src-and-setup", "src/app/a.test.ts", 'import "../../bench/index.ts";', "bench/index.ts"),
  plant(
    "web-imports-core-and-contract",
    "web/b.tsx",
    'import type { x } from "../src/http/index.ts";',
    "src/http/index.ts",
  ),
  plant("web-runs-in-a-browser", "web/c.ts", 'import "node:path";', "path"),
  plant("desk-without-kit", "web/desk/a.tsx", 'import "../shared/kit.tsx";', "node_modules/antd/index.js"),
  plant(
    "simulators-know-nothing-of-ours",
    "simulators/a.ts",
    'import type { x } from "../src/kernel/index.ts";',
    "src/kernel/index.ts",
  ),
  plant(
    "stranger-shares-nothing",
    "simulators/stranger/a.ts",
    'import type { x } from "../../src/kernel/index.ts";',
    "src/kernel/index.ts",
  ),
  plant("stranger-shares-nothing", "simulators/stranger/b.ts", 'import "../index.ts";', "simulators/index.ts"),
  plant(
    "legacy-systems-share-nothing",
    "simulators/legacy-110/a.ts",
    'import type { x } from "../../src/kernel/index.ts";',
    "src/kernel/index.ts",
  ),
  plant(
    "legacy-systems-share-nothing",
    "simulators/legacy-12345/a.ts",
    'import "../legacy-110/fine.ts";',
    "simulators/legacy-110/fine.ts",
  ),
  plant("legacy-systems-share-nothing", "simulators/legacy/a.ts", 'import "../index.ts";', "simulators/index.ts"),
  plant(
    "legacy-tests-use-setup",
    "simulators/legacy-110/a.test.ts",
    'import "../../src/storage/index.ts";',
    "src/storage/index.ts",
  ),
  plant("tests-use-doors", "test/e2e/a.ts", 'import "../../src/storage/inner.ts";', "src/storage/inner.ts"),
  plant("nobody-imports-scripts", "bench/a.ts", 'import "../scripts/index.ts";', "scripts/index.ts"),
  plant("no-cycles", "src/storage/x.ts", 'import type { x } from "./y.ts";', "src/storage/y.ts"),
  plant("no-missing-module", "src/storage/z.ts", 'import "./nowhere.ts";', "./nowhere.ts"),
  plant("src-uses-no-dev-package", "src/storage/dev.ts", 'import "devpack";', "node_modules/devpack/index.js"),
];

const doors = [
  "src/kernel/index.ts",
  "src/kernel/inner.ts",
  "src/core/one/index.ts",
  "src/core/two/index.ts",
  "src/core/two/inner.ts",
  "src/app/ports/index.ts",
  "src/app/verb.ts",
  "src/storage/index.ts",
  "src/storage/inner.ts",
  "src/http/index.ts",
  "src/http/contract/index.ts",
  "src/main/index.ts",
  "simulators/index.ts",
  "bench/index.ts",
  "scripts/index.ts",
  "test/setup/index.ts",
];

/** Allowed imports of every kind: none of them may be reported. */
const allowed: Readonly<Record<string, string>> = {
  "src/core/one/fine.ts": 'import "../../kernel/index.ts"; import "../two/index.ts";',
  "src/core/one/fine.test.ts": 'import "./fine.ts"; import "../two/index.ts"; import "node:fs";',
  "src/app/fine.ts":
    'import "../kernel/index.ts"; import "../core/one/index.ts"; import "./ports/index.ts"; import "node:fs";',
  "src/storage/fine.ts":
    'import "../core/one/index.ts"; import "../app/ports/index.ts"; import "pack"; import "node:fs";',
  "src/storage/fine.pg.test.ts": 'import "../../test/setup/index.ts"; import "devpack";',
  "src/storage/conformance/fine.ts": 'import "devpack";',
  "src/http/fine.ts": 'import "../app/verb.ts"; import "./contract/index.ts"; import "pack";',
  "src/main/fine.ts": 'import "../storage/inner.ts"; import "../http/index.ts"; import "../app/verb.ts";',
  "web/fine.tsx": 'import "../src/http/contract/index.ts"; import "../src/core/one/index.ts"; import "devpack";',
  "simulators/legacy/fine.ts": 'import "node:fs"; import "pack";',
  "simulators/legacy-110/fine.ts": 'import "../legacy/fine.ts";',
  "simulators/legacy-110/fine.pg.test.ts": 'import "./fine.ts"; import "../../test/setup/index.ts";',
  "test/e2e/fine.ts": 'import "../../src/main/fine.ts"; import "../../src/storage/index.ts";',
};

/** Path -> text of the whole planted tree, packages included. */
export function plantedTree(): ReadonlyMap<string, string> {
  const tree = new Map<string, string>();
  for (const door of doors) tree.set(door, "export const x = 1;\n");
  for (const [path, text] of Object.entries(allowed)) tree.set(path, `${text}\n`);
  for (const { from, statement } of plantedImports) tree.set(from, `${statement}\n`);
  tree.set("src/storage/y.ts", 'export type { x } from "./x.ts";\n');
  tree.set("web/shared/kit.tsx", 'import "antd";\n');
  for (const name of ["pack", "devpack", "antd"]) {
    tree.set(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    tree.set(`node_modules/${name}/index.js`, "module.exports = 1;\n");
  }
  const dependencies = { pack: "1.0.0", antd: "1.0.0" };
  const manifest = { name: "planted", type: "module", dependencies, devDependencies: { devpack: "1.0.0" } };
  tree.set("package.json", JSON.stringify(manifest));
  return tree;
}

function plant(rule: string, from: string, statement: string, to: string): PlantedImport {
  return { rule, from, statement, to };
}
