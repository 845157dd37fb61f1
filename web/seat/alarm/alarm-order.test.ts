import { describe, expect, test } from "vitest";
import { folded, LINES, NARROW_LINES, worstFirst } from "./alarm-order.ts";
import type { Entry } from "./alarm-order.ts";

const entry = (kind: Entry["kind"], at: string): Entry => ({ kind, at, key: `${kind}${at}` });
const keys = (entries: readonly Entry[]) => entries.map((one) => one.key);

describe("the alarm bar", () => {
  test("has the worst on top: to sign, not sent, to dial, owed, news, sent", () => {
    const all = [
      entry("sent", "1"),
      entry("news", "1"),
      entry("dial", "1"),
      entry("stuck", "1"),
      entry("owed", "1"),
      entry("urgent", "1"),
    ];
    expect(keys(worstFirst(all))).toEqual(["urgent1", "stuck1", "dial1", "owed1", "news1", "sent1"]);
  });

  test("keeps what waits longest under the key when another one comes; news and sent ones begin with the newest", () => {
    expect(keys(worstFirst([entry("urgent", "2"), entry("urgent", "1"), entry("urgent", "3")]))).toEqual([
      "urgent1",
      "urgent2",
      "urgent3",
    ]);
    expect(keys(worstFirst([entry("sent", "1"), entry("sent", "2")]))).toEqual(["sent2", "sent1"]);
  });

  test("what is owed for a danger that is over stands below every one that is open, and keeps no line of its own (nmg:2.2.1)", () => {
    const over: Entry = { ...entry("owed", "1"), over: true, pushedAt: "9" };
    const all = [over, entry("owed", "2"), entry("sent", "3"), entry("sent", "4")];
    expect(keys(worstFirst(all))).toEqual(["owed2", "sent4", "sent3", "owed1"]);
    const { shown, kept } = folded(all, false, 2);
    expect([...shown, ...kept].map(({ key }) => key)).toEqual(["owed2", "sent4"]);
  });

  test("never has more lines than fit, says how many there are besides, and opens", () => {
    const all = Array.from({ length: 9 }, (_, i) => entry("urgent", String(i)));
    const { shown, kept, more } = folded(all, false);
    expect([shown.length + kept.length, more]).toEqual([LINES, 9 - LINES]);
    const opened = folded(all, true);
    expect([opened.shown.length + opened.kept.length, folded(all.slice(0, 2), false).more]).toEqual([9, 2 - LINES]);
    const owed = all.map(({ at }) => entry("owed", at));
    expect([folded(owed, false, NARROW_LINES).shown.length, folded(owed, false, NARROW_LINES).more]).toEqual([1, 8]);
  });

  test("keeps a line for the danger that was pushed here last, whatever else is owed (nmg:2.2.1)", () => {
    const owed = ["1", "2", "3", "4"].map((at) => entry("owed", at));
    const all = [...owed, entry("sent", "5"), entry("sent", "6")];
    const { shown, kept, more } = folded(all, false);
    expect([keys(shown), keys(kept), more]).toEqual([["owed1", "owed2"], ["sent6"], 3]);
    const narrow = folded(all, false, NARROW_LINES);
    expect([keys(narrow.shown), keys(narrow.kept), narrow.more]).toEqual([["owed1"], ["sent6"], 4]);
    const stuck = folded([...owed, entry("stuck", "7"), entry("sent", "6")], false);
    expect([keys(stuck.shown), stuck.kept]).toEqual([["stuck7", "owed1", "owed2"], []]);
    expect(folded(all, true).kept).toEqual([]);
  });

  test("keeps that line also where a step owed for the same danger has taken it in", () => {
    const owed = ["1", "2", "3", "4"].map((at) => ({ ...entry("owed", at), pushedAt: at }));
    const { shown, kept, more } = folded(owed, false);
    expect([keys(shown), keys(kept), more]).toEqual([["owed1", "owed2"], ["owed4"], 1]);
    expect(keys(folded([...owed, entry("sent", "5")], false).kept)).toEqual(["sent5"]);
  });

  test("keeps a line for the danger that came in last, however many wait to be signed (nmg:2.2.1)", () => {
    const urgent = ["1", "2", "3", "4", "5"].map((at) => entry("urgent", at));
    const many = folded(urgent, false);
    expect([keys(many.shown), keys(many.kept), many.more]).toEqual([["urgent1", "urgent2"], ["urgent5"], 2]);
    const narrow = folded(urgent.slice(0, 2), false, NARROW_LINES);
    expect([keys(narrow.shown), keys(narrow.kept), narrow.more]).toEqual([["urgent1"], ["urgent2"], 0]);
    const both = folded([...urgent, entry("sent", "6")], false);
    expect([keys(both.shown), keys(both.kept), both.more]).toEqual([["urgent1"], ["urgent5", "sent6"], 3]);
    const three = folded([...urgent.slice(0, 3), entry("sent", "6")], false);
    expect([keys(three.shown), keys(three.kept), three.more]).toEqual([["urgent1"], ["urgent3", "sent6"], 1]);
  });

  test("opened it keeps that line too: a long list would scroll the last one out of view (nmg:2.2.1)", () => {
    const urgent = ["1", "2", "3", "4"].map((at) => entry("urgent", at));
    const opened = folded([...urgent, entry("owed", "0")], true);
    expect([keys(opened.shown), keys(opened.kept)]).toEqual([["urgent1", "urgent2", "urgent3", "owed0"], ["urgent4"]]);
    expect(folded([entry("urgent", "1"), ...["1", "2", "3"].map((at) => entry("owed", at))], true).kept).toEqual([]);
  });

  test("of two dangers that came at once one keeps the line, and none is lost", () => {
    const urgent = ["1", "2", "3", "4", "4"].map((at, i) => ({ ...entry("urgent", at), key: `u${i}` }));
    const { shown, kept, more } = folded(urgent, false);
    expect([keys(shown), kept.length, more]).toEqual([["u0", "u1"], 1, 2]);
    expect(new Set([...keys(shown), ...keys(kept)]).size + more).toBe(urgent.length);
  });

  test("says since when the oldest of those stands that are folded away; nothing folded, nothing said", () => {
    const urgent = ["1", "2", "3", "4", "5"].map((at) => entry("urgent", at));
    expect(folded(urgent, false).oldest).toBe("3");
    expect(folded([...urgent, entry("owed", "0")], false).oldest).toBe("0");
    expect([folded(urgent, true).oldest, folded(urgent.slice(0, 3), false).oldest]).toEqual([null, null]);
  });
});
