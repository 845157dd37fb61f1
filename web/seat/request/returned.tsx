import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../src/http/contract/index.ts";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { Glyph } from "../../shared/design/glyph.tsx";
import { WhyLater } from "../../shared/explain/why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { nameIn } from "../../shared/list-names.ts";
import { formatTime } from "../../shared/time.ts";
import type { FieldView, LinkageView } from "./contract-types.ts";

/** States in which whoever sent it must say what becomes of it. */
const UNDECIDED: ReadonlySet<string> = new Set(["returned", "negotiating", "held"]);

/** Whether this desk has to decide about a return of the other one. */
function decidesReturn(linkage: Pick<LinkageView, "role" | "state" | "returned">): boolean {
  return linkage.role === "S" && (linkage.returned ?? null) !== null && UNDECIDED.has(linkage.state);
}

/** The earlier hand-over of the same matter that the same desk gave back, if this is a second one that waits. @source nmg:2.2.1 */
export function givenBackBefore(
  linkage: Pick<LinkageView, "id" | "role" | "state" | "peer" | "returned">,
  all: readonly Pick<LinkageView, "id" | "role" | "peer" | "returned">[],
): NonNullable<LinkageView["returned"]> | null {
  if (linkage.state !== "negotiating" || (linkage.returned ?? null) !== null) return null;
  const before = all.filter(
    ({ id, role, peer }) => id !== linkage.id && role === linkage.role && peer === linkage.peer,
  );
  return before.flatMap(({ returned }) => returned ?? []).at(-1) ?? null;
}

/** A second hand-over comes as a negotiation by rule: said in words, with what it asks of whom, so that nobody looks for a dispute. */
export function HandedOverAgain({
  linkage,
  request,
  meta,
}: {
  readonly linkage: LinkageView;
  readonly request: Pick<RequestView, "linkages">;
  readonly meta: Meta;
}): ReactNode {
  const { t, code, named } = useText();
  const before = givenBackBefore(linkage, request.linkages);
  if (before === null) return null;
  const reason = nameIn(meta.lists.returnReasons, before.reason, named) ?? before.reason;
  const peer = code("sideName", linkage.peerSide);
  return (
    <div className="notice info">
      <Glyph name="half" />
      <span>{linkage.role === "S" ? t("again.sent", { peer, reason }) : t("again.received", { peer, reason })}</span>
      <WhyLater
        label={t("why.refusal")}
        ask={{ kind: "refusal", code: "RETURN_USED", version: linkage.catalogueVersion }}
      />
    </div>
  );
}

function Ground({ name, view }: { readonly name: string; readonly view: FieldView | null }): ReactNode {
  const { code } = useText();
  if (view === null) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{view.value === null ? code("showing", view.showing) : <FoldText text={view.value} />}</dd>
    </>
  );
}

/**
 * Why a hand-over was returned, on what basis and whose it is said to be; while this desk has to decide, with what it may
 * decide, right above the buttons that do it. @source nmg:2.2.1
 */
export function Returned({ linkage, meta }: { readonly linkage: LinkageView; readonly meta: Meta }): ReactNode {
  const { t, code, named } = useText();
  const returned = linkage.returned ?? null;
  if (returned === null) return null;
  const peer = code("sideName", linkage.peerSide);
  const reason = nameIn(meta.lists.returnReasons, returned.reason, named) ?? returned.reason;
  const due = decidesReturn(linkage);
  return (
    <div className={due ? "returned due" : "returned"}>
      <p>
        <Glyph name="cross" />{" "}
        <b>{linkage.role === "S" ? t("returned.byPeer", { peer, reason }) : t("returned.byUs", { reason })}</b>{" "}
        <span className="aside">{formatTime(returned.at)}</span>
      </p>
      <dl>
        <Ground name={t("returned.basis")} view={returned.basis} />
        <Ground name={t("returned.owner")} view={returned.proposedOwner} />
      </dl>
      {linkage.role === "S" ? (
        <WhyLater
          label={t("why.return")}
          ask={{ kind: "return", code: returned.reason, version: linkage.catalogueVersion }}
        />
      ) : null}
      {due ? <p>{t("returned.decide")}</p> : null}
    </div>
  );
}
