import { useId, useState } from "react";
import type { ReactNode } from "react";
import { useText } from "../i18n/text.tsx";

const LONG = 520;
const HEAD = 220;
const TAIL = 220;

/** What is shown of a long text: its beginning and always its END, because threats stand at the end. Shape: counts code points. */
export function foldText(text: string): { readonly head: string; readonly hidden: number; readonly tail: string } {
  const points = [...text];
  if (points.length <= LONG) return { head: text, hidden: 0, tail: "" };
  const tail = points.slice(-TAIL).join("");
  return { head: points.slice(0, HEAD).join(""), hidden: points.length - HEAD - TAIL, tail };
}

/** A spoken text, folded in the middle when it is long. */
export function FoldText({ text }: { readonly text: string }): ReactNode {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const id = useId();
  const { head, hidden, tail } = foldText(text);
  if (hidden === 0) {
    return (
      <div className="fold">
        <p>{text}</p>
      </div>
    );
  }
  return (
    <div className="fold" id={id}>
      <p>{open ? text : head}</p>
      <div className="fold-gap">
        <button
          type="button"
          className="button small"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {open ? t("fold.close") : t("fold.open", { n: hidden })}
        </button>
      </div>
      {open ? null : <p>{tail}</p>}
    </div>
  );
}
