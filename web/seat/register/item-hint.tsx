import type { ReactNode } from "react";
import type { Meta } from "../../../src/http/contract/index.ts";
import { Badge, Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { itemDetail } from "./pickers.tsx";
import type { Item } from "./pickers.tsx";

const WORDS: Readonly<Record<string, "register.toBoth" | "register.toNegotiate" | "register.toNeither">> = {
  both: "register.toBoth",
  negotiate: "register.toNegotiate",
  neither: "register.toNeither",
};

/** What the catalogue says about the chosen item while the person still talks: whose it is, on which condition, and why. */
export function ItemHint({ item, own }: { readonly item: Item; readonly own: Meta["side"] }): ReactNode {
  const { t, code, language } = useText();
  const urgent = item.urgency === "urgent";
  const otherSide = item.side === "hotline" || item.side === "police" ? item.side : null;
  const key = WORDS[item.side];
  const words =
    key !== undefined
      ? t(key)
      : otherSide === null || otherSide === own
        ? t("register.toOwn")
        : t("register.toOther", { side: code("sideName", otherSide) });
  return (
    <div
      className={urgent ? "notice wrong-box" : otherSide !== null && otherSide !== own ? "notice warn" : "notice info"}
    >
      <Glyph name={urgent ? "danger" : "diamond"} />
      <span>{urgent ? t("register.toUrgent") : words}</span>
      <b lang="zh-CN">{itemDetail({ ...item, condition: null }, language, code)}</b>
      {item.condition === null ? null : (
        <span>
          {t("verdict.condition")}: <b lang="zh-CN">{item.condition}</b>
        </span>
      )}
      <span className="aside">
        {item.code} · {item.source}
      </span>
      {item.basis === "default" ? <Badge tone="warn">{t("verdict.consult")}</Badge> : null}
    </div>
  );
}
