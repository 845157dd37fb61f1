import { describe, expect, test } from "vitest";
import { openRouting, peerRoute } from "../../core/file/index.ts";
import type { PeerDesk } from "../../core/file/index.ts";
import { instantOf } from "../../kernel/index.ts";
import type { NodeCode, RegionCode } from "../../kernel/index.ts";
import { routingSheets } from "./seed.ts";

const AT = instantOf(Date.UTC(2026, 10, 22));
const HOME = "150100" as RegionCode;
const sheets = await routingSheets("catalogue/demo");

const police = (region: string): PeerDesk => ({
  nodeCode: `police-${region}` as NodeCode,
  side: "police",
  regions: [],
  dutyPhone: "110",
});

const routeIn = (peers: readonly PeerDesk[], place: string) =>
  peerRoute({ peers, home: HOME, routing: openRouting(peers, sheets) }, "police", place as RegionCode, AT);

describe("the routing sheets a node is configured with (yn:4.1.1, REQ-21)", () => {
  test("in the pair the city's 110 stands in for its counties, whose desks are not linked", () => {
    expect(routeIn([police("150100")], "150121")).toMatchObject({ kind: "one", peer: { nodeCode: "police-150100" } });
  });

  test("with a third node the county's matters go to the county's own 110, the districts' to the city's", () => {
    const peers = [police("150100"), police("150121")];
    expect(routeIn(peers, "150121101201")).toMatchObject({ kind: "one", peer: { nodeCode: "police-150121" } });
    expect(routeIn(peers, "150102")).toMatchObject({ kind: "one", peer: { nodeCode: "police-150100" } });
  });

  test("another city's desk is named with its number, because no message reaches it", () => {
    expect(routeIn([police("150100")], "150202")).toMatchObject({ kind: "none", desk: { dutyPhone: "000-150200" } });
  });

  test("a node without sheets starts with an empty table", async () => {
    expect(await routingSheets(null)).toEqual({ desks: [], areas: [] });
    await expect(routingSheets("catalogue/nowhere")).rejects.toThrow("routing catalogue/nowhere");
  });
});
