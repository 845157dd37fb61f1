import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../src/http/contract/index.ts";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { Badge } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { nameIn } from "../../shared/list-names.ts";
import { formatTime } from "../../shared/time.ts";

/** Five levels as number, word and filled marks: never colour alone. */
export function Satisfaction({
  level,
  solved,
}: {
  readonly level: number | null;
  readonly solved: boolean | null;
}): ReactNode {
  const { t, code } = useText();
  return (
    <span className="satisfaction">
      {level === null ? null : (
        <>
          <span className="marks" aria-hidden="true">
            {[1, 2, 3, 4, 5].map((n) => (
              <i key={n} className={n <= level ? "on" : ""} />
            ))}
          </span>
          <b>
            {level}/5 {code("satisfaction", String(level))}
          </b>
        </>
      )}
      {solved === null ? null : (
        <Badge tone={solved ? "ok" : "warn"} glyph={solved ? "check" : "cross"}>
          {solved ? t("request.solved") : t("request.notSolved")}
        </Badge>
      )}
    </span>
  );
}

/** First action at the scene, result, call-backs, rating: what came of it so far. */
export function Outcome({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code, named } = useText();
  const { initialResponse, conclusion, callbacks, rating, closedAs } = request;
  if (initialResponse === null && conclusion === null && callbacks.length === 0 && rating === null) return null;
  return (
    <section className="block" aria-label={t("request.conclusion")}>
      {initialResponse?.value === undefined || initialResponse.value === null ? null : (
        <div className="answer">
          <h3>{t("request.initialResponse")}</h3>
          <FoldText text={initialResponse.value} />
        </div>
      )}
      {conclusion === null ? null : (
        <div className="answer">
          <h3>
            {t("request.conclusion")} · {nameIn(meta.lists.resolutions, conclusion.resolution, named)}{" "}
            <span className="aside">{formatTime(conclusion.at)}</span>
          </h3>
          {conclusion.result?.value === undefined || conclusion.result.value === null ? null : (
            <FoldText text={conclusion.result.value} />
          )}
        </div>
      )}
      {callbacks.map((one) => (
        <div className="answer" key={one.no}>
          <h3>
            {t("request.callbacks")} {one.no} · {code("callback", one.outcome)}{" "}
            <span className="aside">{formatTime(one.at)}</span>
          </h3>
          <Satisfaction level={one.satisfaction} solved={one.solved} />
          {one.note?.value === undefined || one.note.value === null ? null : <FoldText text={one.note.value} />}
        </div>
      ))}
      {rating === null || callbacks.length > 0 ? null : (
        <div className="answer">
          <h3>{t("request.rating")}</h3>
          <Satisfaction level={rating.satisfaction} solved={rating.solved} />
        </div>
      )}
      {closedAs === null ? null : (
        <p className="aside">
          {t("request.closedAs")}: {code("closed", closedAs)}
        </p>
      )}
    </section>
  );
}
