import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkSummary, itemsOfClass, searchItems, verdictOf } from "../../core/catalogue/index.ts";
import type { Catalogue, CatalogueProblem, Policies } from "../../core/catalogue/index.ts";
import { STANDSTILL } from "../../core/clock/index.ts";
import { handOverTimesOf, standstillOf } from "../../core/file/index.ts";
import { DEFAULT_LINKAGE_POLICY } from "../../core/linkage/index.ts";
import type { Result } from "../../kernel/index.ts";
import { readCatalogue } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/", import.meta.url));

function must<T>(result: Result<T, readonly CatalogueProblem[]>): T {
  if (!result.ok) throw new Error(result.error.map((p) => `${p.file}:${p.row} ${p.code} ${p.detail}`).join("\n"));
  return result.value;
}

/** The class names as the plan prints them, typed from its text: part, class, name, number of items it names. */
const CLASSES = `
A01 公共设施类 14|A02 市容环境类 16|A03 园林绿化类 5|A04 施工管理类 6|A05 交通运管类 3|A06 环境保护类 10|A07 消费纠纷类 7
A08 市场监管类 2|A09 文化新闻类 3|A10 卫生健康类 6|A11 教育类 8|A12 民生保障类 15|A13 野生动物类 1|A14 突发事件类 5
A15 其他求助类 11|A16 其他事件类 7
B01 违法犯罪行为 3|B02 群体性事件 3|B03 道路交通管理 8|B04 治安灾害事故 9|B05 群众救助服务 8|B06 抢险抗灾救援 8|B07 涉警投诉举报 5
C01 个人极端事件 1|C02 扬言报复社会事件 2|C03 群体性聚集事件 2|C04 危及公共、人身或财产安全事件 4
D01 交通设施类 4|D02 街面秩序类 4|D03 环境保护类 1|D04 市场监管类 1|D05 治安管理类 5|D06 公共设施类 6|D07 突发事件类 13`
  .trim()
  .split(/[|\n]/)
  .map((row) => row.split(" "));

const nmg: Catalogue = must(await readCatalogue(`${FOLDER}nmg-2022-89`));
const yn: Catalogue = must(await readCatalogue(`${FOLDER}yn-2022`));

const nameOf = (code: string): string | undefined => nmg.items.find((item) => item.code === code)?.nameZh;

describe("the Inner Mongolia catalogue", () => {
  test("has the 34 classes of the annex by name, each with the items it names (nmg:a, REQ-88, REQ-89)", () => {
    const inAnnex = nmg.classes.filter((row) => !["N00", "Z00"].includes(row.code));
    expect(inAnnex).toHaveLength(34);
    expect(
      inAnnex.map((row) => {
        const named = itemsOfClass(nmg, row.code).filter((item) => !item.code.endsWith("-99"));
        return [row.code, row.nameZh, String(named.length)];
      }),
    ).toEqual(CLASSES);
  });

  test("has 206 named items, 28 openings, 11 reasons of neither desk and one to negotiate", () => {
    const annex = nmg.items.filter((item) => /^[A-D]/.test(item.code));
    expect(annex.filter((item) => !item.code.endsWith("-99"))).toHaveLength(206);
    expect(annex.filter((item) => item.code.endsWith("-99"))).toHaveLength(28);
    expect(itemsOfClass(nmg, "N00")).toHaveLength(11);
    expect(itemsOfClass(nmg, "Z00")).toHaveLength(1);
    expect(new Set(nmg.items.map((item) => item.code)).size).toBe(246);
  });

  test("numbers items of a class 01, 02, 03… without a gap, the opening last", () => {
    for (const { code } of nmg.classes) {
      const numbers = itemsOfClass(nmg, code).map((item) => Number(item.code.slice(4)));
      const named = numbers.filter((number) => number !== 99);
      expect(named).toEqual(named.map((_, i) => i + 1));
      expect(numbers.slice(0, named.length)).toEqual(named);
    }
  });

  test("takes each item from the clause of its class: part letter and number (nmg:a)", () => {
    const part: Readonly<Record<string, string>> = { A: "a1", B: "a2", C: "a3", D: "a4" };
    const strangers = nmg.items
      .filter((item) => /^[A-D]/.test(item.code))
      .filter((item) => item.source !== `nmg:${part[item.code.slice(0, 1)]}.${Number(item.code.slice(1, 3))}`);
    expect(strangers.map((item) => `${item.code} ${item.source} ${item.basis}`)).toEqual(["B03-99 nmg:2.1 default"]);
  });

  test("gives an opening only to classes in which the plan leaves one", () => {
    const closed = nmg.classes.filter((row) => row.list === "closed").map((row) => row.code);
    expect(closed).toEqual(["A13", "B01", "B02", "B03", "B07", "C01", "C02", "Z00"]);
  });

  test("words items as the plan does, where the coded list once did not", () => {
    expect(nameOf("A12-07")).toBe("弱势群体救助·精神病发病人无钱送医院需要政府救助");
    expect(nameOf("A15-11")).toBe("共享单车内遗失物品");
    expect(nameOf("A16-05")).toBe("咨询投诉和救助服务");
    expect(nameOf("B07-01")).toBe("违反法律法规和人民警察各项纪律规定");
    expect(nameOf("C02-02")).toBe("通过自杀等方式要挟政府解决问题");
    expect(nameOf("D07-13")).toBe("违法犯罪或者其他报警事项");
  });

  test("finds a short name by its first letters before longer ones", () => {
    expect(searchItems(nmg, "ss", 1).map((item) => item.code)).toEqual(["N00-01"]);
    expect(searchItems(nmg, "gh", 1).map((item) => item.code)).toEqual(["A12-14"]);
  });

  test("sends the same manhole two ways by its condition (nmg:a1.1, nmg:a4.6)", () => {
    expect(verdictOf(nmg, "A01-10")).toMatchObject({ side: "hotline", mode: "hotlineHandles", source: "nmg:a1.1" });
    expect(verdictOf(nmg, "D06-01")).toMatchObject({
      side: "police",
      mode: "policeFirstThenHotline",
      source: "nmg:a4.6",
    });
    expect(verdictOf(nmg, "C01-01")).toMatchObject({ side: "both", mode: "urgentBoth", urgency: "urgent" });
    expect(verdictOf(nmg, "N00-01")).toMatchObject({ side: "neither", mode: "guide", source: "nmg:2.1" });
    expect(verdictOf(nmg, "Z00-01")).toMatchObject({ side: "negotiate", mode: "negotiate", source: "nmg:a.end" });
  });

  test("keeps five kinds and five fields for 12345, people and enterprises (nmg:2.1)", () => {
    const hotline = nmg.lists.requestKinds.filter((kind) => kind.side === "hotline");
    expect(hotline.map((kind) => kind.nameZh)).toEqual(["咨询", "非紧急求助", "投诉", "举报", "意见建议"]);
    expect(nmg.lists.fields.map((field) => field.nameZh)).toEqual([
      "经济调节",
      "市场监管",
      "社会管理",
      "公共服务",
      "生态环境保护",
    ]);
    expect(nmg.lists.requesterTypes.map((type) => type.nameZh)).toEqual(["群众", "企业"]);
  });

  test("holds exactly the coded reasons that messages between nodes can carry", () => {
    expect(new Set(nmg.lists.returnReasons.map((reason) => reason.code))).toEqual(
      new Set(
        ["outOfScope", "wrongRegion", "ownerUnclear", "dutiesOverlap", "incomplete", "duplicate", "unreachable"].concat(
          ["inLegalProcedure", "classified", "other"],
        ),
      ),
    );
    expect(new Set(nmg.lists.withdrawReasons.map((reason) => reason.code))).toEqual(
      new Set(["takeBack", "keep", "agreedToSender", "split", "merge", "reOffer", "ruled"]),
    );
    const resolutions = nmg.lists.resolutions.map((resolution) => resolution.code);
    expect(resolutions).toEqual(expect.arrayContaining(["answeredAtOnce", "guided", "handled", "noDangerFound"]));
  });

  test("names the ten exclusions, which bound 12345 alone, and a reason of guidance for each N00 row (nmg:2.1)", () => {
    expect(nmg.exclusions).toHaveLength(10);
    expect(new Set(nmg.exclusions.map((exclusion) => exclusion.side))).toEqual(new Set(["hotline"]));
    expect(nmg.guidanceReasons.map((reason) => reason.code)).toEqual(itemsOfClass(nmg, "N00").map((item) => item.code));
  });

  test("takes each exclusion from the words of nmg:2.1, each with its item and a legal eye where one is needed (REQ-06)", () => {
    const text = nmg.clauses.find((clause) => clause.key === "nmg:2.1")?.textZh ?? "";
    const list = /通过诉讼.*不纳入受理范围/.exec(text)?.[0] ?? "";
    expect(nmg.exclusions.filter((exclusion) => !list.includes(exclusion.nameZh))).toEqual([]);
    expect(nmg.exclusions.filter((exclusion) => nameOf(exclusion.itemCode) !== exclusion.nameZh)).toEqual([]);
    const order = nmg.exclusions.map((exclusion) => list.indexOf(exclusion.nameZh));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(nmg.exclusions.filter((exclusion) => exclusion.needsLegalEye).map((exclusion) => exclusion.nameZh)).toEqual([
      "国家秘密",
      "商业秘密",
      "个人隐私",
      "违反社会公序良俗",
    ]);
    expect(
      nmg.exclusions.filter((exclusion) =>
        nmg.items.some((item) => item.code === exclusion.itemCode && item.mode !== "guide"),
      ),
    ).toEqual([]);
  });

  test("serves every requirement from 01 to 94 by some clause of the two plans", () => {
    const served = new Set(nmg.clauses.flatMap((clause) => clause.reqs));
    const all = Array.from({ length: 94 }, (_, i) => `REQ-${String(i + 1).padStart(2, "0")}`);
    expect(all.filter((req) => !served.has(req))).toEqual([]);
    expect([...served].filter((req) => !all.includes(req))).toEqual([]);
  });

  test("is summed up with counts that add to the annex (119, 44, 9, 34)", () => {
    expect(checkSummary(nmg).slice(0, 4)).toEqual([
      "version nmg-2022-89@4: 内政办发〔2022〕89号, in force from 2022-12-13",
      "classes 34 (one 16, two 7, three 4, four 7)",
      "named items 206 (one 119, two 44, three 9, four 34)",
      "other rows 40 (-99 29)",
    ]);
  });

  test("says how long something may stand before it is marked, as proposals: the values that always held (nmg:2.2.5)", () => {
    const { urgentLink, urgentSeat, urgentReceipt, urgentSignFirst, urgentSign, ...ordinary } = DEFAULT_LINKAGE_POLICY;
    expect([urgentLink, urgentSeat, urgentReceipt, urgentSignFirst, urgentSign].every((ms) => ms > 0)).toBe(true);
    expect(handOverTimesOf(nmg.policies)).toEqual(ordinary);
    expect(standstillOf(nmg.policies)).toEqual({ pauseDays: 30, remindDays: 3, awaitDays: 10, awaitTimes: 3 });
    expect(standstillOf(nmg.policies)).toEqual(STANDSTILL);
    const proposed = Object.values(nmg.policies).filter((policy) => policy?.source === "default");
    expect(proposed).toHaveLength(15);
  });

  test("survives JSON, so that the web and another node can hold it", () => {
    expect(JSON.parse(JSON.stringify(nmg))).toEqual(nmg);
  });
});

describe("the Yunnan catalogue", () => {
  test("sets every value in which the two plans differ, each by its own clause, and is silent where its plan is", () => {
    /** Policy, value here, clause here, clause there, words of the clause there, words of the clause here. */
    const differences: readonly [keyof Policies, unknown, string | null, string | null, string, string][] = [
      ["matterList", "leftToCities", "yn:4.1.1", "nmg:a", "受理范围划分", "细化分流转办规则和事项清单"],
      [
        "policeFirstWhen",
        ["life", "property", "publicSafety"],
        "yn:3.1",
        "nmg:2.2.1",
        "社会公共秩序",
        "人身和财产安全、公共安全",
      ],
      [
        "onlineForward",
        ["policeToHotline", "hotlineToPolice"],
        "yn:3.1",
        "nmg:2.2.1",
        "110通过互联网渠道",
        "12345或者110通过互联网、短信",
      ],
      ["jointConference", "quarterly", "yn:3.4", "nmg:2.2.4", "定期组织召开联席会议", "每季度"],
      [
        "assessment",
        "acceptingPlatform",
        "yn:5.3",
        "nmg:2.2.5",
        "不参与12345对成员单位的监督考核",
        "谁受理、谁督办、谁考核",
      ],
      ["answerRateMergeBelow", null, null, "nmg:3.1", "低于60%", ""],
      ["answerRateTarget", 0.95, "yn:4.3.2", null, "", "95%以上"],
      [
        "hotlineMergeWhen",
        ["noCallCentreSystem"],
        "yn:4.3.1",
        "nmg:3.1",
        "不具备“7×24小时”人工服务能力",
        "不具备呼叫中心系统",
      ],
      ["eventNotice", "mutual", "yn:3.3", null, "", "互相通报"],
      ["dutyPhoneDirectory", "required", "yn:4.1.2", null, "", "值班值守电话、联系人"],
      ["dutyUnits", "leftToCities", "yn:4.1.2", "nmg:4.3", "相关成员单位", "由各地根据实际情况研究确定"],
      ["bulkUse", "required", "yn:4.2.2", null, "", "可批量应用"],
      ["threeWayCall", "allowed", "yn:3.1", "nmg:2.2.1", "通过三方通话的方式协商", "可以通过三方通话"],
      ["stabilityPush", ["clue"], "yn:3.2", "nmg:2.2.2", "线索或人员信息", "影响社会稳定的线索,第一时间"],
      ["onSiteHandling", "urgentOnly", "yn:3.3", "nmg:2.2.2", "派员赶赴现场", "派出工作人员现场处置"],
      [
        "seatSupportBy",
        "superiorHotlineAndPolice",
        "yn:3.3",
        "nmg:2.2.3",
        "由12345主管部门统筹",
        "由上级政务服务便民热线管理机构和公安机关",
      ],
      ["staffExchange", "whereAble", "yn:3.4", "nmg:2.2.4", "互派工作人员进驻", "有条件的地区可互派"],
      [
        "sharingWays",
        ["openData", "serviceInterface", "intermediateDatabase"],
        "yn:4.2.2",
        "nmg:2.3.2",
        "服务接口双向共享",
        "统一开放数据",
      ],
      ["exclusionList", null, null, "nmg:2.1", "不纳入受理范围", ""],
      ["knowledgeBase", null, null, "nmg:3.3", "共建共享的知识库", ""],
      ["expertBase", null, null, "nmg:2.3.2", "专家库", ""],
      ["intelligentMeans", null, null, "nmg:3.3", "智能推荐", ""],
      ["measureDeadlines", "perMeasure", "yn:4", "nmg:1.2", "2023年10月底前", "工作措施"],
    ];
    const textOf = (key: string): string => nmg.clauses.find((clause) => clause.key === key)?.textZh ?? "";
    for (const [name, value, here, there, thereWords, hereWords] of differences) {
      expect([name, yn.policies[name]?.value ?? null, yn.policies[name]?.source ?? null]).toEqual([name, value, here]);
      expect([name, nmg.policies[name]?.source ?? null]).toEqual([name, there]);
      expect(nmg.policies[name]?.value).not.toEqual(value);
      if (there !== null) expect(textOf(there)).toContain(thereWords);
      if (here !== null) expect(textOf(here)).toContain(hereWords);
    }
    // Neither plan names a duty arbiter; an agreement of a city may.
    expect([nmg.policies.dutyArbiter, yn.policies.dutyArbiter]).toEqual([null, null]);
    const { dutyArbiter: _agreed, ...planned } = yn.policies;
    const proposed = Object.entries(nmg.policies).flatMap(([name, policy]) =>
      policy?.source === "default" ? name : [],
    );
    const names = [...differences.map(([name]) => name), ...proposed];
    expect(names.toSorted()).toEqual(Object.keys(planned).toSorted());
    expect(nmg.policies.onlineForward).toEqual({ value: ["policeToHotline"], source: "nmg:2.2.1" });
    expect(nmg.policies.answerRateMergeBelow).toEqual({ value: 0.6, source: "nmg:3.1" });
    expect(yn.head.milestones).toHaveLength(12);
  });

  test("has a milestone for each date its plan prints, with the clause that prints it (REQ-03)", () => {
    const dated = nmg.clauses.filter(
      (clause) => clause.key.startsWith("yn:") && /20\d\d年(\d+月)?底前/.test(clause.textZh ?? ""),
    );
    const own = new Set(yn.head.milestones.map((milestone) => milestone.source));
    expect(dated.map((clause) => clause.key).filter((key) => !own.has(key))).toEqual([]);
    for (const { due, source } of yn.head.milestones) {
      const text = nmg.clauses.find((clause) => clause.key === source)?.textZh ?? "";
      const [year, month] = due.split("-");
      expect(text).toMatch(new RegExp(month === "12" ? `${year}年(12月)?底前` : `${year}年${Number(month)}月底前`));
    }
  });

  test("borrows the annex only as a proposal, for its plan leaves the list to cities (yn:4.1.1); what it says itself is its own", () => {
    expect(yn.policies.matterList).toEqual({ value: "leftToCities", source: "yn:4.1.1" });
    expect(yn.items).toHaveLength(nmg.items.length);
    const own = yn.items.filter((item) => item.source.startsWith("yn:"));
    expect(new Set(own.map((item) => item.basis))).toEqual(new Set(["plan"]));
    const borrowed = yn.items.filter((item) => item.source.startsWith("nmg:"));
    expect(new Set(borrowed.map((item) => item.basis))).toEqual(new Set(["default"]));
    expect(own.length + borrowed.length).toBe(yn.items.length);
    expect(new Set(yn.exclusions.map((exclusion) => exclusion.basis))).toEqual(new Set(["default"]));
    expect(new Set(yn.groups.flatMap((group) => group.questions).map((question) => question.basis))).toEqual(
      new Set(["default"]),
    );
    expect(verdictOf(yn, "A01-05")).toMatchObject({ catalogueVersion: "yn-2022@3", basis: "default" });
  });

  test("a broken main is sent to its unit as soon as a broken fitting (yn:4.3.3, REQ-70)", () => {
    const hours = (item: string) =>
      nmg.limits.find((limit) => limit.stage === "dispatch" && limit.itemCode === item)?.amount;
    for (const item of ["A01-01", "A01-02", "A01-03", "A01-04", "A14-01", "A14-02", "A14-03", "A14-04"])
      expect([item, hours(item)]).toEqual([item, 2]);
  });

  test("what Yunnan's lists claim as its plan's stands there in these words (yn:2.1, yn:2.2)", () => {
    const text = new Map(nmg.clauses.map(({ key, textZh }) => [key, textZh ?? ""]));
    const { requestKinds, fields, requesterTypes } = yn.lists;
    const claimed = [...requestKinds, ...fields, ...requesterTypes].filter(({ basis }) => basis === "plan");
    expect(claimed.length).toBeGreaterThan(10);
    for (const { code, nameZh, source } of claimed) {
      const stands = nameZh.split("、").every((word) => text.get(source)?.includes(word));
      expect([code, nameZh, stands]).toEqual([code, nameZh, true]);
    }
  });
});
