import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../src/http/contract/index.ts";
import { callApi } from "../../shared/api/client.ts";
import { alarmsQuery } from "../../shared/api/reads.ts";
import { Badge, Glyph } from "../../shared/design/glyph.tsx";
import { ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import type { FieldView, TimelineEntry } from "./contract-types.ts";
import { fieldWord } from "./field-word.ts";
import { SealedValue } from "./reveal.tsx";
import { deskWord } from "./told.tsx";

/** A value that came with a message and does not fit it: what it was said to be, by whom, and what does not fit. */
type Doubtful = {
  readonly field: string;
  readonly view: FieldView;
  readonly from: string | null;
  readonly claimed: string | null;
  readonly why: string | null;
  readonly at: string | null;
};

function textAt(list: unknown, i: number): string | null {
  const one: unknown = Array.isArray(list) ? list[i] : null;
  return typeof one === "string" && one !== "" ? one : null;
}

/** The doubtful values of a request, in the order in which they came, with what the timeline knows of each. */
function doubtfulOf(
  request: Pick<RequestView, "fields">,
  timeline: readonly Pick<TimelineEntry, "type" | "at" | "texts" | "details">[],
): readonly Doubtful[] {
  const known = new Map(
    timeline
      .filter((row) => row.type === "CaseDoubtful")
      .flatMap(({ texts, details, at }) =>
        texts.map(({ field }, i) => {
          const from = typeof details["from"] === "string" ? details["from"] : null;
          return [
            field,
            { from, claimed: textAt(details["fields"], i), why: textAt(details["codes"], i), at },
          ] as const;
        }),
      ),
  );
  const unknown = { from: null, claimed: null, why: null, at: null };
  return Object.entries(request.fields)
    .filter(([field]) => field.startsWith("doubtful."))
    .map(([field, view]) => ({ field, view, ...(known.get(field) ?? unknown) }));
}

/** What came of comparing it with its sender; then the mark is answered. */
function Compared({ request }: { readonly request: RequestView }): ReactNode {
  const { t } = useText();
  const client = useQueryClient();
  const alarms = useQuery(alarmsQuery).data?.rows ?? [];
  const marks = alarms.filter((one) => one.kind === "doubtfulValue" && one.requestNo === request.requestNo);
  const open = marks.filter((one) => one.acknowledgedAt === null);
  const answer = useMutation({
    networkMode: "always",
    mutationFn: async (outcome: string) => {
      for (const { kind, subject } of open) {
        await callApi("/alarms/acknowledge", { method: "POST", body: { kind, subject, outcome } });
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: alarmsQuery.queryKey }),
  });
  if (marks.length === 0) return null;
  if (open.length === 0) {
    return (
      <Badge tone="ok" glyph="check">
        {t("doubtful.done")}
      </Badge>
    );
  }
  return (
    <span className="card-acts">
      {(["same", "other"] as const).map((outcome) => (
        <button
          key={outcome}
          type="button"
          className="button small"
          disabled={answer.isPending}
          onClick={() => answer.mutate(`compared: ${outcome}`)}
        >
          {t(`doubtful.${outcome}`)}
        </button>
      ))}
      {answer.isError ? <ProblemNote error={answer.error} /> : null}
    </span>
  );
}

/** Marked apart from everything that was said: nobody may act on it before it was compared with its sender. @source nmg:2.3.2 */
export function DoubtfulValues({
  request,
  meta,
  timeline,
}: {
  readonly request: RequestView;
  readonly meta: Meta;
  readonly timeline: readonly TimelineEntry[];
}): ReactNode {
  const { t, code } = useText();
  const values = doubtfulOf(request, timeline);
  if (values.length === 0) return null;
  const from = values.find((one) => one.from !== null)?.from ?? request.linkages[0]?.peer ?? "";
  const desk = deskWord(meta, from, code);
  const dial = meta.peers.find((peer) => peer.nodeCode === from)?.dutyPhone ?? request.linkages[0]?.dutyPhone ?? "";
  return (
    <section className="block doubtful" aria-labelledby="doubtful">
      <h2 id="doubtful">
        <Glyph name="diamond" /> {t("doubtful.title")}
      </h2>
      <p>
        {t("doubtful.what", { desk })} {t("doubtful.compare", { desk, dial })}
      </p>
      <ul>
        {values.map(({ field, view, claimed, why, at }) => (
          <li key={field}>
            {claimed === null ? null : (
              <span className="aside">{t("doubtful.as", { field: fieldWord(claimed, code) })}</span>
            )}{" "}
            <SealedValue no={request.requestNo} field={field} view={view} />{" "}
            <span className="aside">
              {[why === null ? null : code("doubtfulWhy", why), at === null ? null : formatTime(at)]
                .filter((one) => one !== null)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      <Compared request={request} />
    </section>
  );
}
