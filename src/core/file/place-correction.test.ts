import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RegionCode, RequestNo } from "../../kernel/index.ts";
import { makeRequestNo, parseRequestNo } from "../request-number/index.ts";
import { aDesk, linkageOf, outgoing, registration, settle, tell } from "./two-desks.test-data.ts";

const place = fc
  .constantFrom("150102", "150121", "150121100003", "530102", "530122", "530115001000")
  .map((code) => code as RegionCode);

describe("a place corrected after registration (nmg:2.3.1)", () => {
  test("never changes a key: case, request number and its birth region stay, whatever the places", () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 99_999 }), (places, n) => {
        const desk = aDesk("hotline");
        const requestNo = makeRequestNo({ region: desk.context.home, side: "hotline", day: "261122", n });
        expect(tell(desk, registration({ requestNo }))).toBe("ok");
        const born = desk.file.case;
        for (const next of places) {
          expect(tell(desk, { type: "amend", facts: { place: next }, sealed: [] })).toBe("ok");
        }
        const now = desk.file.case;
        expect(now?.place).toBe(places.at(-1));
        expect([now?.id, now?.requestNo, now?.home]).toEqual([born?.id, requestNo, born?.home]);
        const read = parseRequestNo(now?.requestNo ?? "");
        expect(read.ok && read.value.region).toBe(desk.context.home);
      }),
    );
  });

  test("travels to the other desk under the same number and in the same hand-over", () => {
    const [hotline, police] = [aDesk("hotline"), aDesk("police")];
    tell(hotline, registration({ requestNo: "1501001261122000018" as RequestNo, danger: true }));
    settle(hotline, police);
    const before = linkageOf(hotline, "urgent");
    expect(tell(hotline, { type: "amend", facts: { place: "150121" as RegionCode }, sealed: [] })).toBe("ok");
    const sent = outgoing(hotline);
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent.map((message) => `${message.conversation} ${message.requestNo}`))).toEqual(
      new Set([`${before} 1501001261122000018`]),
    );
    expect(hotline.file.linkages.filter((linkage) => linkage.kind === "urgent")).toHaveLength(1);
  });
});
