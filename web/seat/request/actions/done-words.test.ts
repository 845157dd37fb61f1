import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../../../src/http/contract/index.ts";
import type { CommandName } from "../../../../src/http/contract/index.ts";
import { en } from "../../../shared/i18n/en.ts";
import type { Translate } from "../../../shared/i18n/text.tsx";
import { zh } from "../../../shared/i18n/zh.ts";
import { doneWords } from "./done-words.ts";

function told(words: Readonly<Record<string, string>>, name: CommandName): string {
  const t = ((key: string, values: Readonly<Record<string, string>> = {}) =>
    (words[key] ?? key).replaceAll(/\{(\w+)\}/g, (whole, one: string) => values[one] ?? whole)) as Translate;
  const code = (family: string, one: string) => words[`${family}.${one}`] ?? one;
  return doneWords(name, code("command", name), "hotline", t, code);
}

describe("what is said when something was done", () => {
  test("says that it was done, and to whom it went", () => {
    const said = ["handOver", "close", "withdraw", "recordInitialResponse", "readAdditions", "dispatch"] as const;
    expect(said.map((name) => told(zh, name))).toEqual([
      "已移交 110",
      "已归档",
      "已收回",
      "已记录先期处置",
      "已标为已阅",
      "已派单",
    ]);
    expect([told(en, "handOver"), told(en, "close")]).toEqual(["Handed to 110", `Done: ${en["command.close"]}`]);
  });

  test("is a sentence for every command there is", () => {
    const names = Object.keys(COMMANDS) as CommandName[];
    const odd = names
      .map((name) => told(zh, name))
      .filter((words) => !/^已(?!已)/.test(words) || /^已(不|能)/.test(words));
    expect(odd).toEqual([]);
  });
});
