/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions */
// The keys of the question are taken before they reach those of the form behind it.
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import type { FieldView, Revealed } from "./contract-types.ts";
import { callApi } from "../../shared/api/client.ts";
import { isComposing } from "../../shared/design/combo.tsx";
import { Badge } from "../../shared/design/glyph.tsx";
import { ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { backToField } from "../../shared/keys/open-form.ts";
import { fieldWord } from "./field-word.ts";

/** Asks for what reason a value is shown, and that it is logged. */
function ReasonForm({
  error,
  onReason,
  onClose,
}: {
  readonly error: unknown;
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useText();
  const [reason, setReason] = useState("");
  const field = useRef<HTMLInputElement>(null);
  // Who types the reason at once writes it here, not into the form behind it.
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const quick = [t("reveal.reasonCallBack"), t("reveal.reasonVerify"), t("reveal.reasonDispatch")];
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (isComposing(event)) return;
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (event.key !== "Escape" && !sends) return;
    event.preventDefault();
    event.stopPropagation();
    if (sends) event.currentTarget.requestSubmit();
    else onClose();
  };
  return (
    <form
      className="reveal"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== "") onReason(reason.trim());
      }}
    >
      <span className="aside">{t("reveal.logged")}</span>
      <input
        ref={field}
        className="input"
        aria-label={t("reveal.reason")}
        placeholder={t("reveal.reason")}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {quick.map((words) => (
        <button key={words} type="button" className="button small" onClick={() => onReason(words)}>
          {words}
        </button>
      ))}
      {error === null ? null : <ProblemNote error={error} />}
    </form>
  );
}

/** What was pressed is gone: to the field of the form that stands open, else to what was asked about, never to nowhere. */
function useWayBack(...places: readonly RefObject<HTMLElement | null>[]): () => void {
  const [leaves, setLeaves] = useState(0);
  useEffect(() => {
    if (leaves === 0 || backToField()) return;
    places.find(({ current }) => current !== null)?.current?.focus({ preventScroll: true });
    // Each time it is left; the places are the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [leaves]);
  return () => setLeaves((count) => count + 1);
}

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
  const opener = useRef<HTMLButtonElement>(null);
  const shown = useRef<HTMLSpanElement>(null);
  const wayBack = useWayBack(opener, shown);
  const reveal = useMutation({
    networkMode: "always",
    mutationFn: (why: string) =>
      callApi<Revealed>(`/requests/${encodeURIComponent(no)}/reveal`, { method: "POST", body: { field, reason: why } }),
  });
  const clear = reveal.data?.value.value ?? null;
  const close = () => {
    setAsking(false);
    wayBack();
  };
  if (view.showing === "hidden" || view.showing === "erased") {
    return <Badge glyph={view.showing === "hidden" ? "lock" : "cross"}>{t(`showing.${view.showing}`)}</Badge>;
  }
  return (
    <span className="sealed">
      <span ref={shown} className="number" tabIndex={clear === null ? undefined : -1}>
        {clear ?? view.value}
      </span>
      {view.showing === "masked" && clear === null && view.revealable ? (
        <button
          ref={opener}
          type="button"
          className="button quiet small"
          aria-expanded={asking}
          onClick={() => setAsking(!asking)}
        >
          {t("reveal.button")}
          <span className="unseen"> {fieldWord(field, code)}</span>
        </button>
      ) : null}
      {asking ? (
        <ReasonForm error={reveal.error} onReason={(why) => reveal.mutate(why, { onSuccess: close })} onClose={close} />
      ) : null}
    </span>
  );
}
