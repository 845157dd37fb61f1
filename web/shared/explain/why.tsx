import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ExplanationQuery, ExplanationView } from "../../../src/http/contract/index.ts";
import { explanationQuery } from "../api/reads.ts";
import { Badge } from "../design/glyph.tsx";
import { useText } from "../i18n/text.tsx";

/** The clause as printed, its paper and version, and what is still to be agreed. */
function Source({ why }: { readonly why: ExplanationView }): ReactNode {
  const { t } = useText();
  return (
    <div className="why-source">
      {why.sourceText === null ? null : <blockquote lang="zh-CN">{why.sourceText}</blockquote>}
      <p className="aside">
        <span lang="zh-CN">{why.documentZh}</span> · <span lang="zh-CN">{why.clauseTitleZh}</span> {why.clause} ·{" "}
        {why.code} · {t("verdict.catalogue")} {why.version}
      </p>
      {why.doubtZh === null ? null : (
        <p lang="zh-CN">
          <Badge tone="warn">{t("verdict.consult")}</Badge> {why.doubtZh}
        </p>
      )}
    </div>
  );
}

/** Why something is so: a sentence to read aloud, and its source on request. All of it is the node's, none of it the screen's. */
export function Why({ why, silent = false }: { readonly why: ExplanationView; readonly silent?: boolean }): ReactNode {
  const { language } = useText();
  const zh = language === "zh";
  return (
    <div className="why">
      {silent ? null : (
        <p className="why-say" lang={zh ? "zh-CN" : "en"}>
          {zh ? why.sentenceZh : why.sentenceEn}
        </p>
      )}
      <details>
        <summary>
          {zh ? why.basisZh : why.basisEn} · {zh ? `${why.clauseTitleZh} ` : ""}
          {why.clause}
        </summary>
        <Source why={why} />
      </details>
    </div>
  );
}

/** The same by what is to be explained; nothing while it is not here, and nothing where this node cannot explain it. */
export function WhyOf({ ask, silent }: { readonly ask: ExplanationQuery; readonly silent?: boolean }): ReactNode {
  const why = useQuery(explanationQuery(ask)).data?.explanation ?? null;
  return why === null ? null : <Why why={why} silent={silent ?? false} />;
}

/** The same behind one press, asked for only then: for places where it would be in the way. */
export function WhyLater({ ask, label }: { readonly ask: ExplanationQuery; readonly label: string }): ReactNode {
  const { t, language } = useText();
  const zh = language === "zh";
  const [open, setOpen] = useState(false);
  const found = useQuery({ ...explanationQuery(ask), enabled: open });
  const why = found.data?.explanation ?? null;
  return (
    <details className="why-later" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {why === null ? (
        <p className="aside">{found.isFetching ? t("app.loading") : t("why.none")}</p>
      ) : (
        <>
          <p className="why-say" lang={zh ? "zh-CN" : "en"}>
            {zh ? why.sentenceZh : why.sentenceEn}
          </p>
          <p className="aside">{zh ? why.basisZh : why.basisEn}</p>
          <Source why={why} />
        </>
      )}
    </details>
  );
}
