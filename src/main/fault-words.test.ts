import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { BackupError } from "./backup/node-backup.ts";
import { loadConfig } from "./config/load.ts";
import { faultWords } from "./fault-words.ts";

function faultOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (fault) {
    return fault;
  }
}

test("a missing file and a used folder are told in both languages, with the path where there is one", () => {
  const missing = faultWords(faultOf(() => readFileSync("no-such-folder/file")));
  expect(missing).toBe("没有这个文件或文件夹 there is no such file or folder: no-such-folder/file (ENOENT)");
  expect(faultWords(new BackupError("folder", { code: "FOLDER_NOT_EMPTY" }))).toContain("文件夹不是空的");
  expect(faultWords(faultOf(() => loadConfig("no-such-file.yaml", {})))).toContain("没有这个文件或文件夹");
  expect(faultWords(new Error("as it is"))).toBe("as it is");
});

test("a taken port, a server that is not there and one that does not answer are told in both languages, with the address", async () => {
  const holder = createServer();
  const port = await new Promise<number>((resolve) =>
    holder.listen(0, "127.0.0.1", () => resolve((holder.address() as AddressInfo).port)),
  );
  const second = createServer();
  const taken = await new Promise<unknown>((resolve) => second.once("error", resolve).listen(port, "127.0.0.1"));
  expect(faultWords(taken)).toBe(
    `端口已被占用：停掉占用它的程序，或换一个端口 the port is taken: stop the program that holds it, or choose another port: 127.0.0.1:${port} (EADDRINUSE)`,
  );
  await new Promise((resolve) => holder.close(resolve));
  const refused = await new Promise<unknown>((resolve) => connect(port, "127.0.0.1").once("error", resolve));
  expect(faultWords(refused)).toContain(
    `nothing listens there: it is not started, or address or port is wrong: 127.0.0.1:${port}`,
  );
  for (const said of ["timeout exceeded when trying to connect", "Connection terminated due to connection timeout"])
    expect(faultWords(new Error(said))).toBe(
      "连接超时，没有应答 the connection timed out, nothing answered (ETIMEDOUT)",
    );
});
