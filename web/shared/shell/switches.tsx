import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { callApi } from "../api/client.ts";
import { sessionQuery } from "../api/reads.ts";
import { Glyph } from "../design/glyph.tsx";
import { useText } from "../i18n/text.tsx";
import { useSeat } from "../session/session.tsx";
import { chooseTheme, useTheme } from "./theme.ts";

/** Chinese or English. */
export function LanguageSwitch(): ReactNode {
  const { t, language, setLanguage } = useText();
  const other = language === "zh" ? "en" : "zh";
  return (
    <button
      type="button"
      className="button quiet small"
      lang={other === "zh" ? "zh-CN" : "en"}
      onClick={() => setLanguage(other)}
    >
      {t("language.switch")}
    </button>
  );
}

/** System, light, dark. */
export function ThemeSwitch(): ReactNode {
  const { t } = useText();
  const theme = useTheme();
  const next = theme === "system" ? "light" : theme === "light" ? "dark" : "system";
  const word = theme === "system" ? "theme.system" : theme === "light" ? "theme.light" : "theme.dark";
  return (
    <button type="button" className="button quiet small" onClick={() => chooseTheme(next)}>
      <Glyph name="half" />
      <span className="unseen">{t("theme.label")}</span>
      {t(word)}
    </button>
  );
}

/** On duty or not: only an on-duty seat makes an urgent push count as delivered. */
export function DutySwitch(): ReactNode {
  const { t } = useText();
  const { session } = useSeat();
  const client = useQueryClient();
  const change = useMutation({
    networkMode: "always",
    mutationFn: (onDuty: boolean) => callApi("/session/duty", { method: "PUT", body: { onDuty } }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  return (
    <button
      type="button"
      role="switch"
      aria-checked={session.onDuty}
      aria-label={t("duty.switch")}
      className="duty"
      disabled={change.isPending}
      onClick={() => change.mutate(!session.onDuty)}
    >
      <i aria-hidden="true" />
      <span aria-hidden="true">{session.onDuty ? t("duty.on") : t("duty.off")}</span>
    </button>
  );
}
