import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../../src/http/contract/index.ts";
import { Glyph } from "../../../shared/design/glyph.tsx";
import { useText } from "../../../shared/i18n/text.tsx";
import { unsaidOf, unsaidWord } from "./unsaid.ts";

/**
 * What to look at before it is handed over: it was judged as this desk's own; or the desk has to be named, since several serve the
 * place alike or none that is linked does. @source nmg:2.2.1 @source yn:4.1.1
 */
export function RouteBrief({
  request,
  side,
}: {
  readonly request: RequestView;
  readonly side: Meta["side"];
}): ReactNode {
  return (
    <>
      {request.verdict?.side === side ? <Own verdict={request.verdict} /> : null}
      <Missing request={request} />
      <Desks request={request} />
    </>
  );
}

function Own({ verdict }: { readonly verdict: NonNullable<RequestView["verdict"]> }): ReactNode {
  const { t } = useText();
  return (
    <p className="notice warn">
      <Glyph name="diamond" />
      <span>{t("route.own", { item: `${verdict.item ?? ""} ${verdict.itemName ?? ""}`.trim() })}</span>
    </p>
  );
}

/** Said once, before it is sent: it may be sent all the same. */
function Missing({ request }: { readonly request: RequestView }): ReactNode {
  const { t } = useText();
  const unsaid = unsaidOf(request);
  if (unsaid.length === 0) return null;
  return (
    <p className="notice warn">
      <Glyph name="diamond" />
      <span>{unsaid.length > 1 ? t("route.noNumberNoPlace") : t(unsaidWord(unsaid[0] ?? "number"))}</span>
    </p>
  );
}

function Desks({ request }: { readonly request: RequestView }): ReactNode {
  const { t } = useText();
  const route = request.handOverTo ?? null;
  if (route === null || route.to !== null) return null;
  const place = request.placeName ?? t("queue.noPlace");
  const { dial, choice } = route;
  const several = dial === null && choice.length > 1;
  return (
    <p className="notice warn">
      <Glyph name="diamond" />
      <span>{several ? t("route.several", { place }) : t("route.none", { place })}</span>
      {dial === null ? null : (
        <span>
          {t("route.dial", { name: dial.name })}{" "}
          <a className="number" href={`tel:${dial.phone}`}>
            {dial.phone}
          </a>
        </span>
      )}
    </p>
  );
}
