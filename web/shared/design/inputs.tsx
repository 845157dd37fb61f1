import { useId, useState } from "react";
import type { ReactNode, RefObject } from "react";
import { useText } from "../i18n/text.tsx";
import { Wrong } from "./wrong.tsx";

/** Props of a control that hands its value up. */
type Shared = { readonly label: string; readonly optional?: boolean; readonly wrong?: string | null };

export type TextFieldProps = Shared & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "password" | "tel";
  readonly placeholder?: string;
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  /** Something to look at again that stops nothing. */
  readonly hint?: string | null;
  /** Told whether the caret stands in it. */
  readonly onCaret?: (here: boolean) => void;
};

function Label({
  id,
  label,
  optional,
}: {
  readonly id: string;
  readonly label: string;
  readonly optional: boolean;
}): ReactNode {
  const { t } = useText();
  return (
    <label htmlFor={id}>
      {label}
      {optional ? <span className="aside">{t("app.optional")}</span> : null}
    </label>
  );
}

/** One line of text. */
export function TextField({ inputRef, ...props }: TextFieldProps): ReactNode {
  const id = useId();
  const wrong = props.wrong ?? null;
  const hint = wrong === null ? (props.hint ?? null) : null;
  return (
    <div className="field">
      <Label id={id} label={props.label} optional={props.optional ?? false} />
      <input
        id={id}
        ref={inputRef}
        className="input"
        type={props.type ?? "text"}
        inputMode={props.type === "tel" ? "tel" : undefined}
        value={props.value}
        placeholder={props.placeholder}
        autoComplete={props.autoComplete ?? "off"}
        maxLength={props.maxLength ?? 200}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null && hint === null ? undefined : `${id}-wrong`}
        onFocus={() => props.onCaret?.(true)}
        onBlur={() => props.onCaret?.(false)}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {hint === null ? null : (
        <span className="hint" id={`${id}-wrong`}>
          {hint}
        </span>
      )}
      <Wrong id={`${id}-wrong`} words={wrong} />
    </div>
  );
}

export type LongFieldProps = Shared & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly placeholder?: string;
  readonly inputRef?: RefObject<HTMLTextAreaElement | null>;
  readonly aside?: ReactNode;
};

/** A text of any length. */
export function LongField({ inputRef, ...props }: LongFieldProps): ReactNode {
  const id = useId();
  const wrong = props.wrong ?? null;
  return (
    <div className="field grow">
      <div className="label">
        <Label id={id} label={props.label} optional={props.optional ?? false} />
        {props.aside}
      </div>
      <textarea
        id={id}
        ref={inputRef}
        className="input"
        rows={props.rows ?? 4}
        value={props.value}
        placeholder={props.placeholder}
        maxLength={20_000}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <Wrong id={`${id}-wrong`} words={wrong} />
    </div>
  );
}

export type Option = {
  readonly value: string;
  readonly label: string;
  /** What follows from it, in one sentence under it. */
  readonly detail?: string | undefined;
};

/** One of a few, all visible; arrow keys move, as radio buttons do. */
export function ChoiceField(
  props: Shared & {
    readonly options: readonly Option[];
    /** Values that stand there at once; the others on request. Left out: all. */
    readonly usual?: readonly string[] | undefined;
    readonly value: string | null;
    readonly onChange: (value: string) => void;
  },
): ReactNode {
  const { t } = useText();
  const name = useId();
  const [all, setAll] = useState(false);
  const { usual } = props;
  const shown = props.options.filter(
    ({ value }) => all || usual === undefined || usual.includes(value) || value === props.value,
  );
  const rest = props.options.length - shown.length;
  return (
    <fieldset className="field">
      <legend>
        {props.label} {props.optional === true ? <span className="aside">{t("app.optional")}</span> : null}
      </legend>
      <div className={shown.some(({ detail }) => detail !== undefined) ? "choices told-apart" : "choices"}>
        {shown.map((option, i) => (
          <div key={option.value} className="choice-row">
            <label className="choice">
              <input
                type="radio"
                name={name}
                value={option.value}
                checked={props.value === option.value}
                aria-describedby={option.detail === undefined ? undefined : `${name}-${i}`}
                onChange={() => props.onChange(option.value)}
              />
              <span>{option.label}</span>
            </label>
            {option.detail === undefined ? null : (
              <span id={`${name}-${i}`} className="aside">
                {option.detail}
              </span>
            )}
          </div>
        ))}
        {rest === 0 ? null : (
          <button type="button" className="button quiet small" onClick={() => setAll(true)}>
            {t("choice.more", { n: rest })}
          </button>
        )}
      </div>
      <Wrong words={props.wrong} />
    </fieldset>
  );
}

/** One of many, or none yet. */
export function SelectField(
  props: Shared & {
    readonly options: readonly Option[];
    readonly value: string;
    readonly onChange: (value: string) => void;
  },
): ReactNode {
  const { t } = useText();
  const id = useId();
  return (
    <div className="field">
      <Label id={id} label={props.label} optional={props.optional ?? false} />
      <select id={id} className="input" value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">{t("app.none")}</option>
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
