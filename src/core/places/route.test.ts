import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RegionCode } from "../../kernel/index.ts";
import { createRouting, routeOf } from "./index.ts";
import type { Desk, Route, ServiceArea } from "./index.ts";

const at = (code: string): RegionCode => code as RegionCode;
const DAY = "2026-11-22";

const desk = (code: string, side: Desk["side"]): Desk => ({
  code,
  nameZh: code,
  nameEn: code,
  side,
  region: at("150100"),
  node: null,
  dutyPhone: "000",
  invented: true,
});
const area = (of: string, place: string, change: Partial<ServiceArea> = {}): ServiceArea => ({
  desk: of,
  area: at(place),
  role: "first",
  order: 1,
  reasonZh: "协议",
  validFrom: "2026-01-01",
  validTo: null,
  ...change,
});

const ROUTING = createRouting(
  [
    desk("h", "hotline"),
    desk("city", "police"),
    desk("county", "police"),
    desk("metro", "police"),
    desk("old", "police"),
  ],
  [
    area("h", "150000"),
    area("city", "150100"),
    area("county", "150121"),
    area("city", "150121", { role: "backup" }),
    area("metro", "150121100000", { order: 2 }),
    area("county", "150121100000", { order: 1 }),
    area("old", "150121", { validTo: "2026-06-30" }),
    area("nobody", "150121"),
  ],
);

const told = (route: Route): string => {
  const backups = route.backups.map(({ desk: { code } }) => code).join(",");
  if (route.kind === "one") return `${route.first.desk.code} by ${route.first.area}; ${backups}`;
  return route.kind === "none"
    ? `none; ${backups}`
    : `${route.choice.map((one) => one.desk.code).join("|")}; ${backups}`;
};
const go = (place: string, side: Desk["side"] = "police", day = DAY): string =>
  told(routeOf(ROUTING, at(place), side, day));

describe("the routing table (yn:4.1.1)", () => {
  test("one 12345 centre serves many places, at whatever level a place is known (REQ-21)", () => {
    expect(["150000", "150100", "150121", "150121100003"].map((place) => go(place, "hotline"))).toEqual(
      Array.from({ length: 4 }, () => "h by 150000; "),
    );
  });

  test("the longest area around a place wins, and the backup is rung next", () => {
    expect(go("150102")).toBe("city by 150100; ");
    expect(go("150121200000")).toBe("county by 150121; city");
    expect(go("530102")).toBe("none; ");
  });

  test("several desks of one area are a choice with the order of the table, never a silent pick", () => {
    expect(go("150121100007")).toBe("county|metro; city");
  });

  test("a row counts on its days only", () => {
    expect(go("150121", "police", "2026-06-30")).toBe("county|old; city");
    expect(go("150121", "police", "2025-12-31")).toBe("none; ");
  });

  test("a place goes where its county goes unless a row says more, for any row order", () => {
    const rows = [area("city", "150100"), area("county", "150121"), area("metro", "150121100000")];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 1 }), fc.integer({ min: 0, max: 999 }), (subset, n) => {
        const routing = createRouting([...ROUTING.desks.values()], subset);
        const place = at(`150121${String(n).padStart(3, "0")}001`);
        const longest = subset
          .filter((row) => place.startsWith(row.area.replace(/(000|00)$/, "")))
          .toSorted((a, b) => b.area.replace(/0+$/, "").length - a.area.replace(/0+$/, "").length)[0];
        const route = routeOf(routing, place, "police", DAY);
        expect(route.kind === "one" ? route.first.desk.code : route.kind).toBe(longest?.desk ?? "none");
      }),
    );
  });
});
