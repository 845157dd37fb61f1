import type { ReactNode } from "react";
import { Glyph } from "../design/glyph.tsx";
import { useText } from "../i18n/text.tsx";
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
