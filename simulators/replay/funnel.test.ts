import { expect, test } from "vitest";
import { findingsOf, isOpen } from "./audit.ts";
import type { Both } from "./audit.ts";
import { funnelOf, spreadOf, stagesOf } from "./funnel.ts";
import { aLinkage, anOrder, aSeen } from "./seen.test-data.ts";

const at = (seconds: number): string => new Date(Date.parse("2026-01-01T00:00:00Z") + seconds * 1000).toISOString();

function both(hotline: Both["hotline"], police: Both["police"] = null): Both {
  return { no: "1", hotline, police };
}

const handedOver = both(
  aSeen({ status: "handedOver", responsible: false, linkages: [aLinkage({ state: "accepted", acceptedAt: at(20) })] }),
  aSeen({
    status: "handling",
    origin: "linkage",
    linkages: [aLinkage({ role: "R", state: "accepted" })],
    orders: [anOrder()],
  }),
);

test("a request known to neither desk is lost", () => {
  expect(findingsOf(both(null))).toEqual(["unknown"]);
});

test("an open request for which no desk says responsible is ownerless", () => {
  const nobody = aSeen({ status: "handedOver", responsible: false });
  expect(findingsOf(both(nobody))).toContain("ownerless");
  expect(findingsOf(handedOver)).toEqual([]);
});

test("a copy that was only pushed does not keep a closed request open", () => {
  const pushed = aSeen({
    status: "offered",
    responsible: false,
    linkages: [aLinkage({ kind: "urgent", role: "R", state: "ended" })],
  });
  const closed = both(aSeen({ status: "closed", responsible: false }), pushed);
  expect([isOpen(closed), findingsOf(closed)]).toEqual([false, []]);
});

test("danger is held by the sender until delivery and by the receiver until it has ended", () => {
  const sender = (state: string) =>
    aSeen({ dangerOpen: true, allowed: ["judge"], linkages: [aLinkage({ kind: "urgent", state })] });
  expect(findingsOf(both(sender("pushed")))).toEqual([]);
  expect(findingsOf(both(sender("delivered")))).toEqual(["dangerOwnerless"]);
  const receiver = aSeen({
    responsible: false,
    dangerOpen: true,
    linkages: [aLinkage({ kind: "urgent", role: "R", state: "active" })],
  });
  expect(findingsOf(both(sender("delivered"), receiver))).toEqual([]);
});

test("a request is stuck when nobody may bring it on; more words and danger do not count", () => {
  expect(findingsOf(both(aSeen({ allowed: ["amend", "danger"] })))).toEqual(["stuck"]);
  expect(findingsOf(both(aSeen({ allowed: ["close"] })))).toEqual([]);
  expect(findingsOf(both(aSeen({ orders: [anOrder()] })))).toEqual([]);
  expect(findingsOf(both(aSeen({ orders: [anOrder({ status: "replied" })] })))).toEqual(["stuck"]);
});

test("the funnel counts each request once however many orders and hand-overs it has", () => {
  const danger = both(
    aSeen({
      status: "closed",
      responsible: false,
      orders: [anOrder({ status: "replied" }), anOrder({ status: "replied" })],
      linkages: [aLinkage({ kind: "urgent", state: "ended", deliveredAt: at(11) })],
    }),
    aSeen({
      status: "offered",
      responsible: false,
      linkages: [aLinkage({ kind: "urgent", role: "R", state: "ended", signedAt: at(12) })],
    }),
  );
  const guided = both(
    null,
    aSeen({ status: "closed", responsible: false, item: "N00-01", conclusion: { resolution: "guided", at: at(9) } }),
  );
  const funnel = funnelOf([
    { ...handedOver, desk: "hotline" },
    { ...danger, desk: "hotline" },
    { ...guided, desk: "police" },
    { ...both(null), desk: "police" },
  ]);
  expect(funnel).toMatchObject({ registered: 3, registeredAtHotline: 2, registeredAtPolice: 1, judged: 1, guided: 1 });
  expect(funnel).toMatchObject({ handedOver: 1, handedOverClear: 1, handOverAccepted: 1, handOverWithdrawn: 0 });
  expect(funnel).toMatchObject({ dangerPushed: 1, dangerDelivered: 1, dangerSigned: 1, dangerEnded: 1 });
  expect(funnel).toMatchObject({ dispatched: 2, replied: 1, concluded: 1, closed: 2, open: 1 });
});

test("stages are seconds between the desks' own moments", () => {
  const stages = stagesOf([handedOver]);
  expect(stages["offered → accepted"]).toEqual({ count: 1, p50: 10, p95: 10 });
  expect(stages["registered → dispatched"]).toEqual({ count: 1, p50: 5, p95: 5 });
  expect(stages["registered → closed"]).toBeUndefined();
});

test("percentiles are of the nearest rank", () => {
  expect(spreadOf(Array.from({ length: 100 }, (_, i) => i + 1))).toEqual({ count: 100, p50: 50, p95: 95 });
  expect(spreadOf([3])).toEqual({ count: 1, p50: 3, p95: 3 });
  expect(spreadOf([])).toEqual({ count: 0, p50: 0, p95: 0 });
});
