import { useQueries, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { requestQuery } from "../../shared/api/reads.ts";
import { foldText } from "../../shared/design/fold-text.tsx";
import { Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { useLivePushes } from "../../shared/live/live.tsx";
import type { LivePush } from "../../shared/live/live.tsx";
import { headlineOf } from "../request/matter.ts";
import { additionsOf } from "../request/said.tsx";
import { useNow } from "../../shared/time.ts";
import { DWELL_MS } from "./dwell.ts";
import { isReported } from "./reports.ts";
import { unreportedPush, useShownReceipt } from "./shown.ts";

const TAIL = 120;

export type NewsProps = { readonly push: LivePush; readonly onSeen: () => void };

/** What was added to an urgent push after it was signed: no siren, but on every screen, and reported as shown. */
export function NewsItem({ push, onSeen }: NewsProps): ReactNode {
  const { t, language } = useText();
  const { data: request } = useQuery(requestQuery(push.requestNo));
  const onScreen = useShownReceipt(request?.linkages.find(({ id }) => id === push.linkageId));
  if (request === undefined) return null;
  const last = additionsOf(request).at(-1)?.field ?? "text";
  const said = request.fields[last]?.value ?? "";
  const { head, tail } = foldText(said);
  const matter = headlineOf(request, language) ?? t("urgent.unknownMatter");
  return (
    <output ref={onScreen} className="strip">
      <Glyph name="danger" size={16} />
      <strong>{t("urgent.news", { matter })}</strong>
      <span>{tail === "" ? head : tail.slice(-TAIL)}</span>
      <Link to="/requests/$no" params={{ no: push.requestNo }} className="number" onClick={onSeen}>
        {push.requestNo}
      </Link>
      <button type="button" className="button small" onClick={onSeen}>
        {t("alarm.acknowledge")}
      </button>
    </output>
  );
}

/**
 * Time for the open request to read it, to have it in view for the dwell and to report it, before it is said above as well. Together
 * with the dwell up there it stays below the 4 s after which the node calls for a telephone.
 */
const IN_VIEW_MS = DWELL_MS + 800;

/**
 * Pushes with news for this seat: said after somebody signed, not in view on the request that is open. A push before signing is
 * the red bar's.
 */
export function usePushNews(): readonly LivePush[] {
  const pushes = useLivePushes();
  const now = useNow(pushes.length === 0 ? 1_000 : 250);
  const openNo = useParams({ strict: false }).no ?? null;
  const requests = useQueries({ queries: pushes.map((push) => requestQuery(push.requestNo)) });
  return pushes.filter((push, i) => {
    const linkage = requests[i]?.data?.linkages.find((one) => one.id === push.linkageId);
    const after =
      linkage !== undefined && linkage.state !== "ended" && linkage.signedAt !== null && linkage.signedAt < push.at;
    if (!after || push.requestNo !== openNo) return after;
    const pushNo = unreportedPush(linkage);
    return pushNo !== null && !isReported(push.linkageId, pushNo) && now - push.heardAt > IN_VIEW_MS;
  });
}
