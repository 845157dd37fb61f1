import { stemOf } from "../../kernel/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import type { Desk, ServiceArea } from "./desk.ts";
import { stemsAround } from "./within.ts";

/** A desk the table names for a place, by which of its rows. */
export type RoutedDesk = { readonly desk: Desk; readonly area: RegionCode; readonly reasonZh: string };

/**
 * Where a place's matters go on one side. `choice` = several desks serve the same smallest area: a person chooses, the order of the
 * table is only a proposal. `backups` = whom to ring when the first cannot be reached, the nearest first.
 */
export type Route =
  | { readonly kind: "one"; readonly first: RoutedDesk; readonly backups: readonly RoutedDesk[] }
  | { readonly kind: "choice"; readonly choice: readonly RoutedDesk[]; readonly backups: readonly RoutedDesk[] }
  | { readonly kind: "none"; readonly backups: readonly RoutedDesk[] };

/** The routing table, ready for look-ups. */
export type Routing = {
  readonly desks: ReadonlyMap<string, Desk>;
  readonly byStem: ReadonlyMap<string, readonly ServiceArea[]>;
};

/** Builds the routing table once; rows of desks it does not know are left out. */
export function createRouting(desks: readonly Desk[], areas: readonly ServiceArea[]): Routing {
  const known = new Map(desks.map((desk) => [desk.code, desk]));
  const byStem = new Map<string, ServiceArea[]>();
  for (const row of areas) {
    const stem = stemOf(row.area);
    byStem.set(stem, [...(byStem.get(stem) ?? []), row]);
  }
  for (const rows of byStem.values()) rows.sort((a, b) => a.order - b.order || (a.desk < b.desk ? -1 : 1));
  return { desks: known, byStem };
}

/**
 * Which desk of a side a place belongs to on a day (`yyyy-mm-dd`): the row with the longest area around the place wins, at whatever
 * level the place is known. One 12345 centre may serve many places, and one place several desks.
 * @source yn:4.1.1 @source nmg:2.2.1 @req REQ-21
 */
export function routeOf(routing: Routing, place: RegionCode, side: Desk["side"], day: string): Route {
  const backups: RoutedDesk[] = [];
  let choice: readonly RoutedDesk[] = [];
  for (const stem of stemsAround(place)) {
    const here = desksAt(routing, stem, side, day);
    if (choice.length === 0) choice = here.filter(({ role }) => role === "first").map(({ routed }) => routed);
    backups.push(...here.filter(({ role }) => role === "backup").map(({ routed }) => routed));
  }
  const chosen = new Set(choice.map(({ desk }) => desk.code));
  const others = backups.filter(({ desk }) => !chosen.has(desk.code));
  const [first, second] = choice;
  if (first === undefined) return { kind: "none", backups: others };
  return second === undefined ? { kind: "one", first, backups: others } : { kind: "choice", choice, backups: others };
}

/** The desk of the table that a node runs; null = the table does not name it. */
export function deskOfNode({ desks }: Pick<Routing, "desks">, node: string): Desk | null {
  return [...desks.values()].find((desk) => desk.node === node) ?? null;
}

function desksAt(
  { desks, byStem }: Routing,
  stem: string,
  side: Desk["side"],
  day: string,
): readonly { readonly role: ServiceArea["role"]; readonly routed: RoutedDesk }[] {
  return (byStem.get(stem) ?? []).flatMap(({ desk: code, role, area, reasonZh, validFrom, validTo }) => {
    const desk = desks.get(code);
    const inForce = validFrom <= day && (validTo === null || day <= validTo);
    return desk === undefined || desk.side !== side || !inForce ? [] : [{ role, routed: { desk, area, reasonZh } }];
  });
}
