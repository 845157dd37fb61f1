import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { QueueRow } from "../../../src/http/contract/index.ts";
import { metaQuery } from "../../shared/api/reads.ts";
import { Badge } from "../../shared/design/glyph.tsx";
import type { GlyphName, Tone } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { deskOf } from "../../shared/list-names.ts";

const STATUS: Readonly<Record<string, { readonly tone: Tone; readonly glyph: GlyphName }>> = {
  offered: { tone: "warn", glyph: "in" },
  registered: { tone: "plain", glyph: "ring" },
  accepted: { tone: "info", glyph: "half" },
  handling: { tone: "info", glyph: "dot" },
  concluded: { tone: "ok", glyph: "check" },
  handedOver: { tone: "plain", glyph: "out" },
  stoodDown: { tone: "plain", glyph: "cross" },
  closed: { tone: "plain", glyph: "square" },
};

/** Where a request stands: shape and word. */
export function StatusBadge({ status }: { readonly status: string }): ReactNode {
  const { code } = useText();
  const look = STATUS[status] ?? { tone: "plain", glyph: "ring" };
  return (
    <Badge tone={look.tone} glyph={look.glyph}>
      {code("status", status)}
    </Badge>
  );
}

/** Statuses that say themselves that the matter is not worked on here. */
const NOT_HERE: ReadonlySet<string> = new Set(["offered", "handedOver", "stoodDown", "closed"]);

type Row = Pick<Static<typeof QueueRow>, "status" | "responsible" | "handOver" | "peer" | "next">;

/** What this desk owes next, where the status alone leaves it open. */
const OWED = {
  conclude: { tone: "warn", glyph: "back" },
  callBack: { tone: "ok", glyph: "phone" },
  close: { tone: "ok", glyph: "check" },
} as const satisfies Readonly<Record<NonNullable<Row["next"]>, { readonly tone: Tone; readonly glyph: GlyphName }>>;

const AWAY = {
  offered: { tone: "warn", glyph: "clock" },
  negotiating: { tone: "warn", glyph: "clock" },
  held: { tone: "warn", glyph: "half" },
  returned: { tone: "warn", glyph: "back" },
  bound: { tone: "warn", glyph: "clock" },
  accepted: { tone: "info", glyph: "out" },
  concluding: { tone: "info", glyph: "out" },
  toCallBack: { tone: "ok", glyph: "phone" },
  reopening: { tone: "warn", glyph: "clock" },
} as const satisfies Readonly<Record<string, { readonly tone: Tone; readonly glyph: GlyphName }>>;

/** Where a hand-over of this desk stands, as far as it says more than the request's own status; null = it does not. */
export function awayIn({ status, handOver }: Pick<Row, "status" | "handOver">): keyof typeof AWAY | null {
  if (handOver?.role !== "S" || status === "closed") return null;
  return Object.keys(AWAY).find((one): one is keyof typeof AWAY => one === handOver.state) ?? null;
}

/**
 * Where a request is: waiting for the other desk, worked on there, given back by it, or how far it is here; a copy that is here only
 * for its danger does not look like a matter accepted here.
 */
export function HoldingBadge({ row }: { readonly row: Row }): ReactNode {
  const { t, code } = useText();
  const meta = useQuery(metaQuery).data;
  const { status, responsible } = row;
  const side = deskOf(meta, row.peer ?? "");
  const peer = side === null ? t("queue.otherDesk") : code("sideName", side);
  const away = awayIn(row);
  if (away !== null) {
    return (
      <Badge tone={AWAY[away].tone} glyph={AWAY[away].glyph}>
        {t(`queue.away.${away}`, { peer })}
      </Badge>
    );
  }
  if (status === "stoodDown" && row.handOver?.role === "R" && row.handOver.state === "returned") {
    return <Badge glyph="back">{t("queue.gaveBack", { peer })}</Badge>;
  }
  const next = row.next ?? null;
  if (responsible && next !== null)
    return (
      <Badge tone={OWED[next].tone} glyph={OWED[next].glyph}>
        {t(`queue.next.${next}`)}
      </Badge>
    );
  if (responsible || NOT_HERE.has(status)) return <StatusBadge status={status} />;
  return <Badge glyph="out">{t("queue.ordinaryTheirs")}</Badge>;
}

/** Danger open or ended; nothing when there never was any. */
export function DangerBadge({ danger, open }: { readonly danger: boolean; readonly open: boolean }): ReactNode {
  const { t } = useText();
  if (!danger) return null;
  return open ? (
    <Badge tone="danger" glyph="danger">
      {t("danger.open")}
    </Badge>
  ) : (
    <Badge tone="danger-soft" glyph="danger">
      {t("danger.ended")}
    </Badge>
  );
}
