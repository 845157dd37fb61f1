import type { ReactNode } from "react";
import { ApiFailure } from "../api/client.ts";
import { WhyLater } from "../explain/why.tsx";
import { useText } from "../i18n/text.tsx";
import { Glyph } from "./glyph.tsx";

/** Nothing to show, said so that nobody waits for it. */
export function Empty({ title, hint }: { readonly title: string; readonly hint?: string }): ReactNode {
  return (
    <div className="empty">
      <Glyph name="ring" size={22} />
      <p>{title}</p>
      {hint === undefined ? null : <p>{hint}</p>}
    </div>
  );
}

/** The place of what is still being read. */
export function Bones({ rows = 3 }: { readonly rows?: number }): ReactNode {
  const { t } = useText();
  return (
    <output className="bones" aria-label={t("app.loading")}>
      {Array.from({ length: rows * 3 }, (_, i) => (
        <i key={i} />
      ))}
    </output>
  );
}

/** The refusal in the reader's language, with code and clause; a failure without an answer says what to do. */
export function ProblemNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }): ReactNode {
  const { t, language } = useText();
  const failure = error instanceof ApiFailure ? error : null;
  const problem = failure?.problem ?? null;
  const words =
    failure?.network === true
      ? t("problem.network")
      : failure?.status === 412
        ? t("problem.changed")
        : problem === null
          ? t("problem.unknown")
          : language === "zh"
            ? problem.title
            : problem.titleEn;
  return (
    <div className="notice wrong-box" role="alert">
      <Glyph name="cross" />
      <span>{words}</span>
      {problem?.detail === undefined ? null : <span>{problem.detail}</span>}
      {failure === null || failure.network ? null : (
        <span className="aside">{t("problem.code", { code: failure.code })}</span>
      )}
      {problem?.source === undefined ? null : (
        <WhyLater label={t("why.refusal")} ask={{ kind: "refusal", code: problem.code }} />
      )}
      {onRetry === undefined ? null : (
        <button type="button" className="button small" onClick={onRetry}>
          {t("app.retry")}
        </button>
      )}
    </div>
  );
}
