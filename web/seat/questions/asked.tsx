import type { ReactNode } from "react";
import type { RequestView } from "../../../src/http/contract/index.ts";
import { useText } from "../../shared/i18n/text.tsx";

type Asked = NonNullable<NonNullable<RequestView["verdict"]>["asked"]>[number];

/** What the caller was asked before it was judged, in the words of that version, and where the answers led. @req REQ-94 */
export function AskedBefore({ asked }: { readonly asked: readonly Asked[] | undefined }): ReactNode {
  const { t, language } = useText();
  if (asked === undefined || asked.length === 0) return null;
  const zh = language === "zh";
  const ledTo = ({ outcome, outcomeName, outcomeNameEn }: Asked) => {
    if (outcome === null) return t("ask.keptOpen");
    const name = zh ? outcomeName : outcomeNameEn;
    const item = outcome === "negotiate" ? t("ask.negotiate") : `${outcome} ${name ?? ""}`.trim();
    return t("ask.keptLed", { item });
  };
  return (
    <div className="asked">
      {asked.map((group) => (
        <div key={group.group}>
          <span className="aside">{t("ask.kept")}</span>
          <ul>
            {group.answers.map(({ question, answer, how, askZh, askEn }) => (
              <li key={question}>
                <span lang={zh ? "zh-CN" : "en"}>{(zh ? askZh : askEn) ?? question}</span> <b>{t(`ask.${answer}`)}</b>
                <span className="aside">
                  {" "}
                  {question}
                  {how === "known" ? ` · ${t("ask.known")}` : ""}
                </span>
              </li>
            ))}
          </ul>
          <p className="aside">{ledTo(group)}</p>
        </div>
      ))}
    </div>
  );
}
