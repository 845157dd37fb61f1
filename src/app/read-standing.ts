import { inRegions, may } from "../core/access/index.ts";
import type { Actor } from "../core/access/index.ts";
import { standingOf } from "../core/linkage/index.ts";
import type { Linkage, Standing } from "../core/linkage/index.ts";
import { epochMs, err, ok, plusMs } from "../kernel/index.ts";
import type { Instant, LinkageId, NodeCode, RegionCode, RequestNo, Result } from "../kernel/index.ts";
import type { Deps } from "./deps.ts";
import type { Lane } from "./ports/outbox.ts";
import type { Page, PeerFigures } from "./ports/queries.ts";

/** A hand-over that stands still: codes and instants alone, nothing of the matter itself. */
export type StandingLine = Standing &
  Pick<Linkage, "kind" | "role" | "part" | "state"> & {
    readonly requestNo: RequestNo;
    readonly linkageId: LinkageId;
    readonly peer: NodeCode;
  };

/** So many hand-overs that wait are looked at in one question, and so often is asked for one page. */
const LOOKED_AT = 500;
const QUESTIONS = 4;

type Refusal = { readonly code: "FORBIDDEN" };

/**
 * A page of the hand-overs that stand still within the reader's divisions: dangers first, then what has stood longest. It
 * may be short of `limit` and still have a next one: no more than 2,000 that wait are looked at for it. Errors: FORBIDDEN.
 * @source nmg:2.2.1 @source nmg:2.3.1
 */
export async function readStanding(
  deps: Deps,
  actor: Actor,
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<Result<Page<StandingLine>, Refusal>> {
  if (!may(actor, "readStanding", null)) return err({ code: "FORBIDDEN" });
  const { rows, next } = await standingPage(deps, actor.regions, page.cursor, page.limit);
  return ok({ rows: rows.toSorted(longestFirst), next });
}

/** A push or an offer stands from when it was there, which its state does not know: within a page the column is in order all the same. */
function longestFirst(a: StandingLine, b: StandingLine): number {
  const rank = Number(b.part === "danger") - Number(a.part === "danger");
  return rank === 0 ? epochMs(a.since) - epochMs(b.since) : rank;
}

/** Those of the whole node, as a page of at most 2,000: what monitors count. */
export async function allStanding(deps: Deps): Promise<readonly StandingLine[]> {
  return (await standingPage(deps, null, null, LOOKED_AT * QUESTIONS)).rows;
}

async function standingPage(
  deps: Deps,
  regions: readonly RegionCode[] | null,
  cursor: string | null,
  limit: number,
): Promise<Page<StandingLine>> {
  const policy = { ...deps.node.linkagePolicy, ...deps.rules().handOverTimes };
  const now = deps.clock.now();
  const rows: StandingLine[] = [];
  let next = cursor;
  for (let asked = 0; asked < QUESTIONS; asked += 1) {
    const found = await deps.queries.awaitedHandOvers(next, LOOKED_AT);
    for (const [n, { linkage, place, unsent, cursor: after }] of found.entries()) {
      next = after;
      const standing = regions === null || inRegions(regions, place) ? standingOf(linkage, policy, now, unsent) : null;
      if (standing === null) continue;
      rows.push(lineOf(linkage, standing));
      const isLast = n === found.length - 1 && found.length < LOOKED_AT;
      if (rows.length === limit) return { rows, next: isLast ? null : next };
    }
    if (found.length < LOOKED_AT) return { rows, next: null };
  }
  return { rows, next };
}

function lineOf({ requestNo, id, peer, kind, role, part, state }: Linkage, standing: Standing): StandingLine {
  return { requestNo, linkageId: id, peer, kind, role, part, state, ...standing };
}

/** Over how long receipts are looked at, and over how long answers and what came back, in milliseconds. */
export const FIGURED_OVER = { receipts: 24 * 3_600_000, answers: 7 * 24 * 3_600_000 } as const;

export type PeerFiguresNow = { readonly at: Instant; readonly rows: readonly PeerFigures[] };

const LANES: readonly Lane[] = ["urgent", "ordinary"];
const NO_DELAY = { of: 0, medianMs: null, p90Ms: null } as const;

/** How each peer keeps up, both lanes of each, also where nothing was said. Errors: FORBIDDEN. @source nmg:2.3.1 */
export async function readPeerFigures(deps: Deps, actor: Actor): Promise<Result<PeerFiguresNow, Refusal>> {
  return may(actor, "readStanding", null) ? ok(await peerFiguresNow(deps)) : err({ code: "FORBIDDEN" });
}

/** The same for a monitor. */
export async function peerFiguresNow(deps: Deps): Promise<PeerFiguresNow> {
  const at = deps.clock.now();
  const since = { receipts: plusMs(at, -FIGURED_OVER.receipts), answers: plusMs(at, -FIGURED_OVER.answers) };
  const known = await deps.queries.peerFigures(since);
  const peers = [...new Set([...deps.peers().map(({ nodeCode }) => nodeCode), ...known.map(({ peer }) => peer)])];
  const rows = peers
    .toSorted()
    .flatMap((peer) =>
      LANES.map((lane) => known.find((row) => row.peer === peer && row.lane === lane) ?? silentPeer(peer, lane)),
    );
  return { at, rows };
}

function silentPeer(peer: NodeCode, lane: Lane): PeerFigures {
  const nothing = { unsent: 0, oldestUnsentAt: null, dead: 0, unanswered: 0, oldestUnansweredAt: null };
  return { peer, lane, ...nothing, receipts: NO_DELAY, answers: NO_DELAY, returned: 0, bounced: 0 };
}
