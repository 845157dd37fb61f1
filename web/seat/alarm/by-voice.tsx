import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { RequestView } from "../../../src/http/contract/index.ts";
import { requestQuery } from "../../shared/api/reads.ts";
import { useText } from "../../shared/i18n/text.tsx";

type ByVoice = NonNullable<RequestView["linkages"][number]["byVoice"]>;

/** What the newest open push says of a place whose own 110 has no data link; null = that one is linked, or nothing is open. */
export function byVoiceOf(request: Pick<RequestView, "linkages"> | undefined): ByVoice | null {
  return request?.linkages.findLast(({ byVoice = null }) => byVoice !== null)?.byVoice ?? null;
}

/** Where a push went instead of the place's own 110, and the number of that one. @source nmg:2.2.1 */
export function ByVoiceLine({ said }: { readonly said: ByVoice | null }): ReactNode {
  const { t, language } = useText();
  if (said === null) return null;
  const zh = language === "zh";
  const names = zh ? { to: said.pushedTo, place: said.name } : { to: said.pushedToEn, place: said.nameEn };
  return <strong className="by-voice">{t("dial.byVoice", { ...names, phone: said.phone })}</strong>;
}

/** The same of a request that is not open. */
export function ByVoice({ no }: { readonly no: string | null }): ReactNode {
  return <ByVoiceLine said={byVoiceOf(useQuery({ ...requestQuery(no ?? ""), enabled: no !== null }).data)} />;
}
