import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { IMPORT_HELP, readOptions } from "./options.ts";

const folder = mkdtempSync(join(tmpdir(), "import-account-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file to import. */
function aFile(lines: readonly object[] = [{ id: "1", text: "路灯不亮" }]): string {
  const file = join(folder, `in-${lines.length}-${Object.keys(lines[0] ?? {}).length}.jsonl`);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
}

type Ended = { readonly code: number | null; readonly said: string };

/** Runs the import against a desk that says whether it is a demonstration and knows nobody. */
async function importInto(demo: boolean): Promise<Ended> {
  const server = createServer((request, response) => {
    const meta = request.url === "/api/meta";
    response.writeHead(meta ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(meta ? { demo, nodeCode: "hotline-150100" } : { code: "LOGIN_FAILED" }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = join(folder, "accounts.json");
  const row = { node: "hotline", url, login: "agent1", password: "p", roles: ["callTaker"], unit: null };
  writeFileSync(accounts, JSON.stringify([row]));
  const lines = join(folder, "in.jsonl");
  writeFileSync(lines, `${JSON.stringify({ id: "1", text: "路灯不亮" })}\n`);
  const ended = await new Promise<Ended>((resolve) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), lines, "--to", url], {
      env: { ...process.env, LIANDONG_ACCOUNTS: accounts },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
    child.once("close", (code) => resolve({ code, said }));
  });
  server.closeAllConnections();
  server.close();
  return ended;
}

test("without a login a demonstration says whose account it uses", async () => {
  const { said } = await importInto(true);
  expect(said).toContain("使用演示账号 agent1");
  expect(said).toContain("agent1 无法登录");
});

test("without a login any other desk is refused with a code and how to give one, before anybody logs in", async () => {
  const { code, said } = await importInto(false);
  expect(code).toBe(2);
  expect(said).toContain("LOGIN_NEEDED");
  expect(said).toContain("--login NAME --password-file FILE");
  expect(said).not.toContain("无法登录");
});

test("a machine without a demonstration needs a login, and the help says so", () => {
  expect(() => readOptions([aFile()], join(folder, "none.json"))).toThrow("LOGIN_NEEDED");
  expect(IMPORT_HELP).toContain("LOGIN_NEEDED");
});

test("without an address the demonstration's 12345 is meant where it was really started", () => {
  const accounts = join(folder, "elsewhere.json");
  const roles = ["callTaker"];
  const at = (node: string, url: string) => ({ node, url, login: node, password: "p", roles, unit: null });
  writeFileSync(
    accounts,
    JSON.stringify([at("police", "http://127.0.0.1:9"), at("hotline", "http://127.0.0.1:40123")]),
  );
  expect(readOptions([aFile()], accounts)).toMatchObject({ to: "http://127.0.0.1:40123", login: "hotline" });
  expect(readOptions([aFile(), "--dry-run"], join(folder, "none.json"))).toMatchObject({
    to: "http://127.0.0.1:12345",
  });
  expect(() => readOptions([aFile(), "--to", "http://127.0.0.1:9"], accounts)).not.toThrow();
});

test("a file that is not there is said before anybody is asked for an account", () => {
  expect(() => readOptions([join(folder, "nowhere.jsonl")], join(folder, "none.json"))).toThrow("no such file");
  expect(() => readOptions([folder], join(folder, "none.json"))).toThrow("no such file");
});

test.each([
  [0, [{ id: "1", text: "路灯不亮" }, { id: "2" }]],
  [1, [{ id: "2" }]],
  [1, [{ id: "2" }, { text: "" }]],
])("a dry run ends with %i: 0 = something can be registered, 1 = nothing can", async (code, lines) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), aFile(lines), "--dry-run"], {
    stdio: "ignore",
  });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(code);
});
