import type { AwaitedHandOver, Delays, PeerFigures, PeerFiguresSince } from "../../app/ports/queries.ts";
import type { Lane } from "../../app/ports/outbox.ts";
import { STANDING_STATES } from "../../core/linkage/index.ts";
import type { Linkage } from "../../core/linkage/index.ts";
import { msBetween } from "../../kernel/index.ts";
import type { Instant, NodeCode, RegionCode } from "../../kernel/index.ts";
import { encodeCursor } from "../cursor.ts";
import { awaitedKey, decodeAwaited } from "../queries/awaited.ts";
import { leastIdAt, UNANSWERED_STATES } from "../queries/peer-figures.ts";
import { memoryOutbox } from "./messages.ts";
import type { MemoryState } from "./state.ts";

/** Hand-overs that wait for somebody, dangers first, then what came into its state longest ago. */
export function memoryAwaited(state: MemoryState, cursor: string | null, limit: number): readonly AwaitedHandOver[] {
  const after = decodeAwaited(cursor).join(" ");
  return [...state.linkages.values()]
    .filter((row) => STANDING_STATES.includes(row.state.state))
    .map(({ state: linkage, caseId }) => {
      const place = state.cases.get(caseId)?.index.place ?? null;
      return { linkage, key: awaitedKey(linkage), place: placeOf(place) };
    })
    .filter(({ key }) => key.join(" ") > after)
    .sort((a, b) => (a.key.join(" ") < b.key.join(" ") ? -1 : 1))
    .slice(0, limit)
    .map(({ linkage, place, key }) => ({
      linkage,
      place,
      unsent: isUnsent(state, linkage),
      cursor: encodeCursor(key),
    }));
}

function isUnsent(state: MemoryState, { id }: AwaitedHandOver["linkage"]): boolean {
  return [...state.outbox.values()].some(({ message }) => message.conversation === id);
}

/** The index keeps the place as text, as the table does. */
function placeOf(place: string | null): RegionCode | null {
  return place === null ? null : (place as RegionCode);
}

/** How each peer keeps up, by lane. */
export async function memoryPeerFigures(state: MemoryState, since: PeerFiguresSince): Promise<readonly PeerFigures[]> {
  const backlog = await memoryOutbox(state).backlog();
  const sent = [...state.linkages].flatMap(([id, row]) => (row.state.role === "S" ? [{ id, linkage: row.state }] : []));
  const lately = sent.filter(({ id }) => id >= leastIdAt(since.answers)).map(({ linkage }) => linkage);
  const receipts = state.receipts.filter(({ id }) => id >= leastIdAt(since.receipts));
  const pairs = new Map<string, { readonly peer: NodeCode; readonly lane: Lane }>();
  const note = (peer: NodeCode, lane: Lane) => pairs.set(`${peer} ${lane}`, { peer, lane });
  for (const { peer, lane } of [...backlog, ...receipts]) note(peer, lane);
  for (const { linkage } of sent)
    if (lately.includes(linkage) || isUnanswered(linkage)) note(linkage.peer, laneOf(linkage));
  return [...pairs.values()]
    .sort((a, b) => (`${a.peer} ${a.lane}` < `${b.peer} ${b.lane}` ? -1 : 1))
    .map(({ peer, lane }) => {
      const ours = (linkage: Linkage) => linkage.peer === peer && laneOf(linkage) === lane;
      const unsent = backlog.find((row) => row.peer === peer && row.lane === lane);
      const unanswered = sent.map(({ linkage }) => linkage).filter((one) => ours(one) && isUnanswered(one));
      return {
        peer,
        lane,
        unsent: unsent?.waiting ?? 0,
        oldestUnsentAt: unsent?.oldestAt ?? null,
        dead: unsent?.dead ?? 0,
        unanswered: unanswered.length,
        oldestUnansweredAt: unanswered.map((one) => one.openedAt).sort()[0] ?? null,
        receipts: delaysOf(receipts.filter((row) => row.peer === peer && row.lane === lane).map(({ ms }) => ms)),
        answers: delaysOf(lately.filter(ours).flatMap((one) => answeredAfter(one))),
        ...returnsOf(lane === "ordinary" ? lately.filter(ours) : []),
      };
    });
}

function laneOf({ part }: Linkage): Lane {
  return part === "danger" ? "urgent" : "ordinary";
}

function isUnanswered({ state }: Linkage): boolean {
  return UNANSWERED_STATES.includes(state);
}

function answeredAfter({ part, openedAt, confirmedAt, returnedAt, deliveredAt }: Linkage): readonly number[] {
  const words = part === "danger" ? [deliveredAt] : [confirmedAt, returnedAt];
  const [first] = words.filter((at): at is Instant => at !== null && at !== undefined).sort();
  return first === undefined ? [] : [Math.max(0, msBetween(openedAt, first))];
}

/** The value that so great a part of them does not exceed, as the server picks it. */
function delaysOf(all: readonly number[]): Delays {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (part: number): number | null => sorted[Math.ceil(part * sorted.length) - 1] ?? null;
  return { of: sorted.length, medianMs: at(0.5), p90Ms: at(0.9) };
}

function returnsOf(sent: readonly Linkage[]): Pick<PeerFigures, "returned" | "bounced"> {
  const came = (one: Linkage) => one.returnedAt !== null && one.returnedAt !== undefined;
  const requests = [...new Set(sent.map((one) => one.requestNo))].map((no) =>
    sent.filter((one) => one.requestNo === no),
  );
  const bounced = requests.filter(
    (all) => all.filter(came).length > 1 || all.some((one) => one.state === "handedBack"),
  );
  return { returned: sent.filter(came).length, bounced: bounced.length };
}
