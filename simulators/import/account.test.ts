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
  expect(() => readOptions(["in.jsonl"], join(folder, "none.json"))).toThrow("LOGIN_NEEDED");
  expect(IMPORT_HELP).toContain("LOGIN_NEEDED");
});
