import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { FieldView, Revealed } from "./contract-types.ts";
import { callApi } from "../../shared/api/client.ts";
import { Badge } from "../../shared/design/glyph.tsx";
import { ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { fieldWord } from "./field-word.ts";

/** A sealed value as the reader may see it; a masked one can be asked for with a reason, which is logged. */
export function SealedValue({
  no,
  field,
  view,
}: {
  readonly no: string;
  readonly field: string;
  readonly view: FieldView;
}): ReactNode {
  const { t, code } = useText();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const reveal = useMutation({
    networkMode: "always",
    mutationFn: (why: string) =>
      callApi<Revealed>(`/requests/${encodeURIComponent(no)}/reveal`, { method: "POST", body: { field, reason: why } }),
    onSuccess: () => setAsking(false),
  });
  const clear = reveal.data?.value.value ?? null;
  const quick = [t("reveal.reasonCallBack"), t("reveal.reasonVerify"), t("reveal.reasonDispatch")];
  if (view.showing === "hidden" || view.showing === "erased") {
    return <Badge glyph={view.showing === "hidden" ? "lock" : "cross"}>{t(`showing.${view.showing}`)}</Badge>;
  }
  return (
    <span className="sealed">
      <span className="number">{clear ?? view.value}</span>
      {view.showing === "masked" && clear === null && view.revealable ? (
        <button type="button" className="button quiet small" aria-expanded={asking} onClick={() => setAsking(!asking)}>
          {t("reveal.button")}
          <span className="unseen"> {fieldWord(field, code)}</span>
        </button>
      ) : null}
      {asking ? (
        <form
          className="reveal"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== "") reveal.mutate(reason.trim());
          }}
        >
          <span className="aside">{t("reveal.logged")}</span>
          {quick.map((words) => (
            <button key={words} type="button" className="button small" onClick={() => reveal.mutate(words)}>
              {words}
            </button>
          ))}
          <input
            className="input"
            aria-label={t("reveal.reason")}
            placeholder={t("reveal.reason")}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {reveal.isError ? <ProblemNote error={reveal.error} /> : null}
        </form>
      ) : null}
    </span>
  );
}
