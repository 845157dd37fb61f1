import { expect, test } from "vitest";
import { draftPlace, openDrafts } from "../drafts/drafts.ts";
import { openKeyBook } from "./key-book.ts";

const place = draftPlace("h150100", "u-seat");
const draft = `${place}form.1501002611220000017.dispatch.1501002611220000017`;
const other = `${place}form.1501002611220000017.amend.1501002611220000017`;
const KEYS = [{ id: "7", key: "5a".repeat(32) }];

/** Pages of one browser, one after the other. */
function aBrowser() {
  const held = new Map<string, string>();
  let keys = 0;
  return () => {
    const drafts = openDrafts({
      box: {
        getItem: (name) => held.get(name) ?? null,
        setItem: (name, value) => void held.set(name, value),
        removeItem: (name) => void held.delete(name),
        key: (i) => [...held.keys()][i] ?? null,
        get length() {
          return held.size;
        },
      },
      clock: () => 1_000,
    });
    drafts.open(place, KEYS);
    const book = openKeyBook(drafts, () => {
      keys += 1;
      return `k${keys}`;
    });
    return { drafts, book };
  };
}

test("a form that was sent without an answer goes out under the same key after a reload: never a second order", () => {
  const page = aBrowser();
  const { drafts, book } = page();
  drafts.keep(draft, { unit: "u-heat" }, 1_000);
  expect(book.keyOf(draft, "dispatch u-heat")).toBe("k1");
  const next = page();
  expect(next.drafts.find(draft)?.value).toEqual({ unit: "u-heat" });
  expect(next.book.keyOf(draft, "dispatch u-heat")).toBe("k1");
});

test("other content, another form and what was answered get a key of their own", () => {
  const page = aBrowser();
  const { book } = page();
  expect(book.keyOf(draft, "dispatch u-heat")).toBe("k1");
  const next = page();
  expect(next.book.keyOf(other, "dispatch u-heat")).toBe("k2");
  next.book.forget();
  expect(next.book.keyOf(draft, "dispatch u-water")).toBe("k3");
  next.book.answered(draft, "dispatch u-water");
  expect(next.drafts.find(draft)).toBeNull();
  expect(next.book.keyOf(draft, "dispatch u-water")).toBe("k4");
});

test("without a draft the key lasts as long as the page", () => {
  const page = aBrowser();
  const { book } = page();
  expect([book.keyOf(null, "accept"), book.keyOf(null, "accept")]).toEqual(["k1", "k1"]);
  book.answered(null, "accept");
  expect(book.keyOf(null, "accept")).toBe("k2");
});
