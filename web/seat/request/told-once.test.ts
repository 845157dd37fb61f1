import { describe, expect, test } from "vitest";
import type { TimelineEntry } from "./contract-types.ts";
import { toldOnce } from "./told-once.ts";

type Part = Partial<Pick<TimelineEntry, "at" | "cause" | "details" | "texts" | "to" | "saidAt">>;

function entry(type: string, part: Part = {}): TimelineEntry {
  const stream = /^(command|message)\./.test(type) ? "linkage" : "case";
  const by = { kind: "node", id: "n", node: "hotline-150100", name: null };
  const bare = {
    at: "08:00",
    streamId: stream,
    cause: "m-1",
    source: null,
    from: null,
    to: null,
    texts: [],
    details: {},
  };
  return { ...bare, type, stream, by, ...part };
}

function text(field: string, value: string): TimelineEntry["texts"][number] {
  return { field, view: { showing: "clear", value, revealable: false } };
}

function typesOf(rows: readonly TimelineEntry[]): readonly string[] {
  return toldOnce(rows).map(({ type }) => type);
}

describe("one event stands once in the history, whoever tells it (nmg:2.3.1)", () => {
  test.each([
    ["CaseReceived", "message.push", "message.push"],
    ["CaseReceived", "message.offer", "message.offer"],
    ["CaseHandedOver", "message.accepted", "message.accepted"],
    ["CaseAccepted", "command.accept", "command.accept"],
    ["CaseResultReceived", "message.concluded", "message.concluded"],
    ["CaseStoodDown", "message.withdrawn", "message.withdrawn"],
    ["CaseAmended", "command.end", "command.end"],
    ["CaseAmended", "message.progress", "message.progress"],
    ["CaseClosed", "message.closed", "message.closed"],
    ["CaseConcluded", "command.conclude", "CaseConcluded"],
    ["CaseClosed", "command.close", "CaseClosed"],
  ])("%s and %s of one input are one line: %s", (first, second, left) => {
    expect(typesOf([entry(first), entry(second)])).toEqual([left]);
    expect(typesOf([entry(second), entry(first)])).toEqual([left]);
  });

  test("the line that is left says all that both said: words once, codes, new state, and when it was written", () => {
    const rows = [
      entry("CaseAmended", { texts: [text("reply.1", "修好了")], details: { danger: false } }),
      entry("message.progress", { details: { stage: "replied" }, to: "accepted", saidAt: "07:55" }),
    ];
    expect(toldOnce(rows)).toEqual([
      {
        ...entry("message.progress", { to: "accepted", saidAt: "07:55" }),
        details: { danger: false, stage: "replied" },
        texts: [text("reply.1", "修好了")],
      },
    ]);
    const both = [
      entry("CaseReceived", { texts: [text("text", "救命")] }),
      entry("message.push", { texts: [text("text", "救命")] }),
    ];
    expect(toldOnce(both)[0]?.texts).toEqual([text("text", "救命")]);
  });

  test("what has another cause, or corrects a coded fact, stays a line of its own", () => {
    expect(typesOf([entry("CaseAmended"), entry("message.progress", { cause: "m-2" })])).toHaveLength(2);
    const corrected = entry("CaseAmended", { details: { facts: { place: "150102" } } });
    expect(typesOf([corrected, entry("message.progress")])).toHaveLength(2);
    expect(
      typesOf([entry("CaseReopened", { details: { reason: "pushedAgain" } }), entry("message.push")]),
    ).toHaveLength(2);
    expect(typesOf([entry("CaseRegistered"), entry("CaseJudged"), entry("command.offer")])).toHaveLength(3);
  });

  test("a copy that rests because the danger is over was closed by this desk's own node, not by the other desk", () => {
    const [closed] = toldOnce([entry("CaseClosed", { details: { as: "dangerEnded" } }), entry("message.endHeld")]);
    expect(closed).toMatchObject({ type: "CaseClosed", details: { as: "dangerEnded" } });
  });
});
