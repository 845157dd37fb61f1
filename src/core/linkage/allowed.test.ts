import { array, assert, constantFrom, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { allowedLinkageCommands, offerRefusal } from "./index.ts";
import { A, B, C, desksOf, fileOf, play } from "./play/desks.ts";
import { ABSORBING, movesOf } from "./play/move.ts";
import type { Bounds } from "./play/move.ts";
import { I, J, Scene, offer, push } from "./play/scene.ts";
import { walk } from "./play/walk.ts";

const BOUNDS: Bounds = {
  offers: 4,
  pushes: 1,
  additions: 9,
  conclusions: 9,
  queue: 9,
  policy: "follow",
  absorb: true,
  rulings: true,
  progress: true,
  tellings: 2,
};

/** What only the command, the clock or the other case can tell: a shown button may still be refused with these. */
const UNKNOWABLE = [
  "PASS_BACK_STEPWISE",
  "NO_INITIAL_RESPONSE",
  "RETURN_LAPSED",
  "RETURN_INCOMPLETE",
  "NOT_PRIMARY",
  "RULING",
];

describe("the commands a screen shows (table 5, 6)", () => {
  test("are those the tables take: what is shown is taken, what is hidden is refused (5.1, 5.2, 6)", () => {
    const choices = array(nat(10_000_000), { minLength: 1, maxLength: 60, size: "max" });
    assert(
      property(choices, constantFrom("follow", "handOff"), (numbers, policy) => {
        const { desks } = walk(desksOf([A, B, C], A), numbers, { ...BOUNDS, absorb: false, policy });
        const wrong = movesOf(desks, { ...BOUNDS, policy }).filter((move) => {
          if (move.do !== "command" || move.on === null) return false;
          const shown = allowedLinkageCommands(fileOf(desks, move.desk), move.on).includes(move.command.type);
          const played = play(desks, move, ABSORBING);
          if (played.ok) return !shown && played.value.decisions.length > 0;
          // A ruling to the desk that is bound already is the one ruling that is not in the table.
          return shown && move.command.type !== "ruling" && !UNKNOWABLE.includes(played.error.code);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("push is always shown, on the request and on every linkage, also when the case is closed (P3)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).does(A, null, push(J, B)).settle();
    for (const desk of [A, B]) {
      const file = { ...fileOf(scene.desks, desk), registrationGrant: "closed" } as const;
      for (const on of [null, I, J]) expect(allowedLinkageCommands(file, on)).toContain("push");
    }
  });

  test("offer is shown to the holder only, on the request and on the linkage it came by (5.1)", () => {
    const scene = new Scene().does(A, null, offer(I, B)).settle();
    expect(allowedLinkageCommands(fileOf(scene.desks, A), null)).toEqual(["push", "notify", "askSupport", "askJoint"]);
    expect(offerRefusal(fileOf(scene.desks, A))).toBe("OFFER_OPEN");
    scene.does(B, I, { type: "accept" });
    expect(offerRefusal(fileOf(scene.desks, B))).toBe("NOT_CONFIRMED");
    scene.settle();
    expect(offerRefusal(fileOf(scene.desks, A))).toBe("NOT_HOLDER");
    expect(allowedLinkageCommands(fileOf(scene.desks, B), I)).toContain("offer");
  });
});
