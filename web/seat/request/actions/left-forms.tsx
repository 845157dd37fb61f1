import type { ReactNode } from "react";
import type { RequestView } from "../../../../src/http/contract/index.ts";
import { isCommandName } from "../../../shared/api/paths.ts";
import { Glyph } from "../../../shared/design/glyph.tsx";
import { drafts } from "../../../shared/drafts/kept-here.ts";
import { useLeftForms } from "../../../shared/drafts/use-drafts.ts";
import { useText } from "../../../shared/i18n/text.tsx";
import { formatTime } from "../../../shared/time.ts";
import type { Actions } from "./use-actions.ts";

/** Forms of this request that were left with something in them: one press goes on where it stopped. */
export function LeftForms({
  request,
  actions,
}: {
  readonly request: RequestView;
  readonly actions: Actions;
}): ReactNode {
  const { t, code } = useText();
  const left = useLeftForms(request.requestNo).filter((one) => one.name !== actions.draft);
  if (left.length === 0) return null;
  return (
    <output className="left-forms">
      <Glyph name="clock" /> <span>{t("draft.left")}</span>
      {left.map(({ name, form, kept }) => {
        const { command } = form;
        if (!isCommandName(command)) return null;
        const order = request.orders.find((one) => one.id === form.subject);
        const words = `${code("command", command)}${order === undefined ? "" : ` · ${order.unitName}`}`;
        return (
          <span key={name} className="left-form">
            <button type="button" className="button small" onClick={() => actions.ask(command, form.subject)}>
              {t("draft.resume", { command: words })}
            </button>
            <span className="aside">{t("draft.since", { time: formatTime(new Date(kept.at).toISOString()) })}</span>
            <button type="button" className="button quiet small" onClick={() => drafts.drop(name)}>
              {t("draft.discard")}
            </button>
          </span>
        );
      })}
    </output>
  );
}
