import { describe, expect, test } from "vitest";
import { draftPlace, KEPT_MS, openDrafts } from "./drafts.ts";
import type { Box } from "./drafts.ts";
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

const place = draftPlace("h150100", "u-seat");
const name = formDraft(place, { no: "1501002611220000017", command: "conclude", subject: "1501002611220000017" });

describe("what is half written", () => {
  test("outlives the page: it is found when the browser comes up again", () => {
    const box = aBox();
    openDrafts(box, 0).keep(name, { result: "已换灯" }, 1_000);
    expect(openDrafts(box, 2_000).find(name)).toEqual({ at: 1_000, value: { result: "已换灯" } });
  });

  test("is dropped unread after twelve hours, and so is what cannot be read", () => {
    const box = aBox();
    openDrafts(box, 0).keep(name, { result: "已换灯" }, 0);
    box.setItem(`${place}form.x`, "{");
    const later = openDrafts(box, KEPT_MS + 1);
    expect([later.find(name), later.names(place), box.held.size]).toEqual([null, [], 0]);
  });

  test("does not outlive log-out: everything of the account goes, nothing of another and nothing else", () => {
    const box = aBox();
    box.setItem("liandong.language", "zh");
    const drafts = openDrafts(box, 0);
    drafts.keep(name, { result: "已换灯" }, 1);
    drafts.keep(`${place}register.1`, { text: "灯" }, 1);
    drafts.keep(`${draftPlace("h150100", "u-seat2")}register.1`, { text: "别人的" }, 1);
    drafts.dropAll(place);
    expect([...box.held.keys()].toSorted()).toEqual(["liandong.draft.h150100.u-seat2.register.1", "liandong.language"]);
    expect(drafts.find(name)).toBeNull();
  });

  test("stays while the page stands when the browser's storage is full or forbidden", () => {
    const no = () => {
      throw new Error("QuotaExceededError");
    };
    const drafts = openDrafts({ getItem: no, setItem: no, removeItem: no, key: no, length: 1 }, 0);
    drafts.keep(name, { result: "已换灯" }, 1);
    expect(drafts.find(name)?.value).toEqual({ result: "已换灯" });
    drafts.drop(name);
    expect(drafts.find(name)).toBeNull();
  });

  test("is the same in every tab: what another one keeps, sends or discards is heard", () => {
    const drafts = openDrafts(aBox(), 0);
    drafts.heard(name, JSON.stringify({ at: 5, value: { result: "已换灯" } }));
    expect([drafts.find(name)?.at, drafts.names(place)]).toEqual([5, [name]]);
    drafts.heard(name, null);
    drafts.heard("liandong.language", "{}");
    expect([drafts.find(name), drafts.names("")]).toEqual([null, []]);
  });

  test("is listed newest first, and every change is told", () => {
    const drafts = openDrafts(aBox(), 0);
    let told = 0;
    const stop = drafts.listen(() => {
      told += 1;
    });
    drafts.keep(`${place}a`, 1, 1);
    drafts.keep(`${place}b`, 2, 2);
    drafts.drop(`${place}a`);
    stop();
    drafts.keep(`${place}c`, 3, 3);
    expect([drafts.names(place), told]).toEqual([[`${place}c`, `${place}b`], 3]);
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
