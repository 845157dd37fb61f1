import { describe, expect, test } from "vitest";
import { plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import {
  DEFAULT_LINKAGE_POLICY as POLICY,
  LINKAGE_TABLES,
  RESTING,
  STANDING,
  STANDING_STATES,
  standingOf,
} from "./index.ts";
import type { Linkage, LinkagePart, LinkageRole, LinkageState, Standing } from "./index.ts";
import { A, B, play, QUIET } from "./play/desks.ts";
import { ADD, CONCLUDE, I, NEGOTIATE, REOPEN, RETURN, Scene, askSupport, notify, offer, push } from "./play/scene.ts";
import type { StandingRow } from "./standing-table.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const ACCEPT = { type: "accept" } as const;

/** Whether the other desk's node holds all that was said. */
const SAID = { unsent: false };

/** As one desk sees it after so long; null = it moves. */
function stands(
  scene: Scene,
  desk: typeof A,
  ms: number,
  { unsent } = { unsent: true },
): Pick<Standing, "who" | "act" | "level"> | null {
  const found = standingOf(scene.at(desk, I), POLICY, plusMs(scene.desks.at, ms), unsent);
  return found === null ? null : { who: found.who, act: found.act, level: found.level };
}

const offered = () => new Scene().does(A, null, offer(I, B));
const heard = () => offered().settle().receipt(A, I, 1);

const PARTS: Readonly<Record<string, LinkagePart>> = {
  urgent: "danger",
  joint: "partner",
  notice: "none",
  support: "none",
};
const partOf = (kind: string): LinkagePart => PARTS[kind] ?? "ordinary";

/** Every role, part and state that a shipped table has. */
const ALL = Object.entries(LINKAGE_TABLES).flatMap(([kind, rows = []]) =>
  rows.flatMap((row) =>
    [...row.from, row.to].flatMap((state) =>
      state === "-" || state === "same" ? [] : [[partOf(kind), row.role, state] as const],
    ),
  ),
);
const STATES = [...new Map(ALL.map((one) => [one.join(" "), one])).values()];

type Named = { readonly role: LinkageRole; readonly part: LinkagePart; readonly in: readonly LinkageState[] };
const rowsFor = (rows: readonly Named[], part: LinkagePart, role: LinkageRole, state: LinkageState) =>
  rows.filter((row) => row.part === part && row.role === role && row.in.includes(state));

describe("standing still (nmg:2.2.1, nmg:2.3.1)", () => {
  test("the tables are all there: hand-overs and pushes, at both desks (10)", () => {
    expect(STATES.length).toBeGreaterThan(25);
  });

  test.each(STATES)(
    "of the %s part at %s the state %s either waits for somebody or says who watches it (nmg:2.2.1)",
    (part, role, state) => {
      const standing = rowsFor(STANDING, part, role, state);
      const resting = rowsFor(RESTING, part, role, state);
      expect([standing.length > 0, resting.length > 0].filter(Boolean)).toHaveLength(1);
      expect(STANDING_STATES.includes(state)).toBe(standing.length > 0);
    },
  );

  test("whether our last word has left changes who must act and not until when (nmg:2.3.1)", () => {
    const rows: readonly StandingRow[] = STANDING;
    const key = ({ role, part, in: states, since, after }: StandingRow) =>
      JSON.stringify([role, part, states, since, after]);
    const of = (when: string) => rows.filter((row) => row.when === when).map(key);
    expect(of("said").length).toBeGreaterThan(3);
    expect(of("said")).toEqual(of("unsaid"));
  });

  test("no row speaks of a state that no table has (10)", () => {
    const named = [...STANDING, ...RESTING].flatMap((row) =>
      row.in.map((state) => [row.part, row.role, state].join(" ")),
    );
    expect(named.filter((one) => !STATES.some((state) => state.join(" ") === one))).toEqual([]);
  });

  test("an offer that the other desk does not hold after 5 minutes is the operator's, from when it was made (9 deliveryReceipt)", () => {
    const scene = offered();
    expect(stands(scene, A, 5 * MINUTE - 1)).toBeNull();
    expect(standingOf(scene.at(A, I), POLICY, plusMs(scene.desks.at, 5 * MINUTE), true)).toEqual({
      since: scene.at(A, I).openedAt,
      dueAt: plusMs(scene.at(A, I).openedAt, 5 * MINUTE),
      who: "operator",
      act: "mendLink",
      level: 1,
      source: "nmg:2.3.1",
    });
  });

  test("the link heals: it stands no longer, and the other desk has its half hour from then (9 answer)", () => {
    const scene = offered()
      .waits(5 * MINUTE)
      .fires(A, I, "deliveryReceipt");
    expect(stands(scene, A, 0)).toEqual({ who: "operator", act: "mendLink", level: 1 });
    scene.waits(MINUTE).settle().receipt(A, I, 1);
    expect(stands(scene, A, 30 * MINUTE - 1)).toBeNull();
    expect(stands(scene, A, 30 * MINUTE)).toEqual({ who: "otherDesk", act: "answer", level: 1 });
    expect(stands(scene, B, 30 * MINUTE)).toEqual({ who: "thisDesk", act: "answer", level: 1 });
  });

  test("a notice or a plea that came late is not the other desk's fault: as with an offer its time runs from when it is there (nmg:2.2.3, yn:3.3)", () => {
    const late = (said: Parameters<Scene["does"]>[2]) =>
      new Scene()
        .does(A, null, said)
        .waits(40 * MINUTE)
        .settle()
        .receipt(A, I, 1);
    for (const [said, act, minutes] of [
      [offer(I, B), "answer", 30],
      [notify(I, B), "read", 30],
      [askSupport(I, B), "help", 5],
    ] as const) {
      const scene = late(said);
      for (const desk of [A, B]) expect([act, stands(scene, desk, minutes * MINUTE - 1)]).toEqual([act, null]);
      expect(stands(scene, A, minutes * MINUTE)).toEqual({ who: "otherDesk", act, level: 1 });
      expect(stands(scene, B, minutes * MINUTE)).toEqual({ who: "thisDesk", act, level: 1 });
    }
  });

  test("what stands keeps the dates it was given when another version comes; what begins to stand then has that one's (nmg:2.2.5, REQ-20)", () => {
    const shorter = { ...POLICY, answer: 10 * MINUTE, decideReturned: 10 * MINUTE };
    const dueBy = (scene: Scene, desk: typeof A) =>
      standingOf(scene.at(desk, I), shorter, plusMs(scene.desks.at, 30 * MINUTE), true)?.dueAt;
    const scene = heard();
    const came = scene.desks.at;
    for (const desk of [A, B]) {
      expect(standingOf(scene.at(desk, I), shorter, plusMs(came, 20 * MINUTE), true)).toBeNull();
      expect(dueBy(scene, desk)).toBe(plusMs(came, 30 * MINUTE));
    }
    expect(scene.at(B, I).returnUntil).toBe(dueBy(scene, B));
    const at = plusMs(came, MINUTE);
    const step = { do: "command", desk: B, on: I, command: RETURN } as const;
    const played = play({ ...scene.desks, at }, step, { ...QUIET, policy: shorter });
    const [returned] = played.ok ? played.value.decisions : [];
    expect(returned?.linkage.stands).toEqual({ decideReturned: { since: at, dueAt: plusMs(at, 10 * MINUTE) } });
    expect(returned?.event.facts.stands).toEqual(returned?.linkage.stands);
  });

  test("what came back waits for the desk that handed it over (nmg:2.2.1, 9 decideReturned)", () => {
    const scene = heard().waits(MINUTE).does(B, I, RETURN).settle();
    expect(stands(scene, A, 30 * MINUTE - 1)).toBeNull();
    expect(stands(scene, A, 30 * MINUTE)).toEqual({ who: "thisDesk", act: "decideReturned", level: 1 });
    expect(stands(scene, B, 30 * MINUTE)).toEqual({ who: "otherDesk", act: "decideReturned", level: 1 });
  });

  test("a dispute is the arbiter's, at both desks, and louder each time he was called in vain (nmg:2.2.4, 9 arbiter)", () => {
    const scene = heard().does(A, I, NEGOTIATE).settle().receipt(A, I, 2);
    for (const desk of [A, B])
      expect(stands(scene, desk, 30 * MINUTE)).toEqual({ who: "arbiter", act: "rule", level: 1 });
    scene
      .waits(30 * MINUTE)
      .fires(A, I, "negotiation")
      .settle();
    expect([stands(scene, A, 89 * MINUTE), stands(scene, B, 89 * MINUTE)]).toEqual([null, null]);
    scene
      .waits(90 * MINUTE)
      .fires(A, I, "arbiter")
      .waits(30 * MINUTE)
      .fires(A, I, "arbiter");
    expect(stands(scene, A, 0)).toEqual({ who: "arbiter", act: "rule", level: 2 });
    expect(stands(scene, B, 0)).toEqual({ who: "arbiter", act: "rule", level: 1 });
  });

  test("an acceptance without its confirmation is the link's until it is held there, then the other desk's (9 confirm)", () => {
    const scene = heard().does(B, I, ACCEPT);
    expect(stands(scene, B, MINUTE - 1)).toBeNull();
    expect(stands(scene, B, MINUTE)).toEqual({ who: "operator", act: "mendLink", level: 1 });
    expect(stands(scene, B, MINUTE, SAID)).toEqual({ who: "otherDesk", act: "confirm", level: 1 });
    scene.settle();
    expect([stands(scene, A, 999 * MINUTE), stands(scene, B, 999 * MINUTE)]).toEqual([null, null]);
  });

  test("a conclusion that is not answered waits for the sender, and so does a reopening for the receiver (9 answerOwed)", () => {
    const scene = heard().does(B, I, ACCEPT).settle().does(B, I, CONCLUDE);
    expect(stands(scene, B, 5 * MINUTE - 1)).toBeNull();
    expect(stands(scene, B, 5 * MINUTE, SAID)).toEqual({ who: "otherDesk", act: "holdConclusion", level: 1 });
    scene
      .settle()
      .waits(60 * MINUTE)
      .does(A, I, REOPEN);
    expect(stands(scene, A, 5 * MINUTE - 1)).toBeNull();
    expect(stands(scene, A, 5 * MINUTE)).toEqual({ who: "operator", act: "mendLink", level: 1 });
    expect(stands(scene, A, 5 * MINUTE, SAID)).toEqual({ who: "otherDesk", act: "reopen", level: 1 });
  });

  test("a push that is not heard is dialled, one that nobody looks at or signs is the police seat's (nmg:a3, 9 urgent)", () => {
    const scene = new Scene().does(A, null, push(I, B));
    expect(stands(scene, A, 2 * SECOND)).toEqual({ who: "thisDesk", act: "dial", level: 1 });
    scene.receipt(A, I, 1).settle();
    expect(stands(scene, A, 59 * SECOND)).toBeNull();
    expect(stands(scene, A, 60 * SECOND)).toEqual({ who: "otherDesk", act: "look", level: 1 });
    expect(stands(scene, B, 4 * SECOND)).toEqual({ who: "thisDesk", act: "look", level: 1 });
    scene.does(B, I, { type: "shown" }).settle();
    expect(stands(scene, B, 29 * SECOND)).toBeNull();
    expect(stands(scene, B, 30 * SECOND)).toEqual({ who: "thisDesk", act: "sign", level: 1 });
    expect(stands(scene, A, 60 * SECOND)).toEqual({ who: "otherDesk", act: "sign", level: 1 });
    scene.does(B, I, { type: "sign", onScreen: true }).settle();
    expect([stands(scene, A, 99 * MINUTE), stands(scene, B, 99 * MINUTE)]).toEqual([null, null]);
  });

  test("what is added to a dispute or a push does not make it younger (nmg:2.2.1)", () => {
    const scene = heard()
      .waits(20 * MINUTE)
      .does(A, I, ADD)
      .settle();
    expect(stands(scene, A, 10 * MINUTE)).toEqual({ who: "otherDesk", act: "answer", level: 1 });
  });

  test("a copy from before it was kept when it came into its state stands since what it knows (nmg:2.3.1)", () => {
    const scene = heard().waits(MINUTE).does(B, I, RETURN).settle();
    const { movedAt, ...old }: Linkage = scene.at(A, I);
    expect(movedAt).toBe(scene.at(A, I).returnedAt);
    const found = standingOf(old, POLICY, plusMs(scene.desks.at, 30 * MINUTE), true);
    expect(found?.since).toBe(old.returnedAt);
    const bare = { ...old, returnedAt: null, changedAt: scene.desks.at as Instant };
    expect(standingOf(bare, POLICY, plusMs(scene.desks.at, 30 * MINUTE), true)?.since).toBe(scene.desks.at);
  });
});
