import { expect, test } from "vitest";
import type { RegionCode, UnitCode, UserId } from "../../kernel/index.ts";
import { inRegions, may, placeInScope } from "./index.ts";
import type { Actor, Role } from "./index.ts";

const region = (code: string): RegionCode => code as RegionCode;

function actor(roles: readonly Role[], regions: readonly string[], unit: string | null = null): Actor {
  return { id: "u1" as UserId, roles, regions: regions.map(region), unit: unit as UnitCode | null };
}

test("a region holds every place that begins with it (nmg:2.3.2)", () => {
  expect(inRegions([region("150100")], region("150102001000"))).toBe(true);
  expect(inRegions([region("150102")], region("150103"))).toBe(false);
  expect(inRegions([region("150000")], region("150203"))).toBe(true);
});

test("a place counts for scope only inside the node's own region: outside it nobody here could act (nmg:2.2.1)", () => {
  const home = region("150100");
  expect(placeInScope(home, region("150103"))).toBe("150103");
  expect(placeInScope(home, region("150203"))).toBeNull();
  expect(placeInScope(home, region("999999"))).toBeNull();
  expect(placeInScope(home, null)).toBeNull();
});

test("a desk acts within its divisions, a clerk on orders of the own unit, danger not excepted from who may see (nmg:2.3.2)", () => {
  const taker = actor(["callTaker"], ["150102"]);
  expect(may(taker, "amend", { place: region("150102"), units: [] })).toBe(true);
  expect(may(taker, "amend", { place: region("150103"), units: [] })).toBe(false);
  expect(may(taker, "danger", { place: null, units: [] })).toBe(true);
  const clerk = actor(["unitClerk"], ["150100"], "unit-a");
  expect(may(clerk, "danger", { place: region("150103"), units: ["unit-a" as UnitCode] })).toBe(true);
  expect(may(clerk, "danger", { place: region("150103"), units: ["unit-b" as UnitCode] })).toBe(false);
  expect(may(clerk, "register", null)).toBe(false);
});
