import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../src/http/contract/index.ts";
import { Badge, Glyph } from "../../shared/design/glyph.tsx";
import { WhyOf } from "../../shared/explain/why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { AskedBefore } from "../questions/asked.tsx";
import { ClauseName } from "./clause-name.tsx";
import { deskWord, ToldNote, toldOf } from "./told.tsx";

/** Whose matter it is and what says so; a default criterion is marked as to be agreed. */
export function Verdict({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code } = useText();
  const { verdict } = request;
  const told = <ToldNote told={toldOf(request, "item")} own={verdict?.item ?? null} meta={meta} />;
  if (verdict === null) {
    return (
      <section className="block verdict none" aria-label={t("request.verdict")}>
        <Glyph name="ring" /> {t("request.noVerdict")} {told}
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
          <ClauseName clause={verdict.source} /> · {code("verdict.basis", verdict.basis)}
        </span>{" "}
        ·{" "}
        <span>
          {verdict.by === "peer" && verdict.from !== undefined
            ? t("verdict.byDesk", { desk: deskWord(meta, verdict.from, code) })
            : code("verdict.by", verdict.by)}
        </span>{" "}
        ·{" "}
        <span>
          {t("verdict.catalogue")} {verdict.catalogueVersion}
        </span>
        {verdict.wordsOf === undefined ? null : (
          <>
            {" "}
            · <span className="words-of">{t("verdict.wordsOf", { version: verdict.wordsOf })}</span>
          </>
        )}
      </p>
      {verdict.item === null ? null : (
        <WhyOf ask={{ kind: "verdict", code: verdict.item, version: verdict.catalogueVersion }} />
      )}
      <AskedBefore asked={verdict.asked} />
      {told}
    </section>
  );
}
