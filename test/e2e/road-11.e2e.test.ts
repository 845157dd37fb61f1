import { beforeAll, expect, test } from "vitest";
import type { PairFacts } from "../setup/pair.ts";
import { eventually, logIn, Refused } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import { sharedTestPair } from "../setup/shared-pair.ts";
import { inState, linkageIn, seenBy, THEFT } from "./matters.ts";

const ASKED = "请社区和司法所当面调解";

let pair: PairFacts;
let agent: Seat;
let dispatcher: Seat;
let taker110: Seat;
let dispatcher110: Seat;

beforeAll(async () => {
  pair = await sharedTestPair();
  agent = await logIn(pair.account("hotline", "agent1"));
  dispatcher = await logIn(pair.account("hotline", "dispatcher"));
  taker110 = await logIn(pair.account("police", "taker1"));
  dispatcher110 = await logIn(pair.account("police", "dispatcher"));
});

/** The mark of a kind that a request bears at a desk, once it stands there. */
function marked(seat: Seat, no: string, kind: string): Promise<boolean> {
  return eventually(`${kind} at ${seat.account.node}`, async () =>
    (await seat.alarms()).some((a) => a.kind === kind && a.requestNo === no) ? true : null,
  );
}

test("a dispute that may turn criminal: officers at once, mediation through 12345 beside them, two results, one closing (nmg:2.2.2, REQ-23, REQ-24)", async () => {
  const { requestNo: no } = await taker110.register(THEFT);
  await taker110.give("accept", no);
  const sent = await dispatcher110.give("dispatch", no, { kind: "police", unit: "x150100-policeCommand" });
  const officers = sent.view.orders[0]?.id ?? "";
  // A node that has just started has to hear first what the other one reads.
  const asked = await eventually("110 has heard what 12345 reads", () =>
    dispatcher110.give("askJoint", no, { what: ASKED }).catch((refused: unknown) => {
      if (refused instanceof Refused && refused.problem.code === "PEER_NOT_HEARD") return null;
      throw refused;
    }),
  );
  expect([asked.view.responsible, linkageIn(asked.view, "joint").state]).toEqual([true, "pushed"]);

  // Both are open: 12345 has a part of its own, with everything that was said, before any officer has answered.
  const there = await seenBy(agent, no, "the part", inState("joint", "active"));
  const { id, words, pushNo, regime } = linkageIn(there, "joint");
  expect([there.status, there.responsible, words?.["what"]?.value]).toEqual(["accepted", false, ASKED]);
  expect([there.fields["text"]?.value, regime]).toEqual([THEFT.fields.text, "hotlineMemberRules"]);
  await marked(agent, no, "jointAsked");
  expect((await agent.queue("mine")).map(({ requestNo }) => requestNo)).toContain(no);
  await agent.setDuty(true);
  await agent.give("sign", id, { pushNo });
  await seenBy(dispatcher110, no, "that it is taken over", inState("joint", "delivered"));

  for (const [role, unit] of [
    ["lead", "x150100-municipalWorks"],
    ["assisting", "x150103-governmentDutyDesk"],
  ] as const)
    await dispatcher.give("dispatch", no, { kind: "work", unit, role, instruction: "请到场调解" });
  await expect(dispatcher.give("endJoint", id, { outcome: "settled", result: "已和解" })).rejects.toMatchObject({
    problem: { code: "ORDERS_OPEN" },
  });

  // 110 ends its own part first; the matter stays open until the other one has ended too.
  await dispatcher110.give("acknowledgeOrder", officers);
  await dispatcher110.give("reply", officers, { resolution: "handled", reply: "已劝离双方" });
  await dispatcher110.give("conclude", no, { resolution: "handled", result: "现场平息" });
  await dispatcher110.give("callBack", no, { outcome: "reached", satisfaction: 4, solved: true });
  await expect(dispatcher110.give("close", no)).rejects.toMatchObject({ problem: { code: "JOINT_OPEN" } });

  for (const order of (await dispatcher.request(no)).orders)
    await dispatcher.give("reply", order.id, { resolution: "mediated", reply: "双方签了和解书" });
  await dispatcher.give("endJoint", id, { outcome: "settled", result: "双方当面和解，各自承担费用" });
  const ended = await seenBy(dispatcher110, no, "the end", inState("joint", "ended"));
  expect(linkageIn(ended, "joint").outcome).toMatchObject({
    as: "settled",
    result: { value: "双方当面和解，各自承担费用" },
  });
  await marked(dispatcher110, no, "jointMoved");
  await seenBy(dispatcher, no, "12345's copy ends", (v) => v.status === "closed" && v.closedAs === "jointEnded");
  const { view } = await dispatcher110.give("close", no);
  expect([view.status, view.conclusion?.result?.value]).toEqual(["closed", "现场平息"]);
});
