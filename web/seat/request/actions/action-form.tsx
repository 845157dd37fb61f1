import { useEffect, useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { CommandBody, CommandName, Meta } from "../../../../src/http/contract/index.ts";
import { ChoiceField, LongField, TextField } from "../../../shared/design/inputs.tsx";
import { ProblemNote } from "../../../shared/design/states.tsx";
import { useText } from "../../../shared/i18n/text.tsx";
import { useKeys } from "../../../shared/keys/keys.tsx";
import { ItemPicker, UnitPicker } from "../../register/pickers.tsx";
import { askedFields, missingFields, SPECS } from "./specs.ts";
import type { FieldSpec, SpecContext, Values } from "./specs.ts";

type FormProps = {
  readonly name: CommandName;
  readonly title: string;
  readonly meta: Meta;
  readonly item: string | null;
  readonly place: string | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSend: (body: CommandBody<CommandName>) => void;
  readonly onClose: () => void;
};

/** Puts the caret into the first control of a form that just opened. */
export function useFirstFocus(): React.RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, textarea, select")?.focus();
    form.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return form;
}

function Field({
  spec,
  context,
  values,
  wrong,
  item,
  place,
  onChange,
}: {
  readonly spec: FieldSpec;
  readonly context: SpecContext;
  readonly values: Values;
  readonly wrong: string | null;
  readonly item: string | null;
  readonly place: string | null;
  readonly onChange: (name: string, value: string) => void;
}): ReactNode {
  const { t, named } = useText();
  const [itemName, setItemName] = useState<string | null>(null);
  const value = values[spec.name] ?? "";
  const common = { label: t(spec.label), optional: !spec.required, wrong };
  switch (spec.kind) {
    case "long":
      return <LongField {...common} rows={3} value={value} onChange={(next) => onChange(spec.name, next)} />;
    case "line":
      return (
        <TextField
          {...common}
          value={value}
          onChange={(next) => onChange(spec.name, next)}
          {...(spec.hint === undefined ? {} : { placeholder: t(spec.hint) })}
        />
      );
    case "choice":
      return (
        <ChoiceField
          {...common}
          options={spec.options?.(context) ?? []}
          value={value}
          onChange={(next) => onChange(spec.name, next)}
        />
      );
    case "unit":
      return (
        <UnitPicker
          value={value === "" ? null : value}
          item={item}
          place={place}
          above
          wrong={wrong}
          onChange={(next) => onChange(spec.name, next ?? "")}
        />
      );
    case "item":
      return (
        <ItemPicker
          value={value === "" ? null : value}
          valueName={itemName}
          above
          wrong={wrong}
          onChange={(next) => {
            setItemName(next === null ? null : named(next));
            onChange(spec.name, next?.code ?? "");
          }}
        />
      );
  }
}

/** Submit and cancel of a small form, with their keys. */
export function SendRow({ busy, onClose }: { readonly busy: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  return (
    <div className="action-send">
      <button type="submit" className="button primary" disabled={busy}>
        {busy ? t("app.sending") : t("app.send")} <kbd>Ctrl+Enter</kbd>
      </button>
      <button type="button" className="button quiet" onClick={onClose}>
        {t("app.cancel")} <kbd>Esc</kbd>
      </button>
    </div>
  );
}

/** The small form of one command, in place; Ctrl+Enter sends, Escape closes. What is missing is said beside the field. */
export function ActionForm(props: FormProps): ReactNode {
  const { t, named, code } = useText();
  const spec = SPECS[props.name];
  const context: SpecContext = { meta: props.meta, named, code };
  const [values, setValues] = useState<Values>(() => spec?.initial?.(context) ?? {});
  const [tried, setTried] = useState(false);
  const form = useFirstFocus();
  const missing = spec === undefined ? [] : missingFields(spec.fields, values);
  const send = () => {
    setTried(true);
    if (spec === undefined || missing.length > 0 || props.busy) return;
    props.onSend(spec.body(values, context));
  };
  useKeys([
    { combo: "Ctrl+Enter", label: "key.submit", run: send },
    { combo: "Escape", label: "key.escape", run: props.onClose },
  ]);
  if (spec === undefined) return null;
  return (
    <form
      ref={form}
      className="action-form"
      aria-label={props.title}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <h3>{props.title}</h3>
      <div className="action-fields">
        {askedFields(spec.fields, values).map((field) => (
          <Field
            key={field.name}
            spec={field}
            context={context}
            values={values}
            item={props.item}
            place={props.place}
            wrong={tried && missing.includes(field.name) ? t("form.required") : null}
            onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
          />
        ))}
      </div>
      {props.error === null ? null : <ProblemNote error={props.error} />}
      <SendRow busy={props.busy} onClose={props.onClose} />
    </form>
  );
}
