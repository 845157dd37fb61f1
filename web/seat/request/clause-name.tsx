import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { explanationQuery } from "../../shared/api/reads.ts";
import { useText } from "../../shared/i18n/text.tsx";

/** What the contract takes as a code. */
const CLAUSE = /^[A-Za-z][A-Za-z0-9_:.-]{0,63}$/;

/** A clause by its title as printed; the bare key while nobody here knows it. The key stays for who must cite it. */
export function ClauseName({ clause }: { readonly clause: string }): ReactNode {
  const { t } = useText();
  const asked = useQuery({ ...explanationQuery({ kind: "clause", code: clause }), enabled: CLAUSE.test(clause) });
  const title = asked.data?.explanation?.clauseTitleZh ?? null;
  return (
    <span title={clause}>{t("timeline.source", { source: title === null ? clause : `${title}（${clause}）` })}</span>
  );
}
