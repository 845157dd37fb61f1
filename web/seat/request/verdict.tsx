import type { ReactNode } from "react";
import { Badge, Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import type { VerdictView } from "./contract-types.ts";

/** Whose matter it is and what says so; a default criterion is marked as to be agreed. */
export function Verdict({ verdict }: { readonly verdict: VerdictView | null }): ReactNode {
  const { t, code } = useText();
  if (verdict === null) {
    return (
      <section className="block verdict none" aria-label={t("request.verdict")}>
        <Glyph name="ring" /> {t("request.noVerdict")}
      </section>
    );
  }
  return (
    <section className="block verdict" aria-label={t("request.verdict")}>
      <p className="verdict-line">
        <Badge
          tone={verdict.urgency === "urgent" ? "danger-soft" : "accent"}
          glyph={verdict.urgency === "urgent" ? "danger" : "diamond"}
        >
          {code("side", verdict.side)}
        </Badge>
        <span className="aside number">{verdict.item}</span>
        {verdict.urgency === "urgent" ? (
          <Badge tone="danger" glyph="danger">
            {t("verdict.urgent")}
          </Badge>
        ) : null}
        {verdict.basis === "default" ? (
          <Badge tone="warn" glyph="diamond">
            {t("verdict.consult")}
          </Badge>
        ) : null}
      </p>
      <p className="aside">
        {verdict.condition === null ? null : (
          <span>
            {t("verdict.condition")} <span lang="zh-CN">{verdict.condition}</span> ·{" "}
          </span>
        )}
        <span>
          {t("verdict.source")} {verdict.source} ({code("verdict.basis", verdict.basis)})
        </span>{" "}
        · <span>{code("verdict.by", verdict.by)}</span> ·{" "}
        <span>
          {t("verdict.catalogue")} {verdict.catalogueVersion}
        </span>
      </p>
    </section>
  );
}
