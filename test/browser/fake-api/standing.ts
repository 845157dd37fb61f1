import { DEFAULT_LINKAGE_POLICY, STANDING } from "../../../src/core/linkage/index.ts";
import { PeerFiguresList, StandingPage } from "../../../src/http/contract/index.ts";
import { ACCESS_TABLE } from "../../../src/core/access/index.ts";
import { checked, Refused } from "./refused.ts";
import { instant, other } from "./world.ts";
import type { Linkage, Node, Session, World } from "./world.ts";

/** What the fake desk knows of the conditions of the table: it has no sequence numbers. */
const HOLDS: Readonly<Record<string, (linkage: Linkage, linkUp: boolean) => boolean>> = {
  always: () => true,
  unheard: ({ deliveredAt }, linkUp) => deliveredAt === null && !linkUp,
  heard: ({ deliveredAt }, linkUp) => deliveredAt !== null || linkUp,
  unsaid: (_, linkUp) => !linkUp,
  said: (_, linkUp) => linkUp,
  unshown: ({ pushNo, shownPushNo }) => shownPushNo < pushNo,
  unsigned: ({ signedAt }) => signedAt === null,
};

function rowOf(linkage: Linkage, linkUp: boolean) {
  return STANDING.find(
    ({ role, part, in: states, when, after }) =>
      role === linkage.role &&
      part === linkage.part &&
      states.some((state) => state === linkage.state) &&
      HOLDS[when]?.(linkage, linkUp) === true &&
      Date.parse(linkage.openedAt) + DEFAULT_LINKAGE_POLICY[after] <= Date.now(),
  );
}

function refuseOthers(session: Session | null): void {
  const row = ACCESS_TABLE.find(({ action }) => action === "readStanding");
  if (row?.roles.some((role) => session?.user.roles.includes(role)) !== true) throw new Refused(403, "FORBIDDEN");
}

/** Dangers first, then what has stood longest. */
function rankOf({ part, since }: { readonly part: string; readonly since: string }): string {
  return `${part === "danger" ? 0 : 1}${since}`;
}

/** Hand-overs of this desk that stand still, by the table that ships. */
export function standing(world: World, at: Node, session: Session | null, query: URLSearchParams): unknown {
  refuseOthers(session);
  const limit = Number(query.get("limit") ?? "50");
  const from = Number(query.get("cursor") ?? "0");
  const rows = [...at.copies.values()]
    .flatMap((copy) => copy.linkages.map((linkage) => ({ copy, linkage, row: rowOf(linkage, world.linkUp) })))
    .flatMap(({ copy, linkage, row }) => {
      if (row === undefined) return [];
      const { id: linkageId, kind, role, part, state, openedAt: since } = linkage;
      const dueAt = new Date(Date.parse(since) + DEFAULT_LINKAGE_POLICY[row.after]).toISOString();
      const { who, act, source } = row;
      const peer = other(world, at).code;
      return [
        { requestNo: copy.no, linkageId, peer, kind, role, part, state, since, dueAt, who, act, level: 1, source },
      ];
    })
    .sort((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1));
  const next = from + limit < rows.length ? String(from + limit) : null;
  return checked(StandingPage, { rows: rows.slice(from, from + limit), next }, 500);
}

/** How the other desk keeps up; invented but for what waits. */
export function peerFigures(world: World, at: Node, session: Session | null): unknown {
  refuseOthers(session);
  const sent = [...at.copies.values()].flatMap(({ linkages }) => linkages.filter(({ role }) => role === "S"));
  const open = ["offered", "negotiating", "held", "bound", "pushed"];
  const of = (part: string) => sent.filter((one) => one.part === part && open.includes(one.state));
  const lane = (name: "urgent" | "ordinary", part: string, unsent: number) => ({
    peer: other(world, at).code,
    lane: name,
    unsent,
    oldestUnsentAt: unsent === 0 ? null : instant(95_000),
    dead: 0,
    unanswered: of(part).length,
    oldestUnansweredAt:
      of(part)
        .map(({ openedAt }) => openedAt)
        .sort()[0] ?? null,
    receipts: { of: name === "urgent" ? 12 : 640, medianMs: 240, p90Ms: 1_900 },
    answers: { of: name === "urgent" ? 12 : 88, medianMs: name === "urgent" ? 8_400 : 660_000, p90Ms: 2_400_000 },
    returned: name === "urgent" ? 0 : 7,
    bounced: name === "urgent" ? 0 : 1,
  });
  const rows = [lane("urgent", "danger", world.linkUp ? 0 : 1), lane("ordinary", "ordinary", world.linkUp ? 0 : 6)];
  return checked(PeerFiguresList, { at: instant(), rows }, 500);
}
