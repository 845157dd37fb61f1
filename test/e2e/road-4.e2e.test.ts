import { beforeAll, expect, test } from "vitest";
import type { PairFacts } from "../setup/pair.ts";
import { logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { sharedTestPair } from "../setup/shared-pair.ts";
import { inState, linkageIn, orderIn, seenBy, THEFT } from "./matters.ts";

const OFFICERS = "x150100-policeCommand";

let pair: PairFacts;
let agent: Seat;
let dispatcher110: Seat;
let patrol: Seat;

beforeAll(async () => {
  pair = await sharedTestPair();
  agent = await logIn(pair.account("hotline", "agent1"));
  dispatcher110 = await logIn(pair.account("police", "dispatcher"));
  patrol = await logIn(pair.account("police", "patrol"));
});

test("12345 hands a police matter to 110; officers go, arrive, feed back, and 12345 sees each step (nmg:2.2.1)", async () => {
  const heard = await agent.stream();
  const { requestNo } = await agent.register(THEFT);
  await agent.give("handOver", requestNo);
  const offer = await seenBy(dispatcher110, requestNo, "the offer", inState("clear", "offered"));
  await dispatcher110.give("acceptOffer", linkageIn(offer, "clear").id);
  await seenBy(dispatcher110, requestNo, "the confirmation", inState("clear", "accepted"));
  await seenBy(agent, requestNo, "the acceptance", (v) => v.status === "handedOver" && v.holder === "police-150100");

  const { view } = await dispatcher110.give("dispatch", requestNo, { kind: "police", unit: OFFICERS });
  const order = orderIn(view, "police").id;
  await patrol.give("acknowledgeOrder", order);
  await patrol.give("arrive", order);
  await patrol.give("reply", order, { resolution: "policeCaseOpened", reply: "已调取监控并受案" });
  await seenBy(agent, requestNo, "the feedback", (v) =>
    Object.values(v.fields).some((f) => f.value === "已调取监控并受案"),
  );
  const rows = await agent.timeline(requestNo);
  const steps = rows.filter((r) => r.type === "message.progress");
  expect(steps.length).toBeGreaterThanOrEqual(4);
  // What the officers said is found by the step it came with, so that a screen can show both together.
  const said = rows.find(({ texts }) => texts.some(({ view }) => view.value === "已调取监控并受案"));
  expect(steps.map(({ cause }) => cause)).toContain(said?.cause);
  await heard.next("a step is heard live", (f) => f.requestNo === requestNo && f.type === "message.progress");

  await dispatcher110.give("judge", requestNo, { item: "B01-02" });
  await dispatcher110.give("conclude", requestNo, { resolution: "policeCaseOpened", result: "已受案侦办" });
  const told = await seenBy(agent, requestNo, "the result", (v) => v.conclusion?.by === "peer");
  expect(told.conclusion).toMatchObject({ resolution: "policeCaseOpened", result: { value: "已受案侦办" } });
  await seenBy(dispatcher110, requestNo, "the receipt of the conclusion", inState("clear", "toCallBack"));
  await dispatcher110.give("callBack", requestNo, { outcome: "reached", satisfaction: 5, solved: true });
  await dispatcher110.give("close", requestNo);
  await seenBy(agent, requestNo, "the end", (v) => v.status === "closed" && v.rating?.satisfaction === 5);
  heard.close();
});

test("the stages officers report stand in the timeline of 12345 in words (nmg:2.3.1)", async () => {
  const { requestNo } = await agent.register(THEFT);
  await agent.give("handOver", requestNo);
  const offer = await seenBy(dispatcher110, requestNo, "the offer", inState("clear", "offered"));
  await dispatcher110.give("acceptOffer", linkageIn(offer, "clear").id);
  const { view } = await dispatcher110.give("dispatch", requestNo, { kind: "police", unit: OFFICERS });
  await patrol.give("arrive", orderIn(view, "police").id);
  await seenBy(agent, requestNo, "the acceptance", inState("clear", "accepted"));
  const stages = async (): Promise<readonly unknown[]> =>
    (await agent.timeline(requestNo)).filter((r) => r.type === "message.progress").map((r) => r.details["stage"]);
  await expect.poll(stages, { timeout: 10_000 }).toEqual(["policeDispatched", "arrived"]);
});

test("a desk that does not hold the ordinary part cannot dispatch for it (nmg:2.2.1)", async () => {
  const { requestNo } = await agent.register(THEFT);
  await agent.give("handOver", requestNo);
  await seenBy(dispatcher110, requestNo, "the offer", inState("clear", "offered"));
  await expect(dispatcher110.give("dispatch", requestNo, { kind: "police", unit: OFFICERS })).rejects.toMatchObject({
    problem: { code: "CASE_NOT_HOLDER" },
  });
});
