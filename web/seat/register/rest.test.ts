import { describe, expect, test } from "vitest";
import { EMPTY_DRAFT } from "./draft.ts";
import type { Draft, MadeDraft } from "./draft.ts";
import { restOf, sendRest, untilRested } from "./rest.ts";
import { toRegistration } from "./to-fields.ts";

const LAMP: Draft = { ...EMPTY_DRAFT, text: "灯", phone: "13800000000" };
const NO = "1501002611220000017";

describe("what follows a registration", () => {
  test("is what was typed since, and nothing else; a picked item is judged, not lost", () => {
    const sent = toRegistration(LAMP);
    expect(restOf(sent, LAMP)).toEqual({ amend: null, judge: null });
    expect(restOf(sent, { ...LAMP, text: "灯，三天了", item: "A-1" })).toEqual({
      amend: { fields: { text: "灯，三天了" } },
      judge: { item: "A-1" },
    });
    expect(restOf({ ...sent, item: "A-1" }, { ...LAMP, item: "A-1" }).judge).toBeNull();
  });

  test("is also what the caller answered since: with the item, and by itself while there is none (nmg:2.2.1, REQ-94)", () => {
    const asked = "G06-1=y";
    const answers = [{ question: "G06-1", answer: "yes", how: "asked" }];
    const sent = toRegistration(LAMP);
    expect(restOf(sent, { ...LAMP, asked })).toEqual({ amend: { fields: {}, answers }, judge: null });
    const judged = { ...sent, item: "A-1" };
    expect(restOf(judged, { ...LAMP, item: "A-1", asked })).toEqual({ amend: null, judge: { item: "A-1", answers } });
    expect(restOf(toRegistration({ ...LAMP, asked }), { ...LAMP, asked })).toEqual({ amend: null, judge: null });
  });

  test("lifts confidentiality that was asked for first, and leaves what was rubbed out as it was told", () => {
    const sent = toRegistration({ ...LAMP, confidential: true });
    expect(restOf(sent, LAMP).amend).toEqual({ fields: { confidential: false } });
    expect(restOf(toRegistration(LAMP), { ...LAMP, phone: "" }).amend).toBeNull();
  });

  test("is sent part by part; after a failure only what did not arrive goes again", async () => {
    const told: string[] = [];
    let broken = true;
    let made: MadeDraft = { no: NO, body: toRegistration(LAMP) };
    const ways = {
      rested: async () => undefined,
      amend: async (no: string, body: object) => void told.push(`amend ${no} ${JSON.stringify(body)}`),
      judge: async (no: string, { item }: { readonly item: string }) => {
        told.push(`judge ${no} ${item}`);
        if (broken) throw new Error("the line broke");
      },
      now: () => ({ ...LAMP, text: "灯，三天了", item: "A-1" }),
      onArrived: (now: MadeDraft) => {
        made = now;
      },
    };
    await expect(sendRest(ways, made)).rejects.toThrow("the line broke");
    broken = false;
    await sendRest(ways, made);
    const amended = `amend ${NO} {"fields":{"text":"灯，三天了"}}`;
    expect(told).toEqual([amended, `judge ${NO} A-1`, `judge ${NO} A-1`]);
    await sendRest(ways, made);
    expect(told).toHaveLength(3);
  });

  test("also takes what is typed while it is on its way", async () => {
    const texts: unknown[] = [];
    let draft: Draft = { ...LAMP, text: "灯，三天了" };
    await sendRest(
      {
        rested: async () => undefined,
        amend: async (_no, { fields }) => {
          texts.push(fields.text);
          draft = { ...draft, text: "灯，三天了，还有井盖" };
        },
        judge: async () => null,
        now: () => draft,
        onArrived: () => undefined,
      },
      { no: NO, body: toRegistration(LAMP) },
    );
    expect(texts).toEqual(["灯，三天了", "灯，三天了，还有井盖"]);
  });

  test("goes out once what is typed has come to rest: no half words, and in danger no push for each stroke (nmg:2.2.1)", async () => {
    const strokes = ["三", "三天", "三天了"];
    let draft: Draft = { ...LAMP };
    const texts: unknown[] = [];
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
      const text = strokes.shift();
      if (text !== undefined) draft = { ...draft, text };
    };
    draft = { ...draft, text: "三" };
    await sendRest(
      {
        rested: () => untilRested(() => draft.text, pause),
        amend: async (_no, { fields }) => void texts.push(fields.text),
        judge: async () => null,
        now: () => draft,
        onArrived: () => undefined,
      },
      { no: NO, body: toRegistration(LAMP) },
    );
    expect(texts).toEqual(["三天了"]);
    expect(pauses).toBeGreaterThan(6);
  });

  test("goes out after ten seconds at the latest while somebody writes on", async () => {
    let pauses = 0;
    await untilRested(
      () => pauses,
      async () => {
        pauses += 1;
      },
    );
    expect(pauses).toBe(50);
  });
});
