import { beforeAll, expect, test } from "vitest";
import type { PairFacts } from "../setup/pair.ts";
import { logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { sharedTestPair } from "../setup/shared-pair.ts";
import { inState, linkageIn, seenBy, THEFT } from "./matters.ts";

const DECISION = "双方会商：由110办理";

let pair: PairFacts;
let agent: Seat;
let lead: Seat;
let dispatcher110: Seat;

beforeAll(async () => {
  pair = await sharedTestPair();
  agent = await logIn(pair.account("hotline", "agent1"));
  lead = await logIn(pair.account("hotline", "supervisor"));
  dispatcher110 = await logIn(pair.account("police", "dispatcher"));
});

/** 12345 hands over, 110 gives it back, both talk: nobody agrees. */
async function disputed(): Promise<{ readonly no: string; readonly id: string }> {
  const { requestNo: no } = await agent.register(THEFT);
  await agent.give("handOver", no);
  const offer = await seenBy(dispatcher110, no, "the offer", inState("clear", "offered"));
  const { id } = linkageIn(offer, "clear");
  await dispatcher110.give("return", id, { reason: "ownerUnclear", basis: "权属不清", proposedOwner: "12345" });
  await seenBy(agent, no, "the return", inState("clear", "returned"));
  await agent.give("negotiate", id, { note: "应由110办理" });
  await seenBy(dispatcher110, no, "the negotiation", inState("clear", "negotiating"));
  return { no, id };
}

test("unclear: the first receiver keeps it, a ruling binds the other desk, which takes it up and ends it (nmg:2.2.1, nmg:2.2.4)", async () => {
  const { no, id } = await disputed();
  const { view } = await lead.give("hold", id);
  expect([view.responsible, linkageIn(view, "clear").state]).toEqual([true, "held"]);
  await expect(
    agent.give("rule", id, { to: "police-150100", ground: "consultation", decision: DECISION }),
  ).rejects.toMatchObject({
    problem: { code: "FORBIDDEN" },
  });
  await lead.give("rule", id, { to: "police-150100", ground: "consultation", decision: DECISION });
  const bound = await seenBy(
    dispatcher110,
    no,
    "the ruling",
    (v) => v.responsible && linkageIn(v, "clear").state === "accepted",
  );
  expect(linkageIn(bound, "clear")).toMatchObject({ state: "accepted", ruling: { basis: "consultation" } });
  expect(Object.values(bound.fields).map(({ value }) => value)).toContain(DECISION);
  const over = await seenBy(agent, no, "the acceptance", (v) => v.status === "handedOver");
  expect([over.responsible, over.holder]).toEqual([false, "police-150100"]);
  await dispatcher110.give("conclude", no, { resolution: "policeCaseOpened", result: "已受案" });
  await seenBy(agent, no, "the result", (v) => v.conclusion?.by === "peer");
});

test("nobody makes himself the judge: without an agreement there is no duty arbiter (nmg:2.2.4)", async () => {
  const { id } = await disputed();
  await expect(
    lead.give("rule", id, { to: "hotline-150100", ground: "arbiter", decision: DECISION }),
  ).rejects.toMatchObject({
    problem: { code: "NO_ARBITER" },
  });
});
