/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role */
// A select cannot be filtered by typing, and options under a text field are no form controls.
import { useId, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { useHaste } from "./combo-haste.ts";
import { Wrong } from "./wrong.tsx";
import { useText } from "../i18n/text.tsx";

export type ComboOption = {
  readonly value: string;
  readonly label: string;
  readonly aside?: string;
  readonly mark?: ReactNode;
  /** A second line: what tells this one from another of the same name. */
  readonly detail?: string;
};

export type ComboProps = {
  readonly label: string;
  readonly placeholder?: string;
  readonly optional?: boolean;
  readonly wrong?: string | null;
  /** What is chosen, as it is to be read; null = nothing yet. */
  readonly chosen: string | null;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly options: readonly ComboOption[];
  /** The options still answer something typed before: Enter waits for those that answer this. */
  readonly loading?: boolean;
  /** Opens upwards where there is no room below. */
  readonly above?: boolean;
  /** Shows its list as soon as the caret comes, while nothing is chosen: for a choice that is made from a few. */
  readonly opensOnFocus?: boolean;
  readonly onPick: (option: ComboOption | null) => void;
};

/** Whether a key belongs to the input method, which is choosing characters. 229 = old browsers' way to say so. */
export function isComposing(event: KeyboardEvent | globalThis.KeyboardEvent): boolean {
  const native = "nativeEvent" in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
}

/** What a field of choices does with keys and letters. */
function useCombo(props: ComboProps) {
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpenOnly] = useState(false);
  const [at, setAt] = useState(0);
  // Walked to with the arrows, or shown before anything was typed: what is highlighted then is in front of the person.
  const [walked, setWalked] = useState(false);
  const [taken, setTaken] = useState(false);
  const active = props.options[Math.min(at, props.options.length - 1)];
  const typed = props.query.trim() !== "";

  const setOpen = (opens: boolean) => {
    setOpenOnly(opens);
    if (opens) return;
    // A list that was looked at and closed offers nothing when it is opened again.
    setWalked(false);
    setAt(0);
  };
  const pick = (option: ComboOption | null) => {
    props.onPick(option);
    props.onQuery("");
    setOpen(false);
    setTaken(false);
    haste.drop();
  };
  const haste = useHaste({
    loading: props.loading === true,
    first: active ?? null,
    take: pick,
    send: () => input.current?.form?.requestSubmit(),
    show: (option) => {
      pick(option);
      setTaken(true);
    },
  });
  const move = (by: number) => {
    setOpen(true);
    if (open) setWalked(true);
    setAt((now) => Math.max(0, Math.min(props.options.length - 1, now + by)));
  };
  const onChange = (words: string) => {
    props.onQuery(words);
    setAt(0);
    setTaken(false);
    haste.drop();
    setOpen(true);
    if (words === "" && props.chosen !== null) props.onPick(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "ArrowDown") move(open ? 1 : 0);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") {
      const offered = props.chosen === null && (walked || props.opensOnFocus === true);
      if (!haste.enter(event, { open, typed, offered })) return;
    } else if (event.key === "Tab") {
      // What stands highlighted is what was meant; the caret goes on.
      if (open && typed && props.loading !== true && active !== undefined) pick(active);
      return;
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      setOpen(false);
      haste.drop();
      return;
    } else return;
    event.preventDefault();
  };
  return { input, open, setOpen, setAt, active, typed, taken, pick, haste, onChange, onKeyDown };
}

/** Type, see what fits, Enter or Tab takes it. Escape closes the list only. */
export function Combo(props: ComboProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const { input, open, setOpen, setAt, active, typed, taken, pick, haste, onChange, onKeyDown } = useCombo(props);
  return (
    <div className="field">
      <label htmlFor={id}>
        {props.label}
        {props.optional === true ? <span className="aside">{t("app.optional")}</span> : null}
      </label>
      <div className="combo">
        <input
          id={id}
          ref={input}
          className="input"
          role="combobox"
          autoComplete="off"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && active !== undefined ? `${id}-${active.value}` : undefined}
          aria-invalid={props.wrong !== undefined && props.wrong !== null}
          placeholder={props.placeholder}
          value={open || props.query !== "" ? props.query : (props.chosen ?? "")}
          onChange={(event) => onChange(event.target.value)}
          onClick={() => setOpen(true)}
          onFocus={() => setOpen(open || (props.opensOnFocus === true && props.chosen === null))}
          onBlur={() => {
            setOpen(false);
            haste.leave();
            // What was typed and not chosen stays in sight; beside a choice it was a look round.
            if (props.chosen !== null) props.onQuery("");
          }}
          onKeyDown={onKeyDown}
        />
        {open ? <ComboList {...props} id={id} active={active?.value ?? null} onTake={pick} onHover={setAt} /> : null}
      </div>
      {typed && !open && props.chosen === null ? <output className="combo-left">{t("picker.left")}</output> : null}
      {taken && props.chosen !== null ? <output className="combo-left">{t("picker.taken")}</output> : null}
      <Wrong words={props.wrong} />
    </div>
  );
}

function ComboList(
  props: ComboProps & {
    readonly id: string;
    readonly active: string | null;
    readonly onTake: (option: ComboOption | null) => void;
    readonly onHover: (at: number) => void;
  },
): ReactNode {
  const { t } = useText();
  return (
    <div className={props.above === true ? "combo-list above" : "combo-list"}>
      <ul role="listbox" id={`${props.id}-list`} aria-label={props.label}>
        {props.options.map((option, i) => (
          <li
            key={option.value}
            id={`${props.id}-${option.value}`}
            role="option"
            aria-selected={option.value === props.active}
            onPointerEnter={() => props.onHover(i)}
            onPointerDown={(event) => {
              event.preventDefault();
              props.onTake(option);
            }}
          >
            <span>
              {option.label} {option.mark}
              {option.detail === undefined ? null : <span className="combo-detail">{option.detail}</span>}
            </span>
            {option.aside === undefined ? null : <span className="aside">{option.aside}</span>}
          </li>
        ))}
      </ul>
      {props.options.length > 0 ? null : (
        <output className="combo-note">{props.loading === true ? t("app.loading") : t("picker.none")}</output>
      )}
      {props.chosen === null ? null : (
        <button
          type="button"
          className="button quiet small"
          tabIndex={-1}
          onPointerDown={(event) => {
            event.preventDefault();
            props.onTake(null);
          }}
        >
          {t("picker.clear")}
        </button>
      )}
    </div>
  );
}
