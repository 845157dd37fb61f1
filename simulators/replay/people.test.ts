import { expect, test } from "vitest";
import type { Side } from "../client/accounts.ts";
import { PATHS, pathOf, WRONG } from "./commands.ts";
import { CLERK_STEPS, DESK_STEPS } from "./people.ts";
import { parseSeen } from "./seen.ts";
import type { Seen } from "./seen.ts";
import { aLinkage, anOrder, aSeen } from "./seen.test-data.ts";
import type { Mind, Step } from "./step.ts";
import { makeStory } from "./story.ts";

const EVERYTHING = Object.keys(PATHS);
const choices = {
  items: [{ code: "A01-01", mode: "hotlineHandles", urgency: "ordinary" }],
  places: [],
  requestKinds: ["inquiry"],
  fields: ["publicServices"],
  requesterTypes: ["person"],
};

function mind(desk: Side, road: "dispatch" | "answer" = "dispatch"): Mind {
  const story = makeStory("s", 0, { id: "1", text: "x", category: "A01" }, { hotline: choices, police: choices });
  return {
    desk,
    story: { ...story, road, dangerByKey: false },
    returnReasons: ["other"],
    guidanceReasons: ["N00-01"],
    clerks: new Set(["u1"]),
  };
}

/** Names of the steps that a person could take, leaving out what is only done now and then. */
function next(seen: Seen, m: Mind): Readonly<Record<string, string>> {
  const lanes = new Map<string, string>();
  for (const step of DESK_STEPS)
    if (step.chance === undefined && !lanes.has(step.lane) && step.see(seen, m) !== null)
      lanes.set(step.lane, step.name);
  return Object.fromEntries(lanes);
}

const own = aSeen({ allowed: EVERYTHING, item: "A01-01", side: "hotline", mode: "hotlineHandles" });

test("every command of every step has a path", () => {
  for (const wrong of WRONG) expect(pathOf(wrong(own))).toMatch(/^\/(requests|orders|linkages)\//);
  expect(pathOf({ command: "judge", target: "17" })).toBe("/requests/17/judge");
  expect(() => pathOf({ command: "fly", target: "1" })).toThrow("no path");
});

test("12345 judges, completes, dispatches, concludes, calls back and closes", () => {
  const m = mind("hotline");
  const walk: readonly (readonly [Partial<Seen>, string])[] = [
    [{ item: null, side: null, mode: null }, "judge"],
    [{ missing: ["field"] }, "complete"],
    [{}, "dispatch"],
    [{ status: "handling", orders: [anOrder({ status: "replied" })] }, "conclude"],
    [{ status: "concluded" }, "callBack"],
    [{ status: "concluded", callbacks: [{ outcome: "reached", solved: true, at: "" }] }, "close"],
    [
      { status: "concluded", callbacks: [1, 2, 3].map(() => ({ outcome: "notReached", solved: null, at: "" })) },
      "close",
    ],
  ];
  for (const [seen, step] of walk) expect(next({ ...own, ...seen }, m)).toEqual({ ordinary: step });
  expect(next(own, mind("hotline", "answer"))).toEqual({ ordinary: "answer" });
});

test("who waits for a unit does nothing, and writes down what a unit without a log-in phones in", () => {
  const waiting = { ...own, status: "handling", orders: [anOrder({ allowed: ["reply"] })] };
  expect(next(waiting, mind("hotline"))).toEqual({});
  expect(next({ ...waiting, orders: [anOrder({ unit: "u2", allowed: ["reply"] })] }, mind("hotline"))).toEqual({
    order: "unitPhonesIn",
  });
});

test("a matter of the other desk is handed over at once at intake, after an entry when it was taken up (nmg:2.2.2)", () => {
  const police = { ...own, item: "B01-01", side: "police", mode: "policeHandles" };
  expect(next(police, mind("hotline"))).toEqual({ ordinary: "handOver" });
  expect(next({ ...police, status: "accepted" }, mind("hotline"))).toEqual({ ordinary: "writeInitialResponse" });
  expect(next({ ...police, status: "accepted", initialResponse: true }, mind("hotline"))).toEqual({
    ordinary: "handOver",
  });
});

test("annex part four: 110 sends officers, writes down what they did, then hands over (nmg:a4)", () => {
  const m = mind("police");
  const part4 = { ...own, item: "D02-01", side: "police", mode: "policeFirstThenHotline" };
  expect(next(part4, m)).toEqual({ ordinary: "sendOfficers" });
  const done = { ...part4, status: "handling", orders: [anOrder({ kind: "police", status: "replied" })] };
  expect(next(done, m)).toEqual({ ordinary: "writeInitialResponse" });
  expect(next({ ...done, initialResponse: true }, m)).toEqual({ ordinary: "handOver" });
});

test("what was sent once is not sent again, and nothing is done while an offer is open", () => {
  const police = { ...own, side: "police", mode: "policeHandles" };
  expect(next({ ...police, linkages: [aLinkage({ state: "withdrawn" })] }, mind("hotline"))).toEqual({
    ordinary: "dispatch",
  });
  expect(next({ ...police, linkages: [aLinkage({ state: "offered" })] }, mind("hotline"))).toEqual({});
});

test("a push is shown, signed, answered by officers and ended (nmg:a3)", () => {
  const m = mind("police");
  const push = (allowed: readonly string[]) => aLinkage({ kind: "urgent", role: "R", state: "active", allowed });
  const copy = { ...own, status: "offered", responsible: false, danger: true, dangerOpen: true };
  expect(next({ ...copy, linkages: [push(["shown", "sign"])] }, m)).toEqual({ danger: "show" });
  expect(next({ ...copy, linkages: [push(["sign"])] }, m)).toEqual({ danger: "sign" });
  expect(next({ ...copy, linkages: [push(["endDanger"])] }, m)).toEqual({ danger: "sendOfficersToDanger" });
  const officers = [anOrder({ kind: "police", status: "replied" })];
  expect(next({ ...copy, orders: officers, linkages: [push(["endDanger"])] }, m)).toEqual({ danger: "endDanger" });
});

test("12345 does not conclude while danger is open", () => {
  const open = { ...own, status: "handling", danger: true, dangerOpen: true, orders: [anOrder({ status: "replied" })] };
  expect(next(open, mind("hotline"))).toEqual({});
});

test("an offer is read before it is taken", () => {
  const offer = (more: object) => ({
    ...own,
    responsible: false,
    status: "offered",
    linkages: [aLinkage({ role: "R", allowed: ["readAdditions", "acceptOffer", "return"], ...more })],
  });
  expect(next(offer({ additionsUnread: 1 }), mind("hotline"))).toEqual({ handOver: "readAdditions" });
  expect(next(offer({}), mind("hotline"))).toEqual({ handOver: "accept" });
});

test("nobody gives a command that the desk does not allow", () => {
  const states: readonly Seen[] = [
    own,
    { ...own, item: null },
    { ...own, status: "concluded" },
    { ...own, side: "police" },
  ];
  const given = states.flatMap((seen) =>
    DESK_STEPS.flatMap((step: Step) => step.see({ ...seen, allowed: [] }, mind("hotline")) ?? []),
  );
  expect(given).toEqual([]);
});

test("a clerk acknowledges, officers arrive, both reply", () => {
  const row = (kind: string, allowed: readonly string[]) => ({
    requestNo: "1",
    order: anOrder({ kind, allowed }),
    allowed: [],
  });
  const first = (kind: string, allowed: readonly string[]): string | undefined =>
    CLERK_STEPS.find((step) => step.name !== "siteVisit" && step.see(row(kind, allowed), "hotline") !== null)?.name;
  expect(first("work", ["acknowledgeOrder", "arrive", "reply"])).toBe("acknowledge");
  expect(first("police", ["arrive", "reply"])).toBe("officersArrive");
  expect(first("work", ["arrive", "reply"])).toBe("reply");
  expect(first("work", [])).toBeUndefined();
});

test("a view is read without believing its shape", () => {
  expect(parseSeen({})).toBeNull();
  const seen = parseSeen({
    requestNo: "1",
    status: "handling",
    verdict: null,
    orders: [null],
    linkages: "x",
    missing: [1, "field"],
  });
  expect(seen).toMatchObject({ no: "1", item: null, linkages: [], missing: ["field"], initialResponse: false });
});
