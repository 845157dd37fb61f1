import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../../src/http/contract/index.ts";
import { FoldText } from "../../../shared/design/fold-text.tsx";
import { useText } from "../../../shared/i18n/text.tsx";
import { deskOf, nameIn } from "../../../shared/list-names.ts";
import { formatTime } from "../../../shared/time.ts";
import { SealedValue } from "../reveal.tsx";
import { additionsOf } from "../said.tsx";

type Answer = { readonly by: string; readonly at: string; readonly kind: string | null; readonly text: string };

/** What was answered and by whom: the desk's conclusion, then what each unit replied. */
function useAnswers(request: RequestView, meta: Meta): readonly Answer[] {
  const { code, named } = useText();
  const { conclusion, orders, holder } = request;
  const other = request.linkages.at(-1)?.peerSide ?? (holder === null ? null : deskOf(meta, holder)) ?? meta.side;
  const desk = conclusion?.by === "peer" ? other : meta.side;
  const own: readonly Answer[] =
    conclusion === null
      ? []
      : [
          {
            by: code("sideName", desk),
            at: conclusion.at,
            kind: nameIn(meta.lists.resolutions, conclusion.resolution, named),
            text: conclusion.result?.value ?? "",
          },
        ];
  const units = orders.flatMap(({ unitName, endedAt, resolution, reply }): readonly Answer[] => {
    const text = reply?.value ?? null;
    const kind = nameIn(meta.lists.resolutions, resolution, named);
    return text === null ? [] : [{ by: unitName, at: endedAt ?? "", kind, text }];
  });
  return [...own, ...units];
}

/**
 * What must be read while the person is called back: whom to dial, what was asked, what was answered and by whom. It stands right
 * above the form, because that covers the request; not in it, because a number is revealed with a form of its own.
 */
export function CallBackBrief({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code } = useText();
  const answers = useAnswers(request, meta);
  const { fields, requestNo: no } = request;
  const said = ["text", ...additionsOf(request).map(({ field }) => field)].flatMap(
    (field) => fields[field]?.value ?? [],
  );
  return (
    <dl className="call-brief">
      {(["requester.phone", "requester.name"] as const).map((field) => {
        const view = fields[field];
        return (
          <div key={field} className="call-brief-who">
            <dt>{code("field", field)}</dt>
            <dd>{view === undefined ? t("app.none") : <SealedValue no={no} field={field} view={view} />}</dd>
          </div>
        );
      })}
      <div>
        <dt>{t("callBrief.asked")}</dt>
        <dd>
          {said.length === 0 ? t("queue.noText") : null}
          {said.map((words) => (
            <FoldText key={words} text={words} />
          ))}
        </dd>
      </div>
      <div>
        <dt>{t("callBrief.answered")}</dt>
        <dd>
          {answers.length === 0 ? t("callBrief.noAnswer") : null}
          {answers.map(({ by, at, kind, text }) => (
            <div key={`${by} ${at}`}>
              <b>{by}</b>
              {kind === null ? null : <> · {kind}</>} <span className="aside">{at === "" ? "" : formatTime(at)}</span>
              <FoldText text={text} />
            </div>
          ))}
        </dd>
      </div>
    </dl>
  );
}
