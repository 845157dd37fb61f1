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

  test("never has more lines than fit, says how many there are besides, and opens", () => {
    const all = Array.from({ length: 9 }, (_, i) => entry("urgent", String(i)));
    expect([folded(all, false).shown.length, folded(all, false).more]).toEqual([LINES, 9 - LINES]);
    expect([folded(all, true).shown.length, folded(all.slice(0, 2), false).more]).toEqual([9, 2 - LINES]);
    expect([folded(all, false, NARROW_LINES).shown.length, folded(all, false, NARROW_LINES).more]).toEqual([1, 8]);
  });

  test("keeps a line for the danger that was pushed here last, whatever else is owed (nmg:2.2.1)", () => {
    const owed = ["1", "2", "3", "4"].map((at) => entry("owed", at));
    const all = [...owed, entry("sent", "5"), entry("sent", "6")];
    const { shown, own, more } = folded(all, false);
    expect([keys(shown), own?.key, more]).toEqual([["owed1", "owed2"], "sent6", 3]);
    const narrow = folded(all, false, NARROW_LINES);
    expect([keys(narrow.shown), narrow.own?.key, narrow.more]).toEqual([["owed1"], "sent6", 4]);
    const stuck = folded([...owed, entry("stuck", "7"), entry("sent", "6")], false);
    expect([keys(stuck.shown), stuck.own]).toEqual([["stuck7", "owed1", "owed2"], null]);
    expect(folded(all, true).own).toBeNull();
  });
});
