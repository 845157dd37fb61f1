import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const base = mkdtempSync(join(tmpdir(), "liandong install "));
let checkout = "";

/** A small checkout (with spaces in its path) whose lock file asks for one package; npm is a stand-in that says so. */
beforeEach(() => {
  checkout = mkdtempSync(join(base, "checkout "));
  mkdirSync(join(checkout, "scripts"));
  for (const path of ["pinned-node.mjs", "with-node.mjs", "bootstrap/install.mjs"]) {
    mkdirSync(dirname(join(checkout, "scripts", path)), { recursive: true });
    cpSync(join(root, "scripts", path), join(checkout, "scripts", path));
  }
  cpSync(join(root, "package.json"), join(checkout, "package.json"));
  const packages = {
    "": {},
    "node_modules/pack": { version: "1.0.0" },
    "node_modules/other": { version: "2.0.0", optional: true },
  };
  writeFileSync(join(checkout, "package-lock.json"), JSON.stringify({ packages }));
  writeFileSync(join(checkout, "hello.mjs"), 'console.log("hello");\n');
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

type NpmStandIn = { readonly says?: string; readonly code?: number };

function start({ says = "", code = 0 }: NpmStandIn = {}): {
  readonly code: number | null;
  readonly text: string;
  readonly npmRan: boolean;
} {
  const bin = join(checkout, "bin");
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh\nmkdir -p node_modules\necho "$@" > npm-ran\nprintf '%s\\n' '${says}' >&2\nexit ${code}\n`;
  writeFileSync(join(bin, "npm"), script, { mode: 0o755 });
  rmSync(join(checkout, "npm-ran"), { force: true });
  const env = { ...process.env, PATH: [bin, process.env["PATH"] ?? ""].join(delimiter) };
  const args = [join(checkout, "scripts/with-node.mjs"), join(checkout, "hello.mjs")];
  const result = spawnSync(process.execPath, args, { env, encoding: "utf8" });
  return { code: result.status, text: result.stdout + result.stderr, npmRan: existsSync(join(checkout, "npm-ran")) };
}

function installed(packages: object): void {
  mkdirSync(join(checkout, "node_modules/pack"), { recursive: true });
  writeFileSync(join(checkout, "node_modules/.package-lock.json"), JSON.stringify({ packages }));
}

test("without packages npm ci runs once, and not again while the lock file stays", () => {
  expect(start()).toMatchObject({ code: 0, npmRan: true, text: expect.stringContaining("hello") });
  expect(start()).toMatchObject({ code: 0, npmRan: false });
});

test("a lock file that changed installs again", () => {
  start();
  writeFileSync(
    join(checkout, "package-lock.json"),
    JSON.stringify({ packages: { "node_modules/pack": { version: "1.0.1" } } }),
  );
  expect(start().npmRan).toBe(true);
});

test("an installation made by hand that holds what the lock file asks for is taken as it is", () => {
  installed({ "node_modules/pack": { version: "1.0.0" } });
  expect(start()).toMatchObject({ code: 0, npmRan: false });
});

test("an installation of another version is replaced", () => {
  installed({ "node_modules/pack": { version: "0.9.0" } });
  expect(start().npmRan).toBe(true);
});

test("a linked node_modules belongs to another checkout and is never emptied", () => {
  mkdirSync(join(checkout, "elsewhere"));
  symlinkSync(join(checkout, "elsewhere"), join(checkout, "node_modules"));
  expect(start()).toMatchObject({ code: 0, npmRan: false });
});

test("no network is said plainly, and nothing is marked as installed", () => {
  const failed = start({ says: "npm error code EAI_AGAIN", code: 1 });
  expect(failed).toMatchObject({ code: 1, text: expect.stringContaining("could not reach the package registry") });
  expect(start().npmRan).toBe(true);
});

test("the lock file of this checkout holds the optional packages of every platform, or npm ci refuses it", () => {
  const { status, stdout } = spawnSync(process.execPath, [join(root, "scripts/complete-lock.mjs"), "--check"], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});
