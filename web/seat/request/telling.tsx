import { Fragment } from "react";
import type { ReactNode } from "react";
import type { RequestView } from "../../../src/http/contract/index.ts";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import type { LinkageView } from "./contract-types.ts";

/** What is said without handing anything over. */
const TOLD: ReadonlySet<string> = new Set(["notice", "support"]);

/** Kinds that hand nothing over: what is told, and what is pushed beside the matter. */
const BESIDE: ReadonlySet<string> = new Set([...TOLD, "urgent", "joint"]);

/** Whether it is a notice or support: the matter stays where it is. */
export function isTold({ kind }: Pick<RequestView["linkages"][number], "kind">): boolean {
  return TOLD.has(kind);
}

/** Whether it hands the ordinary part over. */
export function isHandOver({ kind }: Pick<RequestView["linkages"][number], "kind">): boolean {
  return !BESIDE.has(kind);
}

const WORDS = ["text", "what", "where", "when", "answer", "result"] as const;

/** When it was answered and over, as far as it is. */
export function ToldTimes({ linkage }: { readonly linkage: LinkageView }): ReactNode {
  const { t } = useText();
  const { kind, answeredAt = null, endedAt = null } = linkage;
  return (
    <>
      {answeredAt === null
        ? null
        : ` · ${t(kind === "notice" ? "telling.readAt" : "telling.answeredAt")} ${formatTime(answeredAt)}`}
      {endedAt === null ? null : ` · ${t("telling.endedAt")} ${formatTime(endedAt)}`}
    </>
  );
}

/** What the two desks said to each other, and that the matter stays where it is. @source yn:3.3 @source nmg:2.2.3 */
export function ToldWords({ linkage }: { readonly linkage: LinkageView }): ReactNode {
  const { t, code } = useText();
  const { words = null } = linkage;
  const joint = linkage.kind === "joint";
  if (!(isTold(linkage) || joint) || words === null) return null;
  const said = WORDS.flatMap((name) => {
    const view = words[name];
    return view === undefined ? [] : [{ name, view }];
  });
  return (
    <div className="returned">
      <dl>
        {said.map(({ name, view }) => (
          <Fragment key={name}>
            <dt>{t(joint ? "joint.asked" : `word.${name}`)}</dt>
            <dd>{view.value === null ? code("showing", view.showing) : <FoldText text={view.value} />}</dd>
          </Fragment>
        ))}
      </dl>
      {joint && linkage.state !== "ended" ? <p className="aside">{t("joint.both")}</p> : null}
      {linkage.kind === "support" && linkage.state !== "ended" ? <p className="aside">{t("telling.stays")}</p> : null}
    </div>
  );
}
