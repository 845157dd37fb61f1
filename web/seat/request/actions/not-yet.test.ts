import { describe, expect, test } from "vitest";
import { zh } from "../../../shared/i18n/zh.ts";
import { stepWords } from "./not-yet.ts";

const words: Readonly<Record<string, string>> = zh;
const code = (family: string, one: string) => words[`${family}.${one}`] ?? one;
const early = { command: "answer", code: "OFFER_OPEN", params: {} } as const;
const sent = (state: string) => ({ role: "S", state }) as Parameters<typeof stepWords>[2][number];

describe("what has to be done before a step that is not open yet", () => {
  test("a hand-over that waits over there is taken back; one that came back is taken up, nobody is asked to take back what is here (nmg:2.2.1)", () => {
    expect(stepWords(early, code, [sent("offered")])).toBe("移交正等对方答复，要自办先按 K 收回");
    expect(stepWords(early, code, [sent("returned")])).toBe("对方已退回，先按 K 接回本台");
    // An earlier one that was given back and taken up says nothing of the one that waits now.
    expect(stepWords(early, code, [sent("withdrawn"), sent("negotiating")])).toBe(
      "移交正等对方答复，要自办先按 K 收回",
    );
  });
});
