import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Meta } from "../../../src/http/contract/index.ts";
import { timelineQuery } from "../../shared/api/reads.ts";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { Bones, Empty, ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import type { TranslateCode } from "../../shared/i18n/text.tsx";
import { deskOf, newestFirst } from "../../shared/list-names.ts";
import { formatTime, lateBy } from "../../shared/time.ts";
import { ClauseName } from "./clause-name.tsx";
import type { TimelineEntry } from "./contract-types.ts";
import { clockDetails } from "./clock-words.ts";
import { fieldWord } from "./field-word.ts";
import { OrderUnit } from "./order-unit.tsx";
import { TakenBack } from "./taken-back.tsx";
import { toldOnce } from "./told-once.ts";
import { toldWords, useItemName } from "./told.tsx";

const FAMILY = { case: "status", linkage: "linkageState", order: "orderStatus", clock: "status" } as const;

/** Coded details that help a reader; everything else of an entry is for the evidence, not for the desk. */
const TOLD: readonly (readonly [detail: string, family: string])[] = [
  ["dial", ""],
  ["result", "call"],
  ["stage", "progress"],
  ["outcome", "callback"],
  ["missing", "missing"],
  ["satisfaction", "satisfaction"],
  ["basis", ""],
  ["proposedOwner", ""],
];

/** Sealed values that do not explain themselves. */
const LABELLED = /^(requester\.|address$|basis\.|proposedOwner\.|doubtful\.)/;

/**
 * What the machines tell each other, and what a neighbouring entry says in a person's words already: kept for whoever asks
 * for details, not for whoever must know what happened.
 */
const MINOR =
  /^(receipt|timer|command\.(add|shown|progress)$|message\.(confirmed|conclusionHeld|endHeld)$|Order(Opened|Ended)$)/;

/** Whether an entry stands behind "details". */
export function isMinor(row: Pick<TimelineEntry, "type">): boolean {
  return MINOR.test(row.type);
}

function wordOf({ type, details }: Pick<TimelineEntry, "type" | "details">, code: TranslateCode): string {
  if (type.startsWith("receipt")) return code("event", "receipt");
  if (type.startsWith("timer")) return code("event", "timer");
  if (type === "CaseReceived" && details["status"] === "handedOver") return code("event", "CaseReceivedTold");
  if (restsHere({ type, details })) return code("event", "CaseAtRest");
  return code("event", type);
}

/** How a request was closed, as far as the entry's own name does not say it. */
function closedAs(row: TimelineEntry, code: TranslateCode): readonly string[] {
  const as = row.type === "CaseClosed" ? row.details["as"] : undefined;
  return typeof as === "string" ? [code("closed", as)] : [];
}

/** Who did it; of what the other desk did, when that desk wrote it, and how late it came where the link held it up. */
function useDoer(row: TimelineEntry, meta: Meta): string {
  const { t, code } = useText();
  if (row.by.name !== null) return row.by.name;
  const desk = deskAt(row, meta);
  if (row.by.kind !== "node" || desk === null || desk === meta.side) return code("actor", row.by.kind);
  const { saidAt = null } = row;
  if (saidAt === null) return t("timeline.theirs");
  const time = formatTime(saidAt);
  const late = lateBy(t, saidAt, row.at);
  return late === null ? t("timeline.said", { time }) : t("timeline.saidLate", { time, late });
}

const RESTS: ReadonlySet<string> = new Set(["dangerEnded", "jointEnded", "informed"]);

/**
 * Whether a copy came to rest by itself: the part it was here for is over, or what it was told was read. The other desk's last word
 * brought it about, and its own request may well be open.
 */
function restsHere({ type, details }: Pick<TimelineEntry, "type" | "details">): boolean {
  return type === "CaseClosed" && RESTS.has(String(details["as"]));
}

/** The desk at which it was done; null = not one of the two. */
function deskAt(row: TimelineEntry, meta: Meta): Meta["side"] | null {
  return restsHere(row) ? meta.side : deskOf(meta, row.by.node);
}

type Fact = Parameters<typeof toldWords>[0];

/** The facts that another desk told in this entry. */
function factsIn(row: TimelineEntry): readonly Fact[] {
  const told: unknown = row.details["told"];
  if (!Array.isArray(told)) return [];
  return told.flatMap((one: unknown) => {
    const { name, value } = { name: null, value: null, ...(typeof one === "object" ? one : null) };
    if (typeof name !== "string") return [];
    return [{ name, value: typeof value === "string" || typeof value === "boolean" ? value : null }];
  });
}

/** The same in words; an item by its name. */
function useFactsTold(row: TimelineEntry, words: Parameters<typeof toldWords>[1]): readonly string[] {
  const facts = factsIn(row);
  const item = useItemName(facts.find(({ name }) => name === "item")).name;
  return facts.map((fact) => {
    const said = (fact.name === "item" ? item : toldWords(fact, words)) ?? words.code("app", "none");
    return `${words.code("fact", fact.name)} ${said}`;
  });
}

function detailsOf(row: TimelineEntry, code: TranslateCode): readonly string[] {
  const about = row.details["about"];
  const why = Array.isArray(about) ? about.map((kind: unknown) => code("alarm", String(kind))) : [];
  const told = TOLD.flatMap(([detail, family]) => {
    const value = row.details[detail];
    if (typeof value !== "string" && typeof value !== "number") return [];
    return [family === "" ? String(value) : code(family, String(value))];
  });
  return [...told, ...why];
}

type EntryProps = {
  readonly no: string;
  readonly row: TimelineEntry;
  readonly meta: Meta;
  readonly detailed: boolean;
};

function Entry({ no, row, meta, detailed }: EntryProps): ReactNode {
  const { t, code, named } = useText();
  const desk = deskAt(row, meta);
  const doer = useDoer(row, meta);
  const minor = isMinor(row);
  const family = FAMILY[row.stream];
  const moved = row.to !== null && row.from !== row.to ? code(family, row.to) : null;
  const details = [
    ...detailsOf(row, code),
    ...closedAs(row, code),
    ...clockDetails(row, { t, code }),
    ...useFactsTold(row, { meta, code, named }),
  ];
  return (
    <li className={["entry", minor ? "minor" : "", desk === meta.side ? "ours" : "theirs"].join(" ")}>
      <p className="entry-top">
        <time dateTime={row.at}>{formatTime(row.at)}</time>
        {row.by.node === "" ? null : (
          <span className="desk-mark">{desk === null ? row.by.node : code("sideName", desk)}</span>
        )}
        <b>{wordOf(row, code)}</b>
      </p>
      <p className="aside">
        {doer}
        {moved === null ? null : <span> → {moved}</span>}
        {details.length === 0 ? null : <span> · {details.join(" · ")}</span>}
        {row.source === null || !detailed ? null : (
          <span>
            {" "}
            ·{" "}
            {/^(linkage|case|order) /.test(row.source) ? (
              `${t("timeline.rule")} ${row.source}`
            ) : (
              <ClauseName clause={row.source} />
            )}
          </span>
        )}
      </p>
      <TakenBack no={no} row={row} meta={meta} />
      <OrderUnit no={no} row={row} />
      {row.texts.map((text) =>
        text.view.value === null ? (
          <p key={text.field} className="aside">
            {code("showing", text.view.showing)}
          </p>
        ) : (
          <div key={text.field} className="entry-text">
            {LABELLED.test(text.field) ? <span className="aside">{fieldWord(text.field, code)}</span> : null}
            <FoldText text={text.view.value} />
          </div>
        ),
      )}
    </li>
  );
}

const DETAILED = "liandong.timeline.details";

/** What happened, who did it at which desk, in words; clauses, rules and receipts on request. Newest on top. */
export function Timeline({ no, meta }: { readonly no: string; readonly meta: Meta }): ReactNode {
  const { t } = useText();
  const [detailed, setDetailed] = useState(() => sessionStorage.getItem(DETAILED) === "yes");
  const query = useQuery(timelineQuery(no));
  const rows = query.data === undefined ? [] : newestFirst(query.data.rows);
  const shown = detailed ? rows : toldOnce(rows).filter((row) => !isMinor(row));
  const turn = () => {
    sessionStorage.setItem(DETAILED, detailed ? "no" : "yes");
    setDetailed(!detailed);
  };
  return (
    <aside className="timeline pane" aria-label={t("request.timeline")}>
      <header className="timeline-head">
        <h2 className="pane-title">{t("request.timeline")}</h2>
        <button type="button" className="button small" aria-pressed={detailed} onClick={turn}>
          {t("timeline.details")}
        </button>
      </header>
      {query.isPending ? <Bones rows={4} /> : null}
      {query.isError ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && rows.length === 0 ? <Empty title={t("request.timelineEmpty")} /> : null}
      <ol>
        {shown.map((row) => (
          <Entry
            key={`${row.streamId} ${row.at} ${row.type} ${row.cause}`}
            no={no}
            row={row}
            meta={meta}
            detailed={detailed}
          />
        ))}
      </ol>
      {shown.length === rows.length ? null : (
        <p className="aside timeline-more">{t("timeline.hidden", { n: rows.length - shown.length })}</p>
      )}
    </aside>
  );
}
