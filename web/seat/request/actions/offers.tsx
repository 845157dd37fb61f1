import type { ReactNode } from "react";
import { useText } from "../../../shared/i18n/text.tsx";

/** Words that may be taken over into the line above with a press. */
export function Offers({
  offers,
  onTake,
}: {
  readonly offers: readonly string[];
  readonly onTake: (words: string) => void;
}): ReactNode {
  const { t } = useText();
  if (offers.length === 0) return null;
  return (
    <fieldset className="choices offers" aria-label={t("form.basisOffers")}>
      <span className="aside">{t("form.basisOffers")}</span>
      {offers.map((words) => (
        <button key={words} type="button" className="button small" onClick={() => onTake(words)}>
          {words}
        </button>
      ))}
    </fieldset>
  );
}
