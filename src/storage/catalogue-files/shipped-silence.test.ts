import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Catalogue, Policies } from "../../core/catalogue/index.ts";
import { readCatalogue } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/", import.meta.url));

async function shipped(name: string): Promise<Catalogue> {
  const read = await readCatalogue(FOLDER + name);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const nmg = await shipped("nmg-2022-89");
const yn = await shipped("yn-2022");

type Plan = "nmg" | "yn";

/** All clauses of a plan, with one kind of comma. */
function textOf(plan: Plan): string {
  const own = nmg.clauses.filter(({ key }) => key.startsWith(`${plan}:`));
  return own.map(({ textZh }) => (textZh ?? "").replaceAll(",", "，")).join("\n");
}

/** What a plan would have to say of each policy it is silent on, in any of these words: the other plan has the first of them. */
const WORDS: Readonly<Record<Plan, Partial<Record<keyof Policies, readonly string[]>>>> = {
  nmg: {
    answerRateTarget: ["接通率达到", "接通率不低于", "接通率高于", "接通率95"],
    eventNotice: ["互相通报", "相互通报", "通报制度", "互通情况"],
    dutyPhoneDirectory: ["值班电话", "值守电话", "联系人", "通讯录"],
    bulkUse: ["批量"],
  },
  yn: {
    answerRateMergeBelow: ["接通率低于", "低于", "不足60%"],
    exclusionList: ["不纳入受理范围", "不予受理", "不受理", "诉讼", "信访", "国家秘密", "个人隐私"],
    knowledgeBase: ["知识库", "一问一答"],
    expertBase: ["专家库", "专家"],
    intelligentMeans: ["智能推荐", "智能客服", "语音自动转写", "自助派单", "人工智能"],
  },
};

/** A duty lead who decides a dispute is in neither plan: only an agreement of a city names one. */
const ARBITER = ["裁定", "裁决", "值班长", "值班领导", "指定管辖"];

test.each([
  ["nmg", "yn", nmg],
  ["yn", "nmg", yn],
] as const)(
  "%s is silent on a policy only where none of the words for it stands in its text (P6)",
  (own, other, read) => {
    const silent = Object.entries(read.policies).flatMap(([name, policy]) => (policy === null ? [name] : []));
    expect(silent.toSorted()).toEqual([...Object.keys(WORDS[own]), "dutyArbiter"].toSorted());
    const [here, there] = [textOf(own), textOf(other)];
    for (const [name, words] of Object.entries(WORDS[own])) {
      expect([name, words.filter((word) => here.includes(word))]).toEqual([name, []]);
      expect(there).toContain(words[0]);
    }
    expect(ARBITER.filter((word) => here.includes(word))).toEqual([]);
  },
);

test("units go to the site: in every matter that needs it by nmg:2.2.2, in urgent linkage by yn:3.3", () => {
  expect(textOf("yn")).toContain("第一时间受理12345、110紧急联动事项，按照管辖权限和范围及时派出工作人员现场处置");
  expect([nmg.policies.onSiteHandling, yn.policies.onSiteHandling]).toEqual([
    { value: "required", source: "nmg:2.2.2" },
    { value: "urgentOnly", source: "yn:3.3" },
  ]);
});

test("who keeps watch around the clock: the members of 12345 by nmg:4.3, those a city settles by yn:4.1.2", () => {
  expect(textOf("nmg")).toContain(
    "相关成员单位要根据工作任务需要，加快建立与联动机制相适应的工作模式，开展“7×24小时”值班值守",
  );
  expect([nmg.policies.dutyUnits, yn.policies.dutyUnits]).toEqual([
    { value: "memberUnits", source: "nmg:4.3" },
    { value: "leftToCities", source: "yn:4.1.2" },
  ]);
});
