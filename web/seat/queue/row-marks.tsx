import type { ReactNode } from "react";
import { Badge } from "../../shared/design/glyph.tsx";
import type { GlyphName, Tone } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";

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

/** Where a request stands; a copy that is here only for its danger does not look like a matter accepted here. */
export function HoldingBadge({
  status,
  responsible,
}: {
  readonly status: string;
  readonly responsible: boolean;
}): ReactNode {
  const { t } = useText();
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
