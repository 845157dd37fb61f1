import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Meta } from "../../../src/http/contract/index.ts";
import { timelineQuery } from "../../shared/api/reads.ts";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { Bones, Empty, ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import type { TranslateCode } from "../../shared/i18n/text.tsx";
import { deskOf, newestFirst } from "../../shared/list-names.ts";
import { formatTime } from "../../shared/time.ts";
import type { TimelineEntry } from "./contract-types.ts";

const FAMILY = { case: "status", linkage: "linkageState", order: "orderStatus" } as const;

/** Coded details that help a reader; everything else of an entry is for the evidence, not for the desk. */
const TOLD: readonly (readonly [detail: string, family: string])[] = [
  ["stage", "progress"],
  ["outcome", "callback"],
  ["satisfaction", "satisfaction"],
  ["basis", ""],
  ["proposedOwner", ""],
];

/** Sealed values that do not explain themselves. */
const LABELLED = /^(requester\.|address$)/;

function wordOf(type: string, code: TranslateCode): string {
  if (type.startsWith("receipt")) return code("event", "receipt");
  if (type.startsWith("timer")) return code("event", "timer");
  return code("event", type);
}

function detailsOf(row: TimelineEntry, code: TranslateCode): readonly string[] {
  return TOLD.flatMap(([detail, family]) => {
    const value = row.details[detail];
    if (typeof value !== "string" && typeof value !== "number") return [];
    return [family === "" ? String(value) : code(family, String(value))];
  });
}

function Entry({ row, meta }: { readonly row: TimelineEntry; readonly meta: Meta }): ReactNode {
  const { t, code } = useText();
  const desk = deskOf(meta, row.by.node);
  const minor = /^(receipt|timer)/.test(row.type);
  const family = FAMILY[row.stream];
  const moved = row.to !== null && row.from !== row.to ? code(family, row.to) : null;
  const details = detailsOf(row, code);
  return (
    <li className={["entry", minor ? "minor" : "", desk === meta.side ? "ours" : "theirs"].join(" ")}>
      <p className="entry-top">
        <time dateTime={row.at}>{formatTime(row.at)}</time>
        {row.by.node === "" ? null : (
          <span className="desk-mark">{desk === null ? row.by.node : code("sideName", desk)}</span>
        )}
        <b>{wordOf(row.type, code)}</b>
      </p>
      <p className="aside">
        {row.by.name ?? code("actor", row.by.kind)}
        {moved === null ? null : <span> → {moved}</span>}
        {details.length === 0 ? null : <span> · {details.join(" · ")}</span>}
        {row.source === null ? null : (
          <span>
            {" "}
            ·{" "}
            {/^(linkage|case|order) /.test(row.source)
              ? `${t("timeline.rule")} ${row.source}`
              : t("timeline.source", { source: row.source })}
          </span>
        )}
      </p>
      {row.texts.map((text) =>
        text.view.value === null ? (
          <p key={text.field} className="aside">
            {code("showing", text.view.showing)}
          </p>
        ) : (
          <div key={text.field} className="entry-text">
            {LABELLED.test(text.field) ? <span className="aside">{code("field", text.field)}</span> : null}
            <FoldText text={text.view.value} />
          </div>
        ),
      )}
    </li>
  );
}

/** What happened, who did it at which desk, and the clause it rests on; newest on top. */
export function Timeline({ no, meta }: { readonly no: string; readonly meta: Meta }): ReactNode {
  const { t } = useText();
  const query = useQuery(timelineQuery(no));
  const rows = query.data === undefined ? [] : newestFirst(query.data.rows);
  return (
    <aside className="timeline pane" aria-label={t("request.timeline")}>
      <h2 className="pane-title">{t("request.timeline")}</h2>
      {query.isPending ? <Bones rows={4} /> : null}
      {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? <Empty title={t("request.timelineEmpty")} /> : null}
      <ol>
        {rows.map((row) => (
          <Entry key={`${row.streamId} ${row.at} ${row.type} ${row.cause}`} row={row} meta={meta} />
        ))}
      </ol>
    </aside>
  );
}
