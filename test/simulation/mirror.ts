import type { Commit } from "../../src/app/index.ts";
import { evolveCase } from "../../src/core/case/index.ts";
import type { Case, CaseEvent } from "../../src/core/case/index.ts";
import { evolveClock } from "../../src/core/clock/index.ts";
import type { Clock, ClockEvent } from "../../src/core/clock/index.ts";
import type { CaseFile } from "../../src/core/file/index.ts";
import { evolveLinkage } from "../../src/core/linkage/index.ts";
import type { Linkage, LinkageEvent } from "../../src/core/linkage/index.ts";
import { evolveOrder } from "../../src/core/order/index.ts";
import type { Order, OrderEvent } from "../../src/core/order/index.ts";
import type { CaseId } from "../../src/kernel/index.ts";
import { canonicalJson } from "../../src/storage/index.ts";

type Folder = {
  case: Case | null;
  readonly linkages: Map<string, Linkage>;
  readonly orders: Map<string, Order>;
  readonly clocks: Map<string, Clock>;
  events: number;
};

/** What one node's log says, folded by ourselves from the events it committed and from nothing else. */
export type Mirror = {
  /** Folds a commit; answers what of it differs from the rows it stored beside the events, null when nothing. */
  readonly fold: (commit: Commit) => string | null;
  readonly file: (caseId: CaseId) => CaseFile | null;
  readonly linkage: (caseId: CaseId, id: string) => Linkage | null;
  readonly cases: () => readonly CaseId[];
  readonly eventCount: (caseId: CaseId) => number;
};

function roundTrip<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

export function createMirror(): Mirror {
  const folders = new Map<CaseId, Folder>();

  function folderOf(caseId: CaseId): Folder {
    const known = folders.get(caseId);
    if (known !== undefined) return known;
    const fresh: Folder = { case: null, linkages: new Map(), orders: new Map(), clocks: new Map(), events: 0 };
    folders.set(caseId, fresh);
    return fresh;
  }

  function foldStream(folder: Folder, stream: Commit["streams"][number]): Case | Linkage | Order | Clock | null {
    for (const { body } of stream.events) {
      folder.events += 1;
      if (stream.kind === "case") folder.case = evolveCase(folder.case, roundTrip<CaseEvent>(body));
      else if (stream.kind === "linkage")
        folder.linkages.set(
          stream.id,
          evolveLinkage(folder.linkages.get(stream.id) ?? null, roundTrip<LinkageEvent>(body)),
        );
      else if (stream.kind === "clock")
        folder.clocks.set(stream.id, evolveClock(folder.clocks.get(stream.id) ?? null, roundTrip<ClockEvent>(body)));
      else folder.orders.set(stream.id, evolveOrder(folder.orders.get(stream.id) ?? null, roundTrip<OrderEvent>(body)));
    }
    if (stream.kind === "case") return folder.case;
    const rows = { linkage: folder.linkages, order: folder.orders, clock: folder.clocks }[stream.kind];
    return rows.get(stream.id) ?? null;
  }

  return {
    fold: (commit) => {
      for (const stream of commit.streams) {
        const folded = foldStream(folderOf(stream.caseId), stream);
        if (canonicalJson(folded) !== canonicalJson(roundTrip(stream.state)))
          return `${stream.kind} ${stream.id}: the events do not fold to the stored row`;
      }
      return null;
    },
    file: (caseId) => {
      const folder = folders.get(caseId);
      if (folder === undefined || folder.case === null) return null;
      const { case: state, linkages, orders, clocks } = folder;
      return {
        case: state,
        linkages: [...linkages.values()],
        orders: [...orders.values()],
        clocks: [...clocks.values()],
      };
    },
    linkage: (caseId, id) => folders.get(caseId)?.linkages.get(id) ?? null,
    cases: () => [...folders.keys()],
    eventCount: (caseId) => folders.get(caseId)?.events ?? 0,
  };
}
