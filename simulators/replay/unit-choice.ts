import { listOf, parseObject, textOf } from "../client/json.ts";
import type { Seen } from "./seen.ts";
import type { Team } from "./team.ts";

/** Code of the unit for a request; null when the desk offers none. */
export type UnitChoice = (seen: Seen, kind: "work" | "police") => Promise<string | null>;

/** Takes the suggested unit; where the desk suggests none, the first of its list. Asks once for an item and a place. */
export function chooseUnits(team: Pick<Team, "read">): UnitChoice {
  const known = new Map<string, Promise<string | null>>();
  return async (seen, kind) => {
    const query = new URLSearchParams({ kind });
    if (seen.item !== null) query.set("item", seen.item);
    if (seen.place !== null) query.set("place", seen.place);
    const path = `/units?${query.toString()}`;
    const asked = known.get(path) ?? findUnit(team, path);
    known.set(path, asked);
    const unit = await asked;
    if (unit === null) known.delete(path);
    return unit;
  };
}

async function findUnit(team: Pick<Team, "read">, path: string): Promise<string | null> {
  const rows = listOf((await team.read(path))?.["rows"]).map(parseObject);
  const best = rows.find((row) => row["suggested"] === true) ?? rows[0];
  return textOf(best?.["code"]);
}
