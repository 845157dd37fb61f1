/**
 * Who may import whom: one named rule for each wall of the house. There are no exceptions by file name, and
 * type-only imports count. `npm test -- imports` also proves that every rule here still finds its planted violation
 * (scripts/test/planted-imports.ts): a new rule needs a plant.
 */
const OURS = "^(?:src|web|simulators|test|bench|scripts|catalogue)/";
const TEST = "\\.test\\.tsx?$";
const ADAPTER = "^src/(?!(?:kernel|core|app|http|jobs|main)/)([^/]+)/";
const CALL_DESK = "^web/(?:desk|seat)/";

const rule = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });

const walls = [
  rule(
    "kernel-imports-nothing",
    "kernel is what all else is written with. Move what you need here, or move this file out of kernel.",
    { path: "^src/kernel/" },
    { path: OURS, pathNot: "^src/kernel/" },
  ),
  rule(
    "core-imports-core-and-kernel",
    "core only decides. Pass the value in, or put the work into a use case (app) behind a port.",
    { path: "^src/core/" },
    { path: OURS, pathNot: "^src/(?:core|kernel)/" },
  ),
  rule(
    "core-module-by-its-door",
    "Import another core module from its index.ts; export there what others need.",
    { path: "^src/core/([^/]+)/" },
    { path: "^src/core/[^/]+/(?!index\\.ts$)", pathNot: "^src/core/$1/" },
  ),
  rule(
    "core-by-its-door",
    "Import a core module from its index.ts; export there what others need.",
    { path: OURS, pathNot: "^src/core/" },
    { path: "^src/core/[^/]+/(?!index\\.ts$)" },
  ),
  rule(
    "kernel-by-its-door",
    "Import from src/kernel/index.ts.",
    { path: OURS, pathNot: "^src/kernel/" },
    { path: "^src/kernel/(?!index\\.ts$)" },
  ),
  rule(
    "pure-code-uses-no-package",
    "kernel and core use neither npm packages nor node:*. Do it in an adapter and pass the result in.",
    { path: "^src/(?:kernel|core)/", pathNot: TEST },
    { pathNot: OURS },
  ),
  rule(
    "pure-tests-use-few-packages",
    "Tests of kernel and core run on vitest, fast-check, node:* and the readers of catalogue files only.",
    { path: `^src/(?:kernel|core)/.*${TEST}` },
    { pathNot: [OURS, "node_modules/(?:vitest|fast-check|csv-parse|yaml)/"], dependencyTypesNot: ["core"] },
  ),
  rule(
    "app-imports-core-and-kernel",
    "A use case knows no adapter. Add an interface to app/ports and let main pass the adapter in.",
    { path: "^src/app/" },
    { path: "^src/", pathNot: "^src/(?:app|core|kernel)/" },
  ),
  rule(
    "adapter-imports-core-and-ports",
    "An adapter knows kernel, core by index and app/ports; never another adapter, http or a use case. Let main wire them.",
    { path: ADAPTER },
    { path: "^src/", pathNot: "^src/(?:$1|core|kernel|app/ports)/" },
  ),
  rule(
    "http-and-jobs-import-app",
    "Routes and loops call use cases; let main pass in what comes from an adapter.",
    { path: "^src/(http|jobs)/" },
    { path: "^src/", pathNot: "^src/(?:$1|app|core|kernel)/" },
  ),
  rule(
    "nobody-imports-main",
    "main wires everything and is the end of the line; move what you need to where it belongs.",
    { path: "^(?:src|web|simulators)/", pathNot: "^src/main/" },
    { path: "^src/main/" },
  ),
  rule(
    "src-imports-only-src",
    "Shipped code may not lean on screens, simulators, tests, benches or scripts.",
    { path: "^src/", pathNot: TEST },
    { path: OURS, pathNot: "^src/" },
  ),
  rule(
    "src-tests-import-src-and-setup",
    "A unit test may use test/setup besides src; other shared things belong into the module itself.",
    { path: `^src/.*${TEST}` },
    { path: OURS, pathNot: "^(?:src|test/setup)/" },
  ),
  rule(
    "web-imports-core-and-contract",
    "Screens know kernel, core by index and http/contract. Add the field to the contract instead.",
    { path: "^web/" },
    { path: OURS, pathNot: "^(?:web|src/kernel|src/core|src/http/contract)/" },
  ),
  rule(
    "web-runs-in-a-browser",
    "There is no node:* in a browser.",
    { path: "^web/", pathNot: [TEST, "^web/vite\\.config\\.ts$"] },
    { dependencyTypes: ["core"] },
  ),
  rule(
    "desk-without-kit",
    "The call desk is hand-built: antd injects styles and weighs 270 KB. Also not through web/shared.",
    { path: CALL_DESK },
    { path: "(?:^|node_modules/)(?:antd|@ant-design)(?:/|$)", reachable: true },
  ),
  rule(
    "simulators-know-nothing-of-ours",
    "A simulator has its own types: a mistake shared with src would hide in it.",
    { path: "^simulators/", pathNot: "^simulators/(?:stranger|legacy(?:-110|-12345)?)/" },
    { path: OURS, pathNot: "^simulators/" },
  ),
  rule(
    "legacy-systems-share-nothing",
    "The systems a city already runs know their own contract (docs/legacy.md) and the process they run in, nothing else of ours.",
    { path: "^simulators/(legacy(?:-110|-12345)?)/", pathNot: TEST },
    { path: OURS, pathNot: "^simulators/(?:legacy|$1)/" },
  ),
  rule(
    "legacy-tests-use-setup",
    "A test of a legacy system may use test/setup besides that system; a shared type would hide a shared mistake.",
    { path: `^simulators/(legacy(?:-110|-12345)?)/.*${TEST}` },
    { path: OURS, pathNot: "^(?:simulators/(?:legacy|$1)|test/setup)/" },
  ),
  rule(
    "stranger-shares-nothing",
    "The stranger is written from docs/protocol alone: with one line of ours it would prove nothing.",
    { path: "^simulators/stranger/" },
    { path: OURS, pathNot: "^simulators/stranger/" },
  ),
  rule(
    "tests-use-doors",
    "Tests, benches and scripts use main and the index.ts of a module; a test of internals sits beside the code.",
    { path: "^(?:test|bench|scripts)/" },
    { path: "^src/(?!main/)(?!.*index\\.ts$)" },
  ),
  rule(
    "nobody-imports-scripts",
    "scripts are tools of the checkout; move what others need into src or test.",
    { path: "^(?:test|bench)/" },
    { path: "^scripts/" },
  ),
];

const hygiene = [
  rule(
    "no-cycles",
    "Two files that need each other are one idea: merge them or pull the shared part out.",
    {},
    { circular: true },
  ),
  rule("no-missing-module", "This import leads nowhere.", {}, { couldNotResolve: true }),
  rule(
    "src-uses-no-dev-package",
    "What src needs at run time belongs into dependencies (vite builds the screens at start; conformance suites are tests).",
    { path: "^src/", pathNot: [TEST, "/conformance(?:/|\\.ts$)"] },
    { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/(?:vite|@vitejs)/" },
  ),
];

export default {
  forbidden: [...walls, ...hygiene],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(?:dist|docs/generated)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types", "typings"],
    },
  },
};
