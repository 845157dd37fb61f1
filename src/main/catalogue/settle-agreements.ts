import { advanceVersion, nextMove } from "../../core/catalogue/index.ts";
import type { AgreementMove, CatalogueVersion } from "../../core/catalogue/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { signaturesOf } from "./catalogue-desk.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";

type Desk = Pick<CatalogueDesk, "self" | "now" | "versions" | "approvals">;

/**
 * Puts in force what two desks have signed and whose first day has come, the version before aside, until there is nothing more to
 * do. `peers` = those configured now. Gives what it moved. Two processes that do so at once move each version once.
 * @source nmg:2.2.5 @req REQ-20
 */
export async function settleAgreements(desk: Desk, peers: readonly NodeCode[]): Promise<readonly AgreementMove[]> {
  const moves: AgreementMove[] = [];
  for (;;) {
    const versions = await desk.versions.versions();
    const move = nextMove(versions, await signaturesOf(desk), { here: desk.self, peers }, desk.now());
    if (move === null || !(await apply(desk, versions, move))) return moves;
    moves.push(move);
  }
}

/** false = somebody else was first; the next look shows what is left. */
async function apply(desk: Desk, versions: readonly CatalogueVersion[], move: AgreementMove): Promise<boolean> {
  const { before, after } = move;
  if (move.type === "confirm") return desk.versions.advance(before, after);
  const current = versions.find(({ state }) => state === "inForce");
  if (current === undefined) return desk.versions.replace({ before, after }, null);
  const aside = advanceVersion(current, { type: "supersede", at: desk.now() });
  if (!aside.ok) throw new Error(`${current.version} is in force and cannot be superseded`);
  return desk.versions.replace({ before, after }, { before: current, after: aside.value });
}
