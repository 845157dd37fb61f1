import { expect, test } from "vitest";
import { whyNotHandOver } from "./why-not-hand-over.ts";

const sent = (state: string, allowed: string[] = ["withdraw", "negotiate"]) =>
  ({ kind: "clear", role: "S", peerSide: "police", state, allowed }) as const;
const seen = (status: "accepted" | "offered" | "handedOver" | "closed", ...linkages: ReturnType<typeof sent>[]) => ({
  status,
  responsible: true,
  linkages,
});

test("what was given back, or waits over there, is taken back before it is handed over again (nmg:2.2.1)", () => {
  expect(whyNotHandOver(seen("accepted", sent("returned")))).toMatchObject({ why: "returned", takeBack: true });
  expect(whyNotHandOver(seen("accepted", sent("offered")))).toMatchObject({ why: "waiting", takeBack: true });
});

test("what cannot be taken back is not said to be", () => {
  expect(whyNotHandOver(seen("handedOver", sent("accepted", [])))).toMatchObject({ why: "theirs", takeBack: false });
  expect(whyNotHandOver(seen("offered"))).toMatchObject({ why: "offered", takeBack: false });
  expect(whyNotHandOver(seen("closed"))).toMatchObject({ why: "ended", takeBack: false });
  expect(whyNotHandOver(seen("accepted"))).toMatchObject({ why: "unknown", takeBack: false });
});
