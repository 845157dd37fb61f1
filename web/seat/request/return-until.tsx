import type { ReactNode } from "react";
import { WhyLater } from "../../shared/explain/why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import type { LinkageView } from "./contract-types.ts";

/** Until when a hand-over may be given back, at both desks, and who says so, by the version that set it; the receiver's clock is the one that counts. */
export function ReturnUntil({ linkage }: { readonly linkage: LinkageView }): ReactNode {
  const { t, code } = useText();
  const { role, peerSide, returnUntil = null, returnUntilBy = null } = linkage;
  const version = returnUntilBy === null ? {} : { version: returnUntilBy };
  if (returnUntil === null) return null;
  const peer = code("sideName", peerSide);
  return (
    <>
      <p className="aside">
        {role === "S" ? t("linkage.peerMayReturn", { peer }) : t("linkage.returnUntil")}{" "}
        <time dateTime={returnUntil}>{formatTime(returnUntil)}</time>
        {role === "S" ? t("linkage.byPeerClock", { peer }) : null}
      </p>
      <WhyLater label={t("why.returnUntil")} ask={{ kind: "policy", code: "handOverAnswerMinutes", ...version }} />
    </>
  );
}
