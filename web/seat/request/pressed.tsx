import type { ReactNode } from "react";
import { Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime, lateBy } from "../../shared/time.ts";
import type { LinkageView } from "./contract-types.ts";

type Times = Pick<LinkageView, "pressedAt" | "cameAt">;

/** When the key of the last push was pressed, and how late the push came where the link held it up. @source nmg:2.2.1 */
export function Pressed({
  linkage,
  onlyLate = false,
}: {
  readonly linkage: Times;
  readonly onlyLate?: boolean;
}): ReactNode {
  const { t } = useText();
  const { pressedAt = null, cameAt = null } = linkage;
  if (pressedAt === null) return null;
  const late = cameAt === null ? null : lateBy(t, pressedAt, cameAt);
  if (late === null && onlyLate) return null;
  return (
    <p className={late === null ? "aside pressed" : "pressed late"}>
      {late === null ? null : <Glyph name="clock" size={12} />} {t("push.pressed", { time: formatTime(pressedAt) })}
      {late === null ? null : <b>{t("push.cameLate", { time: formatTime(cameAt ?? ""), late })}</b>}
    </p>
  );
}
