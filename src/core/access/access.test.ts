import { describe, expect, it } from "vitest";
import type { RegionCode, UnitCode, UserId } from "../../kernel/index.ts";
import { ACCESS_TABLE, inRegions, may, placeInScope, SEAT_ROLES } from "./access.ts";
import type { Actor, Role } from "./access.ts";

const CITY = "150100" as RegionCode;
const OTHER_CITY = "150200" as RegionCode;
const WATER = "u-water" as UnitCode;

function actor(role: Role, over: Partial<Actor> = {}): Actor {
  return { id: "u" as UserId, roles: [role], regions: [CITY], unit: role === "unitClerk" ? WATER : null, ...over };
}

describe("who may do what (nmg:2.3.2)", () => {
  it("a desk reads requests of its divisions and none of another city (REQ-56)", () => {
    const taker = actor("callTaker");
    expect(may(taker, "readRequest", { place: "150102" as RegionCode, units: [] })).toBe(true);
    expect(may(taker, "readRequest", { place: OTHER_CITY, units: [] })).toBe(false);
    expect(may(taker, "revealField", { place: OTHER_CITY, units: [] })).toBe(false);
  });

  it("a clerk reads what its own unit has an order of, and reveals nothing (REQ-56)", () => {
    const clerk = actor("unitClerk");
    expect(may(clerk, "readRequest", { place: CITY, units: [WATER] })).toBe(true);
    expect(may(clerk, "readRequest", { place: CITY, units: ["u-roads" as UnitCode] })).toBe(false);
    expect(may(clerk, "readQueue", null)).toBe(false);
    expect(may(clerk, "revealField", { place: CITY, units: [WATER] })).toBe(false);
  });

  it("who runs the machine reads no request, and only a supervisor reads the read log (REQ-56)", () => {
    const subject = { place: CITY, units: [] };
    expect(may(actor("operator"), "readRequest", subject)).toBe(false);
    expect(may(actor("operator"), "revealField", subject)).toBe(false);
    const readers = (["callTaker", "dispatcher", "unitClerk", "supervisor", "operator"] as const).filter((role) =>
      may(actor(role), "readReadLog", null),
    );
    expect(readers).toEqual(["supervisor"]);
  });

  it("a seat on duty is of a role that may say what it has on its screen (nmg:2.2.1)", () => {
    expect(ACCESS_TABLE.find((row) => row.action === "shown")?.roles).toEqual(SEAT_ROLES);
    expect(SEAT_ROLES).not.toContain("unitClerk");
    expect(SEAT_ROLES).not.toContain("operator");
  });

  it("everybody who may see a request may call danger on it (P3)", () => {
    const danger = ACCESS_TABLE.find((row) => row.action === "danger");
    const read = ACCESS_TABLE.find((row) => row.action === "readRequest");
    expect(danger?.roles).toEqual(read?.roles);
    expect(may(actor("unitClerk"), "danger", { place: OTHER_CITY, units: [WATER] })).toBe(true);
  });

  it("a request without a place is in everybody's divisions", () => {
    expect(inRegions([OTHER_CITY], null)).toBe(true);
    expect(inRegions(["150000" as RegionCode], CITY)).toBe(true);
  });

  it("a town's desk may act in its villages and not in those of the next town (nmg:2.3.2)", () => {
    const desk = { ...actor("callTaker"), regions: ["150102010000" as RegionCode] };
    const at = (place: string) => ({ place: place as RegionCode, units: [] });
    expect(may(desk, "readRequest", at("150102010003"))).toBe(true);
    expect(may(desk, "readRequest", at("150102011001"))).toBe(false);
    expect(may({ ...desk, regions: ["150102000000" as RegionCode] }, "readRequest", at("150102"))).toBe(true);
  });

  it("a place counts for scope only inside the node's own region: outside it nobody here could act (nmg:2.2.1)", () => {
    expect(placeInScope(CITY, "150103" as RegionCode)).toBe("150103");
    expect(placeInScope(CITY, OTHER_CITY)).toBeNull();
    expect(placeInScope(CITY, "999999" as RegionCode)).toBeNull();
    expect(placeInScope(CITY, null)).toBeNull();
  });
});
