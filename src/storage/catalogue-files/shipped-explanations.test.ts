import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Catalogue } from "../../core/catalogue/index.ts";
import { explain } from "../../core/explain/index.ts";
import type { Explanation, ExplainSubject } from "../../core/explain/index.ts";
import { readCatalogue } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../catalogue/", import.meta.url));

async function shipped(name: string): Promise<Catalogue> {
  const read = await readCatalogue(FOLDER + name);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const nmg = await shipped("nmg-2022-89");
const yn = await shipped("yn-2022");

function must(catalogue: Catalogue, subject: ExplainSubject): Explanation {
  const explanation = explain(catalogue, subject);
  if (explanation === null) throw new Error(`nothing said of ${JSON.stringify(subject)}`);
  return explanation;
}

/** Everything a screen can ask about. */
function subjectsOf(catalogue: Catalogue): readonly ExplainSubject[] {
  const transfers = ["clear", "urgent", "afterInitialResponse", "joint", "support", "notice"] as const;
  return [
    ...catalogue.items.map(({ code }): ExplainSubject => ({ kind: "verdict", item: code })),
    ...catalogue.items.flatMap(({ code }): ExplainSubject[] =>
      transfers.flatMap((transfer) =>
        (["hotline", "police"] as const).map((to) => ({ kind: "transfer", transfer, to, item: code })),
      ),
    ),
    ...transfers.map((transfer): ExplainSubject => ({ kind: "transfer", transfer, to: "police", item: null })),
    ...catalogue.lists.returnReasons.map(({ code }): ExplainSubject => ({ kind: "return", code })),
    ...catalogue.lists.withdrawReasons.map(({ code }): ExplainSubject => ({ kind: "withdrawal", code })),
    ...catalogue.guidanceReasons.map(({ code }): ExplainSubject => ({ kind: "guidance", code })),
    ...catalogue.exclusions.map(({ code }): ExplainSubject => ({ kind: "exclusion", code })),
    ...catalogue.groups.flatMap(({ questions }) =>
      questions.map((question): ExplainSubject => ({ kind: "question", question: question.code })),
    ),
    ...catalogue.limits.map(({ code }): ExplainSubject => ({ kind: "deadline", limit: code })),
  ];
}

const PAPER = {
  code: "hui",
  titleZh: "会商纪要",
  titleEn: "Minutes",
  number: null,
  issuer: "某市",
  issuedOn: "2026-04-20",
};

describe("an explanation (P6, REQ-08)", () => {
  test.each([nmg, yn])(
    "says code, version, clause with its text and paper, of everything a screen can ask about",
    (catalogue) => {
      const subjects = subjectsOf(catalogue);
      expect(subjects.length).toBeGreaterThan(1800);
      for (const subject of subjects) {
        const { code, version, sourceText, documentZh } = must(catalogue, subject);
        expect([code !== "", version, (sourceText ?? "").length > 4, documentZh.includes("实施方案")]).toEqual([
          true,
          catalogue.head.version,
          true,
          true,
        ]);
      }
    },
  );

  test.each([nmg, yn])(
    "can be read aloud: whole Chinese sentences without codes or brackets, and English ones without Chinese",
    (catalogue) => {
      const spoken = subjectsOf(catalogue).map((subject) => must(catalogue, subject));
      const wrongZh = spoken.filter(
        ({ sentenceZh }) => !/^[^A-Za-z（）()〔〕[\]{}·_|]*(ATM)?[^A-Za-z（）()〔〕[\]{}·_|]*[。？]$/.test(sentenceZh),
      );
      expect(wrongZh.map(({ sentenceZh }) => sentenceZh)).toEqual([]);
      const wrongEn = spoken.filter(({ sentenceEn }) => !/^[A-Z0-9][^\p{Script=Han}()[\]{}]*[.?]$/u.test(sentenceEn));
      expect(wrongEn.map(({ sentenceEn }) => sentenceEn)).toEqual([]);
      expect(spoken.filter(({ sentenceZh }) => sentenceZh.length > 150).map(({ code }) => code)).toEqual([]);
    },
  );

  test("of a verdict names the desk, the condition and what follows (nmg:a1.1, nmg:a4.6)", () => {
    expect(must(nmg, { kind: "verdict", item: "A01-05" })).toEqual({
      code: "A01-05",
      version: "nmg-2022-89@4",
      clause: "nmg:a1.1",
      clauseTitleZh: "公共设施类",
      sourceText:
        "公共设施类：供排水、供电、燃气、供暖、路灯、消防栓、线缆线杆等公共设备设施故障损坏，桥梁破损、道路坑洼、井盖缺失、道路除冰、居民区积水、围墙和广告牌等设施损坏倾倒；",
      documentZh: "内蒙古自治区推动12345政务服务便民热线与110报警服务台高效对接联动的实施方案（内政办发〔2022〕89号）",
      sentenceZh: "您反映的是路灯故障损坏，由12345受理，转给负责的单位办理。",
      sentenceEn: "This is about street lamp out or damaged. 12345 takes it and has the responsible unit handle it.",
      basis: "plan",
      basisZh: "方案规定",
      basisEn: "The plan says so",
      doubtZh: null,
    });
    const manhole = must(nmg, { kind: "verdict", item: "D06-01" });
    expect(manhole.sentenceZh).toBe(
      "您反映的是井盖缺失，由110先到现场处置，再按实际情况移交12345。方案写的条件是：需公安机关临时设置警示标志。",
    );
    expect(manhole.doubtZh).toContain("待会商");
    expect(must(nmg, { kind: "verdict", item: "D01-99" }).sentenceZh).toContain("您反映的是其他交通设施类事项");
  });

  test("of a verdict is said to the caller and can be read aloud, whatever the grammar of the plan's row", () => {
    const said = (item: string) => must(nmg, { kind: "verdict", item }).sentenceZh;
    expect(said("A15-99")).toContain("您反映的是其他求助类事项，");
    expect(said("C01-01")).toContain("您说的是个人极端行为事件，属于紧急事件");
    expect(said("B05-07")).toBe("您反映的是自杀，由110受理处置。方案写的条件是：危及人身安全，需要公安机关紧急救助。");
    for (const { code } of nmg.items) expect(said(code)).not.toMatch(/其他其他|诉求人称|前提是/);
  });

  test("of a proposal says that it is one, and names the paper it was borrowed from (yn:4.1.1)", () => {
    const borrowed = must(yn, { kind: "verdict", item: "A01-05" });
    expect(borrowed).toMatchObject({ version: "yn-2022@3", basis: "default", clause: "nmg:a1.1" });
    expect(borrowed.sentenceZh).toBe("您反映的是路灯故障损坏，暂按建议做法，由12345受理，转给负责的单位办理。");
    expect(borrowed.basisZh).toContain("待会商");
    expect(borrowed.documentZh).toContain("内蒙古自治区");
    const offered = must(yn, { kind: "transfer", transfer: "clear", to: "police", item: "B01-01" });
    expect([offered.clause, offered.documentZh]).toEqual([
      "yn:3.1",
      "云南省12345政务服务便民热线与110报警服务台高效对接联动实施方案",
    ]);
    expect(must(nmg, { kind: "transfer", transfer: "urgent", to: "police", item: null }).clause).toBe("nmg:a3");
  });

  test("of a hand-over of what is only proposed says so, and so of a notice where the plan is silent (yn:4.1.1, nmg:2.2.3)", () => {
    const lamp = { kind: "transfer", transfer: "clear", to: "hotline", item: "A01-05" } as const;
    expect(must(nmg, lamp).basis).toBe("plan");
    expect(must(yn, lamp)).toMatchObject({ basis: "default", sentenceZh: expect.stringMatching(/^暂按建议做法，/) });
    const notice = { kind: "transfer", transfer: "notice", to: "police", item: null } as const;
    expect([must(nmg, notice).basis, must(yn, notice).basis]).toEqual(["default", "plan"]);
  });

  test("of a hand-over is the plan's only where it goes to the desk that its item names; beside the list and unjudged it is nobody's rule (nmg:2.2.1, nmg:2.2.2)", () => {
    for (const catalogue of [nmg, yn])
      for (const transfer of ["clear", "afterInitialResponse"] as const)
        for (const to of ["hotline", "police"] as const)
          for (const item of [null, ...catalogue.items]) {
            const why = must(catalogue, { kind: "transfer", transfer, to, item: item?.code ?? null });
            const number = to === "hotline" ? "12345" : "110";
            const names = { hotline: ["hotline"], police: ["police", "both"] }[to];
            // Annex part four: 110 first, and then 12345.
            const after = transfer === "afterInitialResponse" && item?.mode === "policeFirstThenHotline";
            const given = item !== null && (names.includes(item.side) || after);
            const claims = [`由${number}受理，现在`, `后续由${number}接着办理`].some((said) =>
              why.sentenceZh.includes(said),
            );
            expect([item?.code, transfer, to, why.basis, claims]).toEqual([
              item?.code,
              transfer,
              to,
              given ? item.basis : "default",
              given,
            ]);
          }
    const beside = must(nmg, { kind: "transfer", transfer: "clear", to: "hotline", item: "B04-04" });
    expect(beside.sentenceZh).toContain("现在转给12345，事项清单里这类事项由110受理处置。");
    expect(beside.sentenceEn).toContain("though the list gives such matters to 110");
    const back = must(nmg, { kind: "transfer", transfer: "afterInitialResponse", to: "police", item: "B01-01" });
    expect([back.clause, back.sentenceZh]).toEqual([
      "nmg:2.2.2",
      expect.stringContaining("12345已经先行受理，后续由110"),
    ]);
    const part4 = must(nmg, { kind: "transfer", transfer: "afterInitialResponse", to: "hotline", item: "D06-01" });
    expect([part4.clause, part4.sentenceZh]).toEqual(["nmg:a4", expect.stringContaining("110已经先期处置")]);
  });

  test("of a notice that two desks agreed by a paper names the paper, and not the plan that is silent on it (nmg:2.2.3)", () => {
    const policies = { ...nmg.policies, eventNotice: { value: "mutual", source: "hui" } } as const;
    const agreed = { ...nmg, policies, documents: [...nmg.documents, PAPER] };
    const why = must(agreed, { kind: "transfer", transfer: "notice", to: "police", item: "A01-05" });
    expect(why).toMatchObject({ basis: "agreement", documentZh: "会商纪要", basisZh: "双方商定" });
    expect(why.sentenceZh).toMatch(/^这件事同时通报110/);
  });

  test("of danger is the plan's own rule, in the words of each: only Inner Mongolia tells the government at once (nmg:a3, yn:3.1)", () => {
    const urgent = { kind: "transfer", transfer: "urgent", to: "police", item: "C01-01" } as const;
    expect(must(nmg, urgent)).toMatchObject({ basis: "plan", clause: "nmg:a3" });
    expect(must(nmg, urgent).sentenceZh).toContain("同时转办属地政府");
    expect(must(yn, urgent)).toMatchObject({ basis: "plan", clause: "yn:3.1" });
    expect(must(yn, urgent).sentenceZh).not.toContain("属地政府");
  });

  test("of how long something may stand names the number and who says so: a proposal, or the paper of an agreement (nmg:2.2.5)", () => {
    const standing = Object.entries(nmg.policies).filter(([name]) => /(Minutes|Days|Times)$/.test(name));
    expect(standing).toHaveLength(15);
    for (const [policy, said] of standing) {
      const why = must(nmg, { kind: "policy", policy });
      const clause = policy.startsWith("consultation") ? "nmg:2.2.4" : "nmg:2.2.5";
      expect([policy, why.basis, why.clause]).toEqual([policy, "default", clause]);
      expect(why.sentenceZh).toMatch(/^暂按建议做法，/);
      expect(why.sentenceZh).toContain(String(said?.value));
      expect(why.sentenceEn).toContain(String(said?.value));
    }
    const policies = { ...nmg.policies, handOverAnswerMinutes: { value: 20, source: "hui" } };
    const agreed = must(
      { ...nmg, policies, documents: [...nmg.documents, PAPER] },
      { kind: "policy", policy: "handOverAnswerMinutes" },
    );
    expect(agreed).toMatchObject({ basis: "agreement", documentZh: "会商纪要" });
    expect(agreed.sentenceZh).toBe("送达后20分钟内可以退回，过时只能协商。");
    expect(explain(nmg, { kind: "policy", policy: "assessment" })).toBeNull();
  });

  test("of a decision by questions rests on its weakest answer and tells the doubt of the last question", () => {
    const cable = must(nmg, { kind: "decision", group: "G05", answers: { "G05-1": "yes" } });
    expect([cable.code, cable.basis, cable.clause]).toEqual(["D06-06", "plan", "nmg:a4.6"]);
    // Whether the sign is asked for at a manhole too is doubtful in the text.
    const sign = must(nmg, { kind: "decision", group: "G01", answers: { "G01-1": "yes" } });
    expect([sign.code, sign.basis]).toEqual(["D06-01", "default"]);
    const unknown = must(nmg, { kind: "decision", group: "G07", answers: { "G07-1": "unknown" } });
    expect([unknown.code, unknown.basis]).toEqual(["D03-01", "default"]);
    expect(unknown.sentenceZh).toContain("暂按建议做法");
    const open = must(nmg, {
      kind: "decision",
      group: "G09",
      answers: { "G09-1": "no", "G09-2": "no", "G09-3": "no" },
    });
    expect([open.code, open.clause]).toEqual(["Z00-01", "nmg:a.end"]);
    expect(explain(nmg, { kind: "decision", group: "G01", answers: {} })).toBeNull();
  });

  test("of an exclusion says that 110 is not bound, and who judges (nmg:2.1, REQ-06)", () => {
    const secret = must(nmg, { kind: "exclusion", code: "stateSecret" });
    expect(secret.sentenceZh).toBe(
      "涉及国家秘密的事项，12345不受理，是不是属于这种情况由工作人员判断；有危险或者警情，仍然可以找110。",
    );
    expect(must(nmg, { kind: "exclusion", code: "litigation" }).sentenceZh).not.toContain("工作人员判断");
  });

  test("of a guidance says what is only proposed as a proposal: whom to turn to, and at Yunnan the ground as well (nmg:2.1, yn:3.1)", () => {
    const said = (catalogue: Catalogue, code: string) => must(catalogue, { kind: "guidance", code }).sentenceZh;
    for (const catalogue of [nmg, yn])
      for (const { code, basis } of catalogue.guidanceReasons) {
        expect(basis).toBe("default");
        expect([code, said(catalogue, code).match(/暂按建议做法，/g)?.length]).toEqual([code, 1]);
      }
    const court = "通过诉讼程序解决的事项，这里不受理。";
    expect(said(nmg, "N00-01")).toBe(`${court}暂按建议做法，请向受理该案的人民法院反映。`);
    expect(said(yn, "N00-01")).toBe(`暂按建议做法，${court}请向受理该案的人民法院反映。`);
    // That neither desk takes what is of neither, Yunnan says itself.
    expect(said(yn, "N00-99")).toMatch(/^这件事不属于12345和110的受理范围。暂按建议做法，/);
    const { sentenceEn } = must(nmg, { kind: "guidance", code: "N00-01" });
    expect(sentenceEn).toContain(". By a proposal not yet agreed, please turn to the court");
  });

  test("of a time limit says who must do what by when, and that nobody has agreed it (nmg:2.2.5, REQ-70)", () => {
    const reply = must(nmg, { kind: "deadline", limit: "reply-general" });
    expect(reply).toMatchObject({ code: "reply-general", clause: "nmg:2.2.5", basisZh: "建议做法，待会商" });
    expect(reply.sentenceZh).toBe("暂按建议做法，承办单位5个工作日内答复。");
    expect(reply.sentenceEn).toBe("By a proposal not yet agreed, the unit answers within 5 working days.");
    expect(reply.doubtZh).toContain("待会商");
    expect(must(nmg, { kind: "deadline", limit: "dispatch-urgent" }).sentenceEn).toContain("within 1 hour of");
  });

  test("of a clause alone gives its text (P6)", () => {
    const clause = must(nmg, { kind: "clause", clause: "nmg:2.2.1" });
    expect(clause.sentenceZh).toMatch(/^这是方案关于.+的规定。$/);
    expect((clause.sourceText ?? "").length).toBeGreaterThan(20);
  });

  test("of a rule that another module keeps adds the clause, its text and the paper", () => {
    const row = {
      code: "answer-30min",
      sentence: { zh: "对方要在三十分钟内答复。", en: "The other desk answers within thirty minutes." },
      grounds: { nmg: { clause: "nmg:2.2.5", words: null }, yn: { clause: "yn:4.3.3", words: null } },
    } as const;
    const { sentenceZh, sourceText, documentZh } = must(nmg, { kind: "rule", row });
    expect(sentenceZh).toBe("暂按建议做法，对方要在三十分钟内答复。");
    expect(sourceText).toContain("限时办理");
    expect(documentZh).toContain("内政办发〔2022〕89号");
    expect(must(yn, { kind: "rule", row })).toMatchObject({ clause: "yn:4.3.3", basis: "default" });
    const said = {
      ...row,
      sentence: null,
      grounds: { ...row.grounds, nmg: { clause: "nmg:2.2.5", words: "限时办理" } },
    };
    expect(must(nmg, { kind: "rule", row: said }).basis).toBe("plan");
    const misread = { ...row.grounds, nmg: { clause: "nmg:2.2.5", words: "三十分钟" } };
    expect(must(nmg, { kind: "rule", row: { ...row, grounds: misread } }).basis).toBe("default");
  });

  test("is not made up for a code this version does not know", () => {
    const unknown: readonly ExplainSubject[] = [
      { kind: "verdict", item: "X99-01" },
      { kind: "return", code: "none" },
      { kind: "question", question: "G99-1" },
      { kind: "decision", group: "G99", answers: {} },
      { kind: "deadline", limit: "never" },
      { kind: "clause", clause: "default" },
    ];
    expect(unknown.map((subject) => explain(nmg, subject))).toEqual(unknown.map(() => null));
  });
});
