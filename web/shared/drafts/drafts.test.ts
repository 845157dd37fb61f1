import { describe, expect, test } from "vitest";
import { KEPT_MS } from "./box.ts";
import type { Box } from "./box.ts";
import { draftPlace, openDrafts } from "./drafts.ts";
import type { Drafts } from "./drafts.ts";
import { changedValues, formDraft, formsOf, parseFormDraft, parseValues } from "./form-values.ts";

function aBox(): Box & { readonly held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => void held.set(name, value),
    removeItem: (name) => void held.delete(name),
    key: (i) => [...held.keys()][i] ?? null,
    get length() {
      return held.size;
    },
  };
}

const KEYS = [{ id: "7", key: "5a".repeat(32) }];
const place = draftPlace("h150100", "u-seat");
const name = formDraft(place, { no: "1501002611220000017", command: "conclude", subject: "1501002611220000017" });
const call = `${place}register.1`;

/** A page of this browser; with `account` its drafts stand open. */
function aPage(
  box: Box,
  now: () => number,
  account: { readonly place: string; readonly keys?: typeof KEYS } | null = { place },
): Drafts {
  const drafts = openDrafts({ box, clock: now });
  if (account !== null) drafts.open(account.place, account.keys ?? KEYS);
  return drafts;
}

describe("what is half written", () => {
  test("outlives the page and the log-in: the same account finds it again under the same key", () => {
    const box = aBox();
    const page = aPage(box, () => 1_000);
    page.keep(name, { result: "已换" }, 900);
    page.keep(name, { result: "已换灯" }, 1_000);
    const next = aPage(box, () => 2_000, { place, keys: [{ id: "8", key: "6b".repeat(32) }, ...KEYS] });
    expect(next.find(name)).toEqual({ at: 1_000, value: { result: "已换灯" }, sent: null });
  });

  test("never lies on the disk in clear: who reads the disk reads neither number, name nor words (P5)", () => {
    const box = aBox();
    const page = aPage(box, () => 1);
    page.keep(call, { draft: { phone: "13800001111", text: "举报某单位", name: "李某" } }, 1);
    page.noteSent(call, { content: "举报某单位", key: "a-key-too-long-to-stand-in-noise" });
    expect(box.held.size).toBe(1);
    const disk = JSON.stringify([...box.held]);
    for (const word of ["13800001111", "举报", "李某", "a-key-too-long-to-stand-in-noise"])
      expect(disk).not.toContain(word);
    expect(disk).not.toContain(KEYS[0]?.key);
  });

  test("is opened by nobody else: not with another key, under another name or with another time", () => {
    const box = aBox();
    const page = aPage(box, () => 1);
    page.keep(name, "x", 1);
    const text = box.getItem(name) ?? "";
    const found = (where: string, stored: string, key?: string) => {
      const other = aBox();
      other.setItem(where, stored);
      const keys = key === undefined ? KEYS : [{ id: "7", key }];
      const drafts = aPage(other, () => 2, { place, keys });
      return [drafts.names(place).length, other.held.size];
    };
    expect(found(name, text)).toEqual([1, 1]);
    expect(found(name, text, "6b".repeat(32))).toEqual([0, 0]);
    expect(found(`${name}x`, text)).toEqual([0, 0]);
    expect(found(name, text.replace('"at":1,', '"at":2,'))).toEqual([0, 0]);
  });

  test("lies sealed on the disk before the page does anything else: a reload in the next moment finds the last stroke", () => {
    const box = aBox();
    const page = aPage(box, () => 1);
    for (const typed of ["楼道", "楼道灯", "楼道灯不亮"]) {
      page.keep(name, typed, 1);
      expect(aPage(box, () => 1).find(name)?.value).toBe(typed);
    }
  });

  test("is dropped unread after twelve hours, and so is what cannot be read or was left in clear", () => {
    const box = aBox();
    const page = aPage(box, () => 0);
    page.keep(name, { result: "已换灯" }, 0);
    box.setItem(`${place}form.x`, "{");
    box.setItem(`${place}form.y`, JSON.stringify({ at: 0, value: "in clear" }));
    box.setItem("liandong.language", "zh");
    aPage(box, () => KEPT_MS, null);
    expect([...box.held.keys()]).toEqual([name, "liandong.language"]);
    aPage(box, () => KEPT_MS + 1, null);
    expect([...box.held.keys()]).toEqual(["liandong.language"]);
  });

  test("is not found after twelve hours on a page that stays open, and is swept from memory and disk", () => {
    const box = aBox();
    let now = 0;
    const page = aPage(box, () => now);
    page.keep(name, "x", 0);
    now = KEPT_MS;
    expect(page.find(name)?.value).toBe("x");
    now += 1;
    expect([page.find(name), page.names(place)]).toEqual([null, []]);
    let told = 0;
    page.listen(() => void (told += 1));
    page.sweep();
    expect([told, box.held.size]).toEqual([1, 0]);
  });

  test("does not outlive log-out: everything of the account goes, nothing of another and nothing else", () => {
    const box = aBox();
    box.setItem("liandong.language", "zh");
    const other = draftPlace("h150100", "u-seat2");
    const before = aPage(box, () => 1, { place: other });
    before.keep(`${other}register.1`, "别人的", 1);
    const page = aPage(box, () => 1);
    page.keep(name, { result: "已换灯" }, 1);
    page.keep(call, { text: "灯" }, 1);
    page.end(place);
    expect([...box.held.keys()].toSorted()).toEqual(["liandong.draft.h150100.u-seat2.register.1", "liandong.language"]);
    expect([page.find(name), page.place()]).toEqual([null, null]);
  });

  test("does not come back after log-out: no stroke that comes after is taken", () => {
    const box = aBox();
    const page = aPage(box, () => 1);
    page.keep(call, "sealed", 1);
    page.end(place);
    page.keep(call, "one stroke more", 1);
    expect([box.held.size, page.find(call)]).toEqual([0, null]);
  });

  test("of one account is out of reach when another logs in, and there again when the first comes back", () => {
    const box = aBox();
    const page = aPage(box, () => 1);
    page.keep(name, "x", 1);
    page.open(draftPlace("h150100", "u-seat2"), [{ id: "7", key: "6b".repeat(32) }]);
    page.keep(name, "of the first, from the second's screen", 2);
    expect([page.find(name), page.names(place)]).toEqual([null, []]);
    page.open(place, KEYS);
    expect(page.find(name)?.value).toBe("x");
  });

  test("stays while the page stands when the browser's storage is full or forbidden", () => {
    const no = () => {
      throw new Error("QuotaExceededError");
    };
    const page = aPage({ getItem: no, setItem: no, removeItem: no, key: no, length: 1 }, () => 1);
    page.keep(name, { result: "已换灯" }, 1);
    expect(page.find(name)?.value).toEqual({ result: "已换灯" });
    page.drop(name);
    expect(page.find(name)).toBeNull();
  });

  test("is the same in every tab: what another one keeps or discards is read again", () => {
    const box = aBox();
    const [page, other] = [aPage(box, () => 1), aPage(box, () => 1)];
    page.keep(name, { result: "已换灯" }, 1);
    other.reread(name);
    expect(other.find(name)?.value).toEqual({ result: "已换灯" });
    page.drop(name);
    other.reread(name);
    other.reread("liandong.language");
    expect([other.find(name), other.names("")]).toEqual([null, []]);
  });

  test("is kept in a tab that has not yet the newest key when another tab writes under that", () => {
    const box = aBox();
    const page = aPage(box, () => 1);
    page.keep(name, "楼道", 1);
    const other = aPage(box, () => 1, { place, keys: [{ id: "8", key: "6b".repeat(32) }, ...KEYS] });
    other.keep(name, "楼道灯", 1);
    page.reread(name);
    expect(page.find(name)?.value).toBe("楼道");
  });

  test("is listed newest first, and every change is told", () => {
    const page = aPage(aBox(), () => 3);
    let told = 0;
    const stop = page.listen(() => {
      told += 1;
    });
    page.keep(`${place}a`, 1, 1);
    page.keep(`${place}b`, 2, 2);
    page.drop(`${place}a`);
    stop();
    page.keep(`${place}c`, 3, 3);
    expect([page.names(place), told]).toEqual([[`${place}c`, `${place}b`], 3]);
  });
});

describe("the key of a command that may have arrived", () => {
  const sent = { content: "[dispatch]", key: "k1" };

  test("outlives the page beside its draft, also while more is typed, and ends with the answer", () => {
    const box = aBox();
    const page = aPage(box, () => 1);
    page.keep(name, "x", 1);
    page.noteSent(name, sent);
    page.keep(name, "xy", 1);
    const next = aPage(box, () => 2);
    expect(next.find(name)).toEqual({ at: 1, value: "xy", sent });
    next.noteSent(name, null);
    expect(next.find(name)).toEqual({ at: 1, value: "xy", sent: null });
  });

  test("is kept for a form in which nothing was changed, and leaves no draft when it was answered", () => {
    const page = aPage(aBox(), () => 1);
    page.noteSent(name, sent);
    expect(page.find(name)?.sent).toEqual(sent);
    page.noteSent(name, null);
    expect(page.find(name)).toBeNull();
  });
});

describe("a form's draft", () => {
  test("is named after request, command and subject, and can be told apart from that of the next request", () => {
    const form = { no: "1501002611220000017", command: "reply", subject: "5f0c.x" };
    expect(parseFormDraft(place, formDraft(place, form))).toEqual(form);
    expect(formDraft(place, form).startsWith(formsOf(place, form.no))).toBe(true);
    expect([parseFormDraft(place, `${place}register.1`), parseFormDraft(place, `${place}form.1.x`)]).toEqual([
      null,
      null,
    ]);
  });

  test("holds only what a person changed: a form as it was offered is no draft", () => {
    expect(changedValues({ role: "lead", instruction: "" }, { role: "lead" })).toEqual({});
    expect(changedValues({ role: "assisting", place: "" }, { role: "lead", place: "150102" })).toEqual({
      role: "assisting",
      place: "",
    });
  });

  test("is read without what is no text", () => {
    expect([parseValues(null), parseValues("x"), parseValues({ a: "1", b: 2 })]).toEqual([{}, {}, { a: "1" }]);
  });
});
