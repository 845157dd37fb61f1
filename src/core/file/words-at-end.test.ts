import { expect, test } from "vitest";
import type { UnitCode } from "../../kernel/index.ts";
import { COUNTY, desk, linkage, settle, threeDesks } from "./three-desks.test-data.ts";
import { HOTLINE, LAMP_VERDICT, POLICE, registration, sealed, tell } from "./two-desks.test-data.ts";

test("why a danger is ended while officers are out is read at every desk of the matter, and rings none of them anew (nmg:2.2.1, REQ-14)", () => {
  const ring = threeDesks();
  const first = (): number => 0;
  const [hotline, police, county] = [desk(ring, HOTLINE), desk(ring, POLICE), desk(ring, COUNTY)];
  tell(police, registration({ verdict: { ...LAMP_VERDICT, side: "police" } }));
  tell(police, { type: "notify", to: HOTLINE, text: sealed("notice.1") });
  tell(police, { type: "handOver", to: COUNTY });
  settle(ring, first, 50);
  expect(tell(county, { type: "acceptOffer", linkageId: linkage(county, "clear", POLICE) })).toBe("ok");
  settle(ring, first, 50);
  tell(hotline, { type: "danger", machineSuspected: false, sealed: [], to: POLICE });
  settle(ring, first, 50);
  const linkageId = linkage(police, "urgent", HOTLINE);
  tell(police, { type: "shown", linkageId });
  expect(
    tell(police, { type: "dispatch", kind: "police", unit: "p-1" as UnitCode, role: "lead", instruction: null }),
  ).toBe("ok");
  settle(ring, first, 50);
  const pushes = county.file.linkages.filter((l) => l.kind === "urgent").length;
  const ordersOpen = sealed("note.ordersOpen.1");
  expect(tell(police, { type: "endDanger", linkageId, outcome: "handled", result: null, ordersOpen })).toBe("ok");
  settle(ring, first, 50);
  expect([hotline, county].map(({ file }) => file.case?.sealed["note.ordersOpen.1"])).toEqual([ordersOpen, ordersOpen]);
  expect(county.file.linkages.filter((l) => l.kind === "urgent")).toHaveLength(pushes);
});
