import type { ReactNode } from "react";
import type { AlarmView } from "../../src/http/contract/index.ts";
import { useText } from "../shared/i18n/text.tsx";

/** The server counts so far and no further. */
const COUNTED = 1_000;

/** Says of each kind of mark how many more stand that the list does not name. */
export function LeftOut({ rows }: { readonly rows: readonly AlarmView[] }): ReactNode {
  const { t, code } = useText();
  const kinds = new Map(rows.map(({ kind, leftOut = 0 }) => [kind, leftOut]));
  return [...kinds].map(([kind, n]) =>
    n === 0 ? null : (
      <tr key={kind}>
        <td colSpan={5}>{t("alarm.leftOut", { n: n >= COUNTED ? `${COUNTED}+` : n, what: code("alarm", kind) })}</td>
      </tr>
    ),
  );
}
