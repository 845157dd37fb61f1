import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { Classifier } from "../app/ports/classifier.ts";
import type { Catalogue } from "../core/catalogue/index.ts";
import { parseRuleFile, readRuleFile } from "./rule-file.ts";
import type { RuleFile } from "./rule-file.ts";
import { createRuleClassifier } from "./suggest.ts";

const FOLDER = fileURLToPath(new URL("../../catalogue/nmg-2022-89/", import.meta.url));
const HEADER = "word,item,weight,needs,excludes,basis";

/** The item codes of the shipped catalogue; adapters do not import each other, so the sheet is read here. */
async function shippedItems(): Promise<Pick<Catalogue, "items" | "exclusions">> {
  const rows: readonly object[] = parse(await readFile(join(FOLDER, "items.csv")), { bom: true, columns: true });
  const secret = { itemCode: "N00-07", needsLegalEye: true } as Catalogue["exclusions"][number];
  return { items: rows as Catalogue["items"], exclusions: [secret] };
}

let catalogue: Pick<Catalogue, "items" | "exclusions">;
let shipped: RuleFile;
let classifier: Classifier;

beforeAll(async () => {
  catalogue = await shippedItems();
  const read = await readRuleFile(join(FOLDER, "cue-words.csv"), catalogue);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  shipped = read.value;
  classifier = createRuleClassifier(shipped);
});

function problemsOf(...rows: readonly string[]) {
  const read = parseRuleFile([HEADER, ...rows].join("\n"), "cues.csv", catalogue);
  return read.ok ? [] : read.error.map(({ row, code }) => [row, code]);
}

describe("a rule file", () => {
  test("is refused as a whole with every wrong row by its number", () => {
    expect(
      problemsOf(
        "路灯,A01-05,0.8,,,default",
        "灯,A01-05,0.8,,,default",
        "路灯不亮,A99-05,0.8,,,default",
        "路灯坏,A01-05,1,,,default",
        "路灯灭,A01-05,0.01,,,default",
        "路灯闪,A01-05,0.8,,,law",
        "路灯,A01-05,0.7,,,default",
        "坏路灯,A01-05,0.7,,路灯,default",
        "路灯杆,A01-05,0.7,倒|歪了,,default",
        "机密文件,N00-07,0.7,,,default",
      ),
    ).toEqual([
      [3, "RULE_WORD_SHORT"],
      [4, "RULE_ITEM_UNKNOWN"],
      [5, "RULE_WEIGHT_WRONG"],
      [6, "RULE_WEIGHT_WRONG"],
      [7, "RULE_BASIS_UNKNOWN"],
      [8, "RULE_DOUBLE"],
      [9, "RULE_NEVER_APPLIES"],
      [10, "RULE_WORD_SHORT"],
      [11, "RULE_ITEM_FOR_PERSONS"],
    ]);
  });

  test("with other columns or a broken quote is refused", () => {
    const wrong = parseRuleFile("word,item\n路灯,A01-05", "cues.csv", catalogue);
    expect(wrong).toMatchObject({ error: [{ row: 1, code: "RULE_COLUMNS_WRONG" }] });
    expect(problemsOf('"路灯,A01-05')).toEqual([[null, "RULE_FILE_UNREADABLE"]]);
  });

  test("that is missing or saved as GBK is refused by name", async () => {
    const folder = await mkdtemp(join(tmpdir(), "liandong-cues-"));
    const path = join(folder, "cues.csv");
    expect(await readRuleFile(path, catalogue)).toMatchObject({ error: [{ row: null, code: "RULE_FILE_MISSING" }] });
    await writeFile(path, Buffer.from([0xc2, 0xb7, 0xb5, 0xc6, 0x2c]));
    expect(await readRuleFile(path, catalogue)).toMatchObject({ error: [{ code: "RULE_FILE_UNREADABLE" }] });
    await rm(folder, { recursive: true });
  });

  test("is named by what it holds, so that an old suggestion stays explained (P6)", () => {
    const nameOf = (row: string): string | null => {
      const read = parseRuleFile(`${HEADER}\n${row}\n`, "cues.csv", catalogue);
      return read.ok ? read.value.name : null;
    };
    expect(nameOf("路灯,A01-05,0.8,,,default")).toMatch(/^cues\.csv@[0-9a-f]{8}$/);
    expect(nameOf("路灯,A01-05,0.8,,,default")).not.toBe(nameOf("路灯,A01-05,0.7,,,default"));
  });
});

describe("the shipped cue words", () => {
  test.each(["小偷", "盗窃", "被盗", "手机被偷", "老人迷路", "孩子迷路"])(
    "find an item for the everyday word %s",
    (word) => {
      expect(classifier.suggest(word, null, 5)).not.toEqual([]);
    },
  );

  test("are a proposal of this project, row by row, and speak for items of every part of the annex", () => {
    expect(shipped.rules.length).toBeGreaterThan(150);
    expect(new Set(shipped.rules.map((rule) => rule.basis))).toEqual(new Set(["default"]));
    expect([...new Set(shipped.rules.map((rule) => rule.item[0]))].toSorted()).toEqual(["A", "B", "C", "D", "N"]);
  });

  test.each([
    ["小区门口的井盖不见了，昨天晚上差点有人掉进去", ["A01-10", "D06-01"]],
    ["楼下烧烤店油烟太大，还在门口占道经营", ["A02-08", "A02-11"]],
    ["工地半夜还在夜间施工，吵得孩子睡不着", ["A04-01"]],
    ["我的手机忘在出租车上了，请帮忙找一下", ["A15-09"]],
    ["有辆车堵住我的车了，联系不上车主，请求挪车", ["A15-01"]],
    ["家里闻到很重的煤气味，怕是煤气泄漏", ["A14-05"]],
    ["我被骗了八万块，对方说是客服退款", ["B01-01", "A07-02"]],
    ["奶奶有老年痴呆，早上出门到现在老人不见了", ["B05-01"]],
    ["十字路口红绿灯坏了，已经追尾两次", ["B03-01", "D01-02"]],
    ["拖欠工资再不给解决我就跳楼", ["B05-07", "C02-02"]],
    ["再不给我办低保我就和他们同归于尽", ["A12-08", "C02-01"]],
    ["学校老师收费补课，还乱收费", ["A11-01", "A11-02"]],
    ["法院判了我不服，想申请行政复议", ["N00-04"]],
  ])("propose for: %s", (text, items) => {
    const found = classifier.suggest(text, "150102", 10);
    expect(found.map((s) => String(s.item))).toEqual(items);
    for (const { reason } of found) expect(reason.rule).toMatch(/^cue-words\.csv@[0-9a-f]{8}:\d+(,\d+)*$/);
  });

  test.each(["", "你好", "我想问一下今天几点下班", "谢谢，没有别的事了"])("say nothing to: %j", (text) => {
    expect(classifier.suggest(text, null, 10)).toEqual([]);
  });
});
