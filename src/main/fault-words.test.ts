import { readFileSync } from "node:fs";
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
