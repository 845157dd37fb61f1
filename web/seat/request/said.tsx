import type { ReactNode } from "react";
import type { RequestView } from "../../../src/http/contract/index.ts";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { Badge } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { askedLines, isAsked } from "./matter.ts";
import { SealedValue } from "./reveal.tsx";

/** The additions in the order in which they were said (fields keep the order in which they came); `n` counts from 1. */
export function additionsOf(
  request: Pick<RequestView, "fields">,
): readonly { readonly field: string; readonly n: number }[] {
  return Object.keys(request.fields)
    .filter((field) => field.startsWith("note."))
    .map((field, i) => ({ field, n: i + 1 }));
}

/** What the person said, then every addition; those that nobody here has read stand out until marked as read. */
export function Said({
  request,
  onRead,
  newest,
}: {
  readonly request: RequestView;
  /** Told which element holds what was said last. */
  readonly newest: (element: Element | null) => void;
  readonly onRead: (linkageId: string) => void;
}): ReactNode {
  const { t, language } = useText();
  const text = request.fields["text"];
  const additions = additionsOf(request);
  const unreadLinkage = request.linkages.find((linkage) => linkage.additionsUnread > 0);
  const unread = unreadLinkage?.additionsUnread ?? 0;
  const firstUnread = additions.length - unread;
  return (
    <section ref={additions.length === 0 ? newest : undefined} className="block said" aria-labelledby="said">
      <h2 id="said" className="unseen">
        {t("request.said")}
      </h2>
      {text === undefined ? (
        <p className="none">{t("queue.noText")}</p>
      ) : text.showing === "clear" && text.value !== null ? (
        <FoldText text={text.value} />
      ) : (
        <SealedValue no={request.requestNo} field="text" view={text} />
      )}
      {additions.length === 0 ? null : (
        <ol className="additions">
          {additions.map(({ field, n }, i) => {
            const view = request.fields[field];
            return view === undefined ? null : (
              <li
                key={field}
                ref={i === additions.length - 1 ? newest : undefined}
                className={i >= firstUnread ? "addition unread" : "addition"}
              >
                <span className="aside">
                  {isAsked(field) ? t("field.asked", { n }) : t("field.note", { n })}{" "}
                  {i >= firstUnread ? (
                    <Badge tone="warn" glyph="dot">
                      {t("queue.new")}
                    </Badge>
                  ) : null}
                </span>
                {view.showing === "clear" && view.value !== null ? (
                  <FoldText text={isAsked(field) ? askedLines(view.value, language).join("\n") : view.value} />
                ) : (
                  <SealedValue no={request.requestNo} field={field} view={view} />
                )}
              </li>
            );
          })}
        </ol>
      )}
      {unreadLinkage === undefined ? null : (
        <p className="notice warn">
          <span>{t("request.additionsUnread", { n: unread })}</span>
          {unreadLinkage.allowed.includes("readAdditions") ? (
            <button
              type="button"
              className="button small"
              data-read-additions=""
              onClick={() => onRead(unreadLinkage.id)}
            >
              {t("command.readAdditions")} <kbd>Y</kbd>
            </button>
          ) : null}
        </p>
      )}
    </section>
  );
}
