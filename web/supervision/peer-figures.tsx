import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { PeerFiguresView } from "../../src/http/contract/index.ts";
import { peerFiguresQuery } from "../shared/api/reads.ts";
import { useText } from "../shared/i18n/text.tsx";
import { formatAge, useNow } from "../shared/time.ts";
import { Panel, useNodeName } from "./panel.tsx";

const HEADS = [
  "supervision.peer",
  "standing.lane",
  "standing.unsent",
  "standing.unanswered",
  "standing.receipts",
  "standing.answers",
  "standing.returned",
  "standing.bounced",
] as const;

/** How each peer keeps up: what waits and since when, how long receipts and answers take, what came back. */
export function PeerFiguresPanel(): ReactNode {
  const { t } = useText();
  const query = useQuery(peerFiguresQuery);
  const rows = query.data?.rows ?? [];
  return (
    <Panel
      title={t("standing.figures")}
      note={t("standing.figuresNote")}
      empty={t("supervision.noLinks")}
      query={query}
      count={rows.length}
      heads={HEADS}
    >
      {rows.map((row) => (
        <FiguresRow key={`${row.peer} ${row.lane}`} row={row} />
      ))}
    </Panel>
  );
}

function FiguresRow({ row }: { readonly row: PeerFiguresView }): ReactNode {
  const { t, code } = useText();
  const nodeName = useNodeName();
  const waiting = useWaiting();
  const urgent = row.lane === "urgent";
  return (
    <tr>
      <td>{nodeName(row.peer)}</td>
      <td>{code("standingLane", row.lane)}</td>
      <td className={urgent && row.unsent > 0 ? "hot number" : "number"}>{waiting(row.unsent, row.oldestUnsentAt)}</td>
      <td className={urgent && row.unanswered > 0 ? "hot number" : "number"}>
        {waiting(row.unanswered, row.oldestUnansweredAt)}
      </td>
      <td className="number">
        <Spread delays={row.receipts} />
      </td>
      <td className="number">
        <Spread delays={row.answers} />
      </td>
      <td className="number">{urgent ? t("standing.nothing") : row.returned}</td>
      <td className="number">{urgent ? t("standing.nothing") : row.bounced}</td>
    </tr>
  );
}

/** How many, and how long the oldest of them has waited. */
function useWaiting(): (n: number, oldestAt: string | null) => string {
  const { t } = useText();
  const now = useNow(10_000);
  return (n, oldestAt) =>
    oldestAt === null ? String(n) : t("standing.oldest", { n, time: formatAge(t, oldestAt, now) });
}

function Spread({ delays }: { readonly delays: PeerFiguresView["receipts"] }): ReactNode {
  const { t } = useText();
  const { of, medianMs, p90Ms } = delays;
  if (medianMs === null || p90Ms === null) return t("standing.nothing");
  return t("standing.spread", { median: tookWords(t, medianMs), p90: tookWords(t, p90Ms), n: of });
}

/** A time that something took, as short as it may be said. */
function tookWords(t: ReturnType<typeof useText>["t"], ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 10) return t("time.seconds", { n: Math.round(seconds * 10) / 10 });
  if (seconds < 60) return t("time.seconds", { n: Math.round(seconds) });
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? t("time.minutes", { n: minutes })
    : t("time.hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
}
