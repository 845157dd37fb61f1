import { describe, expect, test } from "vitest";
import { explainResponsibility, isResponsible } from "../../responsibility/index.ts";
import { A, B, C, fileOf } from "./desks.ts";
import { CONCLUDE, I, J, REOPEN, Scene, offer, push } from "./scene.ts";

function accepted(): Scene {
  return new Scene([A, B, C]).does(A, null, offer(I, B)).settle().does(B, I, { type: "accept" }).settle();
}

describe("responsibility from grants alone (3, nmg:2.2.2)", () => {
  test("registration makes the first grant and an accepted linkage carries it on (3)", () => {
    const scene = accepted();
    const atA = explainResponsibility(fileOf(scene.desks, A), "ordinary");
    expect(atA).toEqual({
      part: "ordinary",
      responsible: false,
      grants: [{ grant: "registration", live: true, state: null, releasedBy: I, releasedIn: "accepted" }],
      holderHint: { holder: "peer", node: B },
    });
    const atB = explainResponsibility(fileOf(scene.desks, B), "ordinary");
    expect(atB.grants).toEqual([{ grant: I, live: true, state: "accepted", releasedBy: null, releasedIn: null }]);
    expect(atB.holderHint).toEqual({ holder: "self" });
  });

  test("a middle desk holds no unreleased grant while the desk below has it (3)", () => {
    const scene = accepted().does(B, null, offer(J, C)).settle().does(C, J, { type: "accept" }).settle();
    expect(explainResponsibility(fileOf(scene.desks, B), "ordinary").holderHint).toEqual({ holder: "peer", node: C });
  });

  test("a closed case that S asks back is S's again before the case itself is reopened (3 reopening)", () => {
    const scene = accepted().does(B, I, CONCLUDE).settle().does(B, I, { type: "close", rating: null }).settle();
    expect(explainResponsibility(fileOf(scene.desks, A), "ordinary").holderHint).toEqual({ holder: "ended" });
    scene.does(A, I, REOPEN);
    expect(isResponsible({ ...fileOf(scene.desks, A), registrationGrant: "closed" }, "ordinary")).toBe(true);
  });

  test("the danger part is a grant of its own and leaves the ordinary part where it is (6)", () => {
    const scene = accepted().does(A, null, push(J, B)).settle().does(B, J, { type: "shown" }).settle();
    const danger = explainResponsibility(fileOf(scene.desks, A), "danger");
    expect(danger).toMatchObject({ responsible: false, holderHint: { holder: "peer", node: B } });
    expect(isResponsible(fileOf(scene.desks, B), "danger")).toBe(true);
    expect(isResponsible(fileOf(scene.desks, C), "danger")).toBe(false);
  });
});
