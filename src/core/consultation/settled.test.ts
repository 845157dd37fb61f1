import { describe, expect, test } from "vitest";
import type { Instant, ItemCode } from "../../kernel/index.ts";
import { agendaOf, DEFAULT_AGENDA } from "./agenda.ts";
import type { DisputedMatter } from "./agenda.ts";
import { settledBy } from "./settled.ts";

const at = (day: string) => `${day}T02:00:00.000Z` as Instant;
const LAMP = "B01-02" as ItemCode;
const NOISE = "A01-05" as ItemCode;
const lamp = { code: LAMP, document: "minutes-20261120-b01-02" };
const noise = { code: NOISE, document: "minutes-20261210-a01-05" };

const disputes = ["2026-11-25", "2026-11-26", "2026-11-27"].map(
  (day, i) =>
    ({
      requestNo: `no${i}`,
      linkageId: `l${i}`,
      peer: "hotline-150100",
      item: LAMP,
      division: "150102",
      at: at(day),
      ways: ["returned"],
    }) as unknown as DisputedMatter,
);
const topics = (settled: ReturnType<typeof settledBy>) =>
  agendaOf(disputes, settled, DEFAULT_AGENDA, at("2026-12-12")).map(({ item }) => item);

describe("what both sides have settled (nmg:2.2.4)", () => {
  test("stays settled when a later version holds another decision as well", () => {
    const settled = settledBy([
      { inForceAt: at("2026-12-11"), items: [lamp, noise] },
      { inForceAt: at("2026-12-05"), items: [lamp] },
    ]);
    expect(settled).toEqual([
      { item: LAMP, at: at("2026-12-05") },
      { item: NOISE, at: at("2026-12-11") },
    ]);
    expect(topics(settled)).toEqual([]);
  });

  test("is disputed again by what came after it was first judged by, whatever version took effect since", () => {
    const settled = settledBy([
      { inForceAt: at("2026-11-21"), items: [lamp] },
      { inForceAt: at("2026-12-05"), items: [lamp, noise] },
    ]);
    expect(topics(settled)).toEqual([LAMP]);
  });

  test("is settled anew by another paper on the same item", () => {
    const again = { code: LAMP, document: "minutes-20261201-b01-02" };
    const settled = settledBy([
      { inForceAt: at("2026-11-21"), items: [lamp] },
      { inForceAt: at("2026-12-05"), items: [again] },
    ]);
    expect(settled.map((one) => one.at)).toEqual([at("2026-11-21"), at("2026-12-05")]);
    expect(topics(settled)).toEqual([]);
  });

  test("is what rests on minutes; a row of a plan or of the city's own document settles nothing", () => {
    const rows = [
      { code: LAMP, document: null },
      { code: NOISE, document: "hohhot-2026" },
    ];
    expect(settledBy([{ inForceAt: at("2026-11-21"), items: rows }])).toEqual([]);
  });
});
