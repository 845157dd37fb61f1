import type { ReactNode } from "react";
import type { Meta } from "../../../src/http/contract/index.ts";
import { Badge, Glyph } from "../../shared/design/glyph.tsx";
import { WhyOf } from "../../shared/explain/why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { nextKey, otherOf } from "./next-key.ts";
import { itemDetail } from "./pickers.tsx";
import type { Item } from "./pickers.tsx";

/** What to press next for an item; whose it is and why the node says. */
function NextKey({ item, own }: { readonly item: Item; readonly own: Meta["side"] }): ReactNode {
  const { t, code } = useText();
  const key = nextKey(item, own);
  if (key === null) return null;
  return <span>{key === "hint.other" ? t(key, { side: code("sideName", item.side) }) : t(key)}</span>;
}

/** What the catalogue says about the chosen item while the person still talks: whose it is, on which condition, and why. */
export function ItemHint({ item, own }: { readonly item: Item; readonly own: Meta["side"] }): ReactNode {
  const { language, code, t } = useText();
  const urgent = item.urgency === "urgent";
  const away = otherOf(item, own) !== null;
  return (
    <div className={urgent ? "notice wrong-box" : away ? "notice warn" : "notice info"}>
      <Glyph name={urgent ? "danger" : "diamond"} />
      <b lang="zh-CN">{itemDetail({ ...item, condition: null }, language, code)}</b>
      <span className="aside">{item.code}</span>
      <NextKey item={item} own={own} />
      {item.basis === "default" ? <Badge tone="warn">{t("verdict.consult")}</Badge> : null}
      <WhyOf ask={{ kind: "verdict", code: item.code }} />
    </div>
  );
}
