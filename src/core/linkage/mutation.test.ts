import { describe, expect, test } from "vitest";
import { LINKAGE_TABLES, rulesOf } from "./index.ts";
import type { LinkageKind, LinkageRules, Row } from "./index.ts";
import { A, B, C, desksOf } from "./play/desks.ts";
import type { DeskStep } from "./play/desks.ts";
import type { Bounds } from "./play/move.ts";
import { chain } from "./play/scene.ts";
import { search } from "./play/search.ts";
import { walk } from "./play/walk.ts";

const BOUNDS: Bounds = {
  offers: 2,
  pushes: 0,
  additions: 1,
  conclusions: 1,
  queue: 2,
  policy: "handOff",
  absorb: false,
  rulings: false,
  progress: false,
};

/** The shipped tables with some rows altered; null drops a row. */
function altered(change: (row: Row) => Row | null): LinkageRules {
  const of = (kind: LinkageKind): readonly Row[] =>
    (LINKAGE_TABLES[kind] ?? []).flatMap((row) => {
      const now = change(row);
      return now === null ? [] : [now];
    });
  return rulesOf({
    clear: of("clear"),
    afterInitialResponse: of("afterInitialResponse"),
    urgent: of("urgent"),
    joint: of("joint"),
    notice: of("notice"),
    support: of("support"),
  });
}

function without(id: string): LinkageRules {
  return altered((row) => (row.id === id ? null : row));
}

function changed(id: string, more: Partial<Row>): LinkageRules {
  return altered((row) => (row.id === id ? { ...row, ...more } : row));
}

function unguarded(...guards: readonly string[]): LinkageRules {
  return altered((row) => ({ ...row, guards: (row.guards ?? []).filter((g) => !guards.includes(g)) }));
}

/** The part of linkage.md that each planted mistake breaks, and what the checker must then say. */
const MUTATIONS: readonly (readonly [string, RegExp, LinkageRules, Partial<Bounds>])[] = [
  ["S lets go when it sends the offer", /P2/, changed("5.1-offer", { to: "accepted" }), { offers: 1 }],
  [
    "a late acceptance is applied",
    /P1|P2|convergence/,
    changed("5.1-late-accepted", { to: "accepted", sends: ["confirmed"] }),
    { offers: 1 },
  ],
  [
    "R ignores a withdrawal that crosses its acceptance",
    /P2|convergence|P1/,
    changed("5.2-stood-down", { to: "same", noted: "CROSSED" }),
    { offers: 1 },
  ],
  [
    "a conclusion releases R when it is sent",
    /P1|P2/,
    changed("5.2-conclude", { to: "released" }),
    { policy: "follow", offers: 1 },
  ],
  [
    "a conclusion counts though more was added",
    /P1|P2|P4|convergence/,
    changed("5.1-concluded", { when: [] }),
    { offers: 1 },
  ],
  [
    "an addition does not put R back to work",
    /P1|P2|convergence/,
    changed("5.2-addition-revives", { to: "same" }),
    { offers: 1 },
  ],
  ["a second offer while one is open", /P2|convergence/, unguarded("oneOpenOffer"), { additions: 0 }],
  ["negotiation ends responsibility", /P2/, changed("5.1-negotiate", { to: "accepted" }), { offers: 1 }],
  [
    "S closes its reopening without R's answer",
    /convergence|P1|P2/,
    changed("5.1-reopen", { to: "accepted" }),
    { offers: 1, additions: 0 },
  ],
  ["the same desk returns again", /return/, unguarded("returnUnused"), { additions: 0 }],
  [
    "a push counts as delivered before anybody saw it",
    /P2/,
    changed("6-push", { to: "delivered" }),
    { offers: 0, pushes: 1 },
  ],
  [
    "an end report for an older push ends it",
    /P1|P2|convergence/,
    changed("6-told-ended", { when: [] }),
    { offers: 0, pushes: 1 },
  ],
  ["a notice is read and nobody is told", /convergence/, changed("4-read", { sends: [] }), { offers: 0, tellings: 1 }],
  [
    "a grant that crosses the end revives support",
    /convergence/,
    changed("7-late-granted", { to: "granted" }),
    { offers: 0, tellings: 1 },
  ],
  [
    "an end that crosses a refusal is not taken",
    /P1|convergence/,
    changed("7-told-ended-r", { from: ["requested", "granted"] }),
    { offers: 0, tellings: 1 },
  ],
  [
    "a part asked of the other desk counts as taken over before anybody saw it",
    /P2/,
    changed("6-joint-ask", { to: "delivered" }),
    { offers: 0, joints: 1 },
  ],
  [
    "the end of a part counts though more was said of it",
    /P1|P2|convergence/,
    changed("6-joint-told-ended", { when: [] }),
    { offers: 0, joints: 1 },
  ],
  [
    "a part that has ended is not taken up again when it is asked for again",
    /P1|P2|convergence/,
    without("6-joint-asked-again"),
    { offers: 0, joints: 1 },
  ],
  ["an ended push is not revived", /P1|P2|convergence/, without("6-revived"), { offers: 0, pushes: 1 }],
];

describe("planted mistakes are found by the search (10, 11)", () => {
  test.each(MUTATIONS)("found when %s (11)", (_, says, rules, bounds) => {
    expect(search(desksOf([A, B], A), { ...BOUNDS, ...bounds }, 60_000, rules).broken).toMatch(says);
  });
});

test("found when a hand-back that overtakes a reopening forgets the chain above (5.3, 11)", () => {
  const rules = changed("5.3-handed-back-to-us", { pulls: [] });
  const bounds: Bounds = { ...BOUNDS, offers: 3, additions: 0, policy: "follow" };
  expect(search(chain("follow", true).desks, bounds, 60_000, rules).broken).toMatch(/P2/);
});

/** A walk like those of the property test, from numbers that do not depend on any run. */
function brokenWalk(rules: LinkageRules, before: readonly DeskStep[], bounds: Bounds): string | null {
  for (let n = 0; n < 3_000; n++) {
    const choices = Array.from({ length: 60 }, (__, i) => Math.imul(n * 60 + i + 1, 2_654_435_761) >>> 8);
    const { broken } = walk(desksOf([A, B, C], A), choices, bounds, rules, before);
    if (broken !== null) return broken;
  }
  return null;
}

describe("planted mistakes are found by the walks of the property test (10)", () => {
  const wide: Bounds = { ...BOUNDS, offers: 5, conclusions: 5, additions: 2, queue: 5, policy: "follow" };
  test.each([
    ["a desk passes on before its acceptance is confirmed (5.1 NOT_CONFIRMED)", unguarded("confirmedGrant"), []],
    ["reopening does not travel upward (5.3)", changed("5.1-reopened-own", { pulls: [] }), chain("follow", true).steps],
    [
      "a middle desk offers anew over a concluded linkage below (5.1 OFFER_OPEN)",
      unguarded("oneOpenOffer"),
      chain("follow", true).steps,
    ],
    [
      "a middle desk reopens below without holding above (5.1 NOT_HOLDER)",
      unguarded("holdsAbove"),
      chain("follow", true).steps,
    ],
    ["late acceptance is applied (5.5)", changed("5.1-late-accepted", { to: "accepted", sends: ["confirmed"] }), []],
  ] as const)(
    "found when %s",
    (_, rules, before) => {
      expect(brokenWalk(rules, before, wide)).not.toBeNull();
    },
    60_000,
  );

  test("nothing is found in the shipped tables by the same walks (10)", () => {
    const shipped = rulesOf(LINKAGE_TABLES);
    expect(walk(desksOf([A, B, C], A), [4, 8, 15, 16, 23, 42], wide, shipped).broken).toBeNull();
  });
});
