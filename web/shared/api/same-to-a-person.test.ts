import { expect, test } from "vitest";
import type { LinkageView, RequestView } from "../../../src/http/contract/index.ts";
import { isSameToAPerson } from "./same-to-a-person.ts";

const push = { id: "p", kind: "urgent", role: "S", state: "pushed", deliveredAt: null, shownPushNo: 0, pushNo: 1 };
const seen = part({
  etag: "4",
  status: "handling",
  allowed: ["close"],
  linkages: [push],
  orders: [{ id: "o", status: "dispatched" }],
});

/** The members these sentences speak of; a real view has more of them. */
function part(view: object): RequestView {
  return view as RequestView;
}

function later(change: object): RequestView {
  return part({ ...seen, etag: "5", ...change });
}

const moved = (change: Partial<LinkageView>) => later({ linkages: [{ ...push, ...change }] });

test("the receipts of the other desk, and what may be done because of them, are nothing a person would have waited for", () => {
  expect(isSameToAPerson(seen, moved({ state: "delivered", deliveredAt: "t", signedAt: "t", shownPushNo: 1 }))).toBe(
    true,
  );
  expect(isSameToAPerson(seen, later({ allowed: [], notYet: [{ command: "close" }] }))).toBe(true);
});

const clock = { status: "running", dueAt: "t", pauseReason: null, note: null, awaitUntil: null, asked: null };
const withClock = (change: object, etag: string) =>
  part({ ...seen, etag, orders: [{ id: "o", clock: { ...clock, ...change } }] });

test("a clock that has run out meanwhile is time and nothing else", () => {
  expect(isSameToAPerson(withClock({}, "4"), withClock({ status: "overdue", dueAt: "u" }, "5"))).toBe(true);
  expect(isSameToAPerson(seen, later({ spent: [{ stage: "conclude" }] }))).toBe(true);
});

test.each([
  ["a pause by a colleague", { status: "paused", pauseReason: "siteClosed" }],
  ["an extension asked for", { asked: { amount: 3, reason: "complex", at: "t" } }],
  ["more time that somebody has given", { extended: 3 }],
])("%s is a step of somebody", (_what, change) => {
  expect(isSameToAPerson(withClock({}, "4"), withClock(change, "5"))).toBe(false);
});

test.each([
  ["a step", { status: "concluded" }],
  ["a word", { fields: { text: { value: "还有一人" } } }],
  ["the end of the danger", { linkages: [{ ...push, state: "ended" }] }],
  ["another push", { linkages: [{ ...push, pushNo: 2 }] }],
  ["a hand-over", { linkages: [push, { id: "h", kind: "clear", role: "S", state: "offered" }] }],
  ["words that nobody has read", { linkages: [{ ...push, additionsUnread: 1 }] }],
  ["a unit's reply", { orders: [{ id: "o", status: "replied" }] }],
])("%s is: what was pressed before it is refused and looked at again", (_what, change) => {
  expect(isSameToAPerson(seen, later(change))).toBe(false);
});
