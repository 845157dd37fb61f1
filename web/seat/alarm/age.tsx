import type { ReactNode } from "react";
import { useText } from "../../shared/i18n/text.tsx";
import { formatAge, formatTime, useNow } from "../../shared/time.ts";

type AgeProps = { readonly since: string; readonly label: "urgent.waiting" | "urgent.oldest" };

/**
 * How long something stands, inside a region that is read aloud when it changes: the seconds that pass are for the eye alone, and
 * who listens is told once since when.
 */
export function Age({ since, label }: AgeProps): ReactNode {
  const { t } = useText();
  const now = useNow(1_000);
  return (
    <>
      <span aria-hidden="true">{t(label, { time: formatAge(t, since, now) })}</span>
      <span className="unseen">{t(label, { time: formatTime(since, Date.parse(since)) })}</span>
    </>
  );
}
