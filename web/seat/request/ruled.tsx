import type { ReactNode } from "react";
import type { Meta } from "../../../src/http/contract/index.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { WhyLater } from "../../shared/explain/why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import type { LinkageView } from "./contract-types.ts";

/** Who has the matter by a ruling, by what right and since when; who follows it reads it where the hand-over stands. @source nmg:2.2.4 */
export function Ruled({ linkage, meta }: { readonly linkage: LinkageView; readonly meta: Meta }): ReactNode {
  const { t, code, named } = useText();
  const { ruling = null } = linkage;
  if (ruling === null) return null;
  const own = { nameZh: meta.title.zh, nameEn: meta.title.en };
  const peer = meta.peers.find((one) => one.nodeCode === ruling.to);
  const desk = ruling.to === meta.nodeCode ? named(own) : peer === undefined ? ruling.to : named(peer);
  return (
    <p className="notice info">
      <Glyph name="half" />
      <span>
        {t("linkage.ruled", { desk, ground: code("rulingGround", ruling.basis), time: formatTime(ruling.at) })}
      </span>
      {ruling.basis === "arbiter" ? (
        <WhyLater label={t("linkage.whyArbiter")} ask={{ kind: "policy", code: "dutyArbiter" }} />
      ) : null}
    </p>
  );
}
