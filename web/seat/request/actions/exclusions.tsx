import type { ReactNode } from "react";
import type { Meta } from "../../../../src/http/contract/index.ts";
import { WhyLater, WhyOf } from "../../../shared/explain/why.tsx";
import { useText } from "../../../shared/i18n/text.tsx";

/**
 * What this desk does not take, each with its clause: a hint for who guides a caller elsewhere. Whether a matter is one of these is
 * judged by the person alone; nothing here picks a ground. `item` = the ground that was picked; null = none.
 * @source nmg:2.1 @req REQ-06
 */
export function Exclusions({
  exclusions,
  item,
}: {
  readonly exclusions: Meta["lists"]["exclusions"];
  readonly item: string | null;
}): ReactNode {
  const { t, named } = useText();
  if (exclusions.length === 0) return null;
  const picked = exclusions.find((one) => one.item === item);
  return (
    <div className="exclusions">
      {picked === undefined ? null : <WhyOf ask={{ kind: "exclusion", code: picked.code }} />}
      <details>
        <summary>{t("exclusion.list")}</summary>
        <p className="aside">{t("exclusion.hint")}</p>
        <ul>
          {exclusions.map((one) => (
            <li key={one.code}>
              <WhyLater label={named(one)} ask={{ kind: "exclusion", code: one.code }} />
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
