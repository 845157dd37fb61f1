import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { DutyRow } from "../../src/http/contract/index.ts";
import { dutyQuery } from "../shared/api/reads.ts";
import { Badge } from "../shared/design/glyph.tsx";
import { Bones, Empty, ProblemNote } from "../shared/design/states.tsx";
import { useText } from "../shared/i18n/text.tsx";
import { useKeys } from "../shared/keys/keys.tsx";
import { formatTime } from "../shared/time.ts";

function Phone({ number }: { readonly number: string }): ReactNode {
  return (
    <a className="number duty-phone" href={`tel:${number}`}>
      {number}
    </a>
  );
}

/** Who is on duty; the duty phone itself when no roster says more. */
function Now({ row }: { readonly row: DutyRow }): ReactNode {
  const { t, language } = useText();
  if (row.now.length > 0)
    return (
      <ol className="duty-now" aria-label={t("dutyPage.now")}>
        {row.now.map((turn) => (
          <li key={`${turn.functionZh} ${turn.phone}`}>
            <Phone number={turn.phone} />
            <span lang={language === "zh" || turn.functionEn === "" ? "zh-CN" : undefined}>
              {language === "zh" || turn.functionEn === "" ? turn.functionZh : turn.functionEn}
            </span>
          </li>
        ))}
      </ol>
    );
  return (
    <div className="duty-now">
      <Phone number={row.dutyPhone} />
      <span className={row.rostered ? "duty-nobody" : undefined}>
        {t(row.rostered ? "dutyPage.nobody" : "dutyPage.noRoster")}
      </span>
    </div>
  );
}

function Next({ row }: { readonly row: DutyRow }): ReactNode {
  const { t, named } = useText();
  if (row.next.length === 0) return <p className="aside">{t("dutyPage.noNext")}</p>;
  return (
    <ol className="duty-next" aria-label={t("dutyPage.next")}>
      {row.next.map((step, i) => (
        <li key={`${i} ${step.phone}`}>
          <span>
            {step.unit === null ? null : <span>{named(step.unit)} </span>}
            {step.functionZh === null ? null : <span lang="zh-CN">{step.functionZh} </span>}
          </span>
          <a className="number" href={`tel:${step.phone}`}>
            {step.phone}
          </a>
          <span className="aside">{t("dutyPage.after", { n: step.afterMinutes })}</span>
        </li>
      ))}
    </ol>
  );
}

function Verified({ row }: { readonly row: DutyRow }): ReactNode {
  const { t } = useText();
  if (row.verifiedOn === null) return <Badge tone="warn">{t("dutyPage.never")}</Badge>;
  if (row.stale) return <Badge tone="warn">{t("dutyPage.stale", { day: row.verifiedOn })}</Badge>;
  return <span className="aside">{t("dutyPage.verified", { day: row.verifiedOn })}</span>;
}

function Unit({ row }: { readonly row: DutyRow }): ReactNode {
  const { t, code, named } = useText();
  return (
    <li className="duty-unit">
      <div>
        <h3 lang="zh-CN">{row.nameZh}</h3>
        <p className="aside">
          {code("sideName", row.side)} · {named(row.kind)}
          {row.area === null ? null : <span lang="zh-CN"> · {row.area}</span>}
        </p>
        <p className="duty-marks">
          <Verified row={row} />
          {row.invented ? <span className="aside">{t("dutyPage.invented")}</span> : null}
        </p>
      </div>
      <div>
        <h4>{t("dutyPage.now")}</h4>
        <Now row={row} />
        {row.gap === null ? null : (
          <Badge tone="warn" glyph="danger">
            {t("dutyPage.gap", { from: formatTime(row.gap.from), to: formatTime(row.gap.to) })}
          </Badge>
        )}
      </div>
      <div>
        <h4>{t("dutyPage.next")}</h4>
        <Next row={row} />
      </div>
    </li>
  );
}

/** A pause in typing after which the question is asked, in milliseconds. */
const PAUSE_MS = 120;

/**
 * Whom to ring: every unit with who is on duty now and who is next when nobody answers. It stands beside what one is doing, so that
 * a number can be read out of it while a form stays open. @source yn:4.1.2 @req REQ-34
 */
export function Duty({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const box = useRef<HTMLInputElement>(null);
  const drawer = useRef<HTMLElement>(null);
  const [words, setWords] = useState("");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    box.current?.focus();
    const all = drawer.current;
    // What is sent by this key stands behind, and it is not what the person has before him here.
    const stop = (event: KeyboardEvent) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.stopPropagation();
    };
    all?.addEventListener("keydown", stop);
    return () => all?.removeEventListener("keydown", stop);
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  const query = useQuery({ ...dutyQuery(asked), placeholderData: keepPreviousData });
  const { data } = query;
  useKeys([{ combo: "Escape", label: "dutyPage.close", run: onClose, unlisted: true }]);
  return (
    <aside ref={drawer} className="duty-drawer" aria-label={t("dutyPage.title")}>
      <div className="duty-head">
        <h2>{t("dutyPage.title")}</h2>
        <button type="button" className="button small" onClick={onClose}>
          {t("dutyPage.close")} <kbd>Esc</kbd>
        </button>
      </div>
      <input
        ref={box}
        className="input"
        type="search"
        aria-label={t("dutyPage.search")}
        placeholder={t("dutyPage.search")}
        aria-describedby="duty-hint"
        maxLength={100}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <p id="duty-hint" className="aside">
        {t("dutyPage.searchHint")}
      </p>
      {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Bones rows={3} /> : null}
      {data === undefined ? null : data.rows.length === 0 ? (
        <Empty title={t("dutyPage.none")} hint={t("dutyPage.noneHint")} />
      ) : (
        <ul className="duty-units">
          {data.rows.map((row) => (
            <Unit key={row.code} row={row} />
          ))}
        </ul>
      )}
      {data === undefined || data.more === 0 ? null : <p className="aside">{t("dutyPage.more", { n: data.more })}</p>}
    </aside>
  );
}
