import { describe, expect, test } from "vitest";
import { explain, planOf } from "../../core/explain/index.ts";
import type { Explanation } from "../../core/explain/index.ts";
import type { Catalogue } from "../../core/catalogue/index.ts";
import { groundsOfProblem, problemList } from "../../http/index.ts";
import { readCatalogue } from "../../storage/catalogue-files/index.ts";
import { explanationOf } from "./advice.ts";
import { programPath } from "./program-path.ts";

async function shipped(name: string): Promise<Catalogue> {
  const read = await readCatalogue(programPath(`catalogue/${name}`));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const nmg = await shipped("nmg-2022-89");
const yn = await shipped("yn-2022");
const CODES = problemList().map(({ code }) => code);

function whyOf(catalogue: Catalogue, code: string): Explanation | null {
  const rules = { explain: (subject: Parameters<typeof explain>[1]) => explain(catalogue, subject) };
  return explanationOf(rules, "police", { kind: "refusal", code });
}

describe("what a refusal rests on (P6, REQ-08)", () => {
  test.each(["EXTENSION_BY_SAME", "EXTENSION_TOO_LATE", "CLOCK_NOT_PAUSABLE", "RETURN_USED", "CONCLUSION_NOT_HELD"])(
    "%s is said as the product's own rule: no plan prints a return, a pause or an extension (nmg:2.2.1, nmg:2.2.5)",
    (code) => {
      for (const catalogue of [nmg, yn])
        expect(whyOf(catalogue, code)).toMatchObject({
          basis: "default",
          sentenceZh: expect.stringMatching(/^暂按建议做法，/),
        });
    },
  );

  test("is the plan's only where the words of the rule stand in the clause as printed", () => {
    for (const catalogue of [nmg, yn])
      for (const code of CODES) {
        const why = whyOf(catalogue, code);
        const words = groundsOfProblem(code)?.[planOf(catalogue)].words ?? null;
        if (words !== null) expect([code, why?.sourceText]).toEqual([code, expect.stringContaining(words)]);
        if (why?.basis === "plan") expect([code, words]).toEqual([code, expect.stringMatching(/.{6}/)]);
      }
    const rule = { kind: "refusal", code: "NO_INITIAL_RESPONSE" } as const;
    expect(whyOf(nmg, rule.code)).toMatchObject({ basis: "plan", clause: "nmg:2.2.2" });
  });

  test("is never the other region's plan: what Inner Mongolia prescribes binds nobody in Yunnan (yn:3)", () => {
    const said = (catalogue: Catalogue) => CODES.flatMap((code) => whyOf(catalogue, code) ?? []);
    expect(said(yn).length).toBeGreaterThan(60);
    expect(said(yn).filter(({ clause }) => !clause.startsWith("yn:"))).toEqual([]);
    expect(said(nmg).filter(({ clause }) => !clause.startsWith("nmg:"))).toEqual([]);
    expect(said(yn).filter(({ documentZh }) => !documentZh.startsWith("云南省"))).toEqual([]);
    expect(whyOf(yn, "NO_INITIAL_RESPONSE")).toMatchObject({ basis: "default", clause: "yn:3.2" });
  });

  test("can be read aloud whatever it is of: whole sentences without holes", () => {
    for (const catalogue of [nmg, yn])
      for (const why of CODES.flatMap((code) => whyOf(catalogue, code) ?? [])) {
        expect(why.sentenceZh).toMatch(/^[^{}]{6,}[。？]$/);
        expect(why.sentenceEn).toMatch(/^[^{}]{6,}[.?]$/);
        expect((why.sourceText ?? "").length).toBeGreaterThan(8);
      }
  });
});
