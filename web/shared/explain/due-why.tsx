import type { ReactNode } from "react";
import type { DueView } from "../../../src/http/contract/index.ts";
import { useText } from "../i18n/text.tsx";
import { WhyLater } from "./why.tsx";

/** Why something is due by then: the rule it was frozen with, by the version of that day. @source nmg:2.2.5 */
export function DueWhy({ due }: { readonly due: DueView | null | undefined }): ReactNode {
  const { t } = useText();
  if (due === null || due === undefined) return null;
  const { code, catalogueVersion } = due.limit;
  const version = catalogueVersion === undefined ? {} : { version: catalogueVersion };
  return <WhyLater label={t("why.limit")} ask={{ kind: "deadline", code, ...version }} />;
}
