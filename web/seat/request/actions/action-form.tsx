import { useEffect, useMemo, useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { CommandBody, CommandName, Meta } from "../../../../src/http/contract/index.ts";
import { ChoiceField, LongField, TextField } from "../../../shared/design/inputs.tsx";
import { ProblemNote } from "../../../shared/design/states.tsx";
import type { Values } from "../../../shared/drafts/form-values.ts";
import { useFormValues } from "../../../shared/drafts/use-drafts.ts";
import { WhyOf } from "../../../shared/explain/why.tsx";
import { Exclusions } from "./exclusions.tsx";
import { useText } from "../../../shared/i18n/text.tsx";
import { useKeys } from "../../../shared/keys/keys.tsx";
import { Questions } from "../../questions/questions.tsx";
import type { AskFacts } from "../../questions/use-advice.ts";
import { ItemPicker, UnitPicker } from "../../register/pickers.tsx";
import { Offers } from "./offers.tsx";
import { OwnerField } from "./owner-field.tsx";
import type { Asked } from "./use-actions.ts";
import { askedFields, missingFields, SPECS } from "./specs.ts";
import type { FieldSpec, SpecContext } from "./field-spec.ts";

type FormProps = {
  readonly name: CommandName;
  readonly title: string;
  readonly meta: Meta;
  readonly item: string | null;
  readonly place: string | null;
  /** What the judgement rests on, in words. */
  readonly ground?: string | undefined;
  /** Where a hand-over would go. */
  readonly route?: SpecContext["route"];
  /** Whether officers are out who have not answered. */
  readonly officersOut?: boolean | undefined;
  /** How much more time was asked for. */
  readonly asked?: number | undefined;
  readonly replies?: SpecContext["replies"];
  /** What may be asked about before it is judged; absent = nothing is. */
  readonly talk?: { readonly words: string; readonly facts: AskFacts } | undefined;
  readonly busy: boolean;
  readonly error: unknown;
  /** Where the values are kept; what is typed outlives the form. */
  readonly draft: string | null;
  readonly onSend: (body: CommandBody<CommandName>) => void;
  readonly onClose: () => void;
  readonly onDiscard: () => void;
};

/** Puts the caret into the first control of a form that just opened, or into the field it was asked for, each time it is asked. */
export function useFirstFocus(asked?: Asked): React.RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const wanted = asked?.at === "place" ? "[role=combobox]" : "input, textarea, select";
    const fields = [...(form.current?.querySelectorAll<HTMLElement>(wanted) ?? [])];
    // A list of one is no choice: the caret stands where there is something to say.
    const first = fields.find((field) => !isOnlyChoice(field)) ?? fields[0];
    // Of a choice that is made already the one that is chosen: an arrow goes on from there.
    const chosen = first?.matches("[type=radio]")
      ? first.closest("fieldset")?.querySelector<HTMLElement>(":checked")
      : null;
    (chosen ?? first)?.focus();
    // Who goes on with what was written goes on behind it.
    if (first instanceof HTMLTextAreaElement) first.setSelectionRange(first.value.length, first.value.length);
    form.current?.scrollIntoView({ block: "nearest" });
  }, [asked]);
  return form;
}

function isOnlyChoice(field: HTMLElement): boolean {
  return field.matches("[type=radio]") && field.closest("fieldset")?.querySelectorAll("[type=radio]").length === 1;
}

/** A field of words, with what may be taken over into it. */
function WrittenField({
  spec,
  context,
  values,
  wrong,
  onChange,
}: {
  readonly spec: FieldSpec;
  readonly context: SpecContext;
  readonly values: Values;
  readonly wrong: string | null;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { t } = useText();
  const common = { label: t(spec.label), optional: !spec.required, wrong, value: values[spec.name] ?? "", onChange };
  if (spec.kind === "owner") return <OwnerField {...common} meta={context.meta} />;
  const hint = spec.hint === undefined ? {} : { placeholder: t(spec.hint) };
  return (
    <div>
      {spec.kind === "long" ? <LongField {...common} rows={3} /> : <TextField {...common} {...hint} />}
      <Offers offers={spec.offers?.(context, values) ?? []} onTake={onChange} />
    </div>
  );
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
  const value = values[spec.name] ?? "";
  const common = { label: t(spec.label), optional: !spec.required, wrong };
  switch (spec.kind) {
    case "long":
    case "line":
    case "owner":
      return (
        <WrittenField
          spec={spec}
          context={context}
          values={values}
          wrong={wrong}
          onChange={(next) => onChange(spec.name, next)}
        />
      );
    case "choice":
      return (
        <ChoiceField
          {...common}
          options={spec.options?.(context) ?? []}
          usual={spec.usual?.(context)}
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
          valueName={values[`${spec.name}Name`] ?? null}
          above
          wrong={wrong}
          onChange={(next) => {
            // Another item is another question.
            onChange("asked", "");
            onChange("askedItem", "");
            onChange(`${spec.name}Name`, next === null ? "" : named(next));
            onChange(spec.name, next?.code ?? "");
          }}
        />
      );
  }
}

type SendProps = {
  readonly busy: boolean;
  /** Whether something stands in the form that would be missed. */
  readonly dirty: boolean;
  readonly onClose: () => void;
  readonly onDiscard: () => void;
};

/** Submit and close of a small form, with their keys; closing keeps what was typed, only discarding drops it. */
export function SendRow({ busy, dirty, onClose, onDiscard }: SendProps): ReactNode {
  const { t } = useText();
  return (
    <div className="action-send">
      <button type="submit" className="button primary" disabled={busy}>
        {busy ? t("app.sending") : t("app.send")} <kbd>Ctrl+Enter</kbd>
      </button>
      <button type="button" className="button quiet" onClick={onClose}>
        {t(dirty ? "draft.closeKept" : "app.cancel")} <kbd>Esc</kbd>
      </button>
      {dirty ? (
        <button type="button" className="button quiet" disabled={busy} onClick={onDiscard}>
          {t("draft.discard")}
        </button>
      ) : null}
    </div>
  );
}

const NOTHING: Values = {};

/** What helps to fill a form in: what to ask before it is judged, what to say to a person who is guided elsewhere, what taking back means. */
function Beside({
  name,
  meta,
  values,
  talk,
  set,
}: Pick<FormProps, "name" | "meta" | "talk"> & {
  readonly values: Values;
  readonly set: (field: string, value: string) => void;
}): ReactNode {
  const { named } = useText();
  const given = (field: string) => (values[field] ?? "") || null;
  const reason = given("reason");
  if (name === "withdraw") return reason === null ? null : <WhyOf ask={{ kind: "withdrawal", code: reason }} />;
  if (name === "guide")
    return (
      <>
        {reason === null ? null : <WhyOf ask={{ kind: "guidance", code: reason }} />}
        <Exclusions exclusions={meta.lists.exclusions} item={reason} />
      </>
    );
  if (name !== "judge" || talk === undefined) return null;
  return (
    <Questions
      asking={{ item: given("item"), asked: values["asked"] ?? "", askedItem: given("askedItem") }}
      words={talk.words}
      facts={talk.facts}
      onAsked={(asked, askedItem) => {
        set("asked", asked);
        set("askedItem", askedItem ?? "");
      }}
      onItem={(item) => {
        set("itemName", named(item));
        set("item", item.code);
      }}
    />
  );
}

/**
 * The small form of one command, in place; Ctrl+Enter sends, Escape closes. What is missing is said beside the field. Its
 * values are a draft of the request and the command: closing, another form, another request and a refusal all keep them.
 */
export function ActionForm(props: FormProps): ReactNode {
  const { t, named, code } = useText();
  const spec = SPECS[props.name];
  const { meta, ground, route, asked, replies, officersOut } = props;
  const context = useMemo<SpecContext>(
    () => ({ meta, named, code, ground, route, asked, replies, officersOut }),
    [meta, named, code, ground, route, asked, replies, officersOut],
  );
  const initial = useMemo(() => spec?.initial?.(context) ?? NOTHING, [spec, context]);
  const { values, set, dirty } = useFormValues(props.draft, initial);
  const [tried, setTried] = useState(false);
  const form = useFirstFocus();
  const [refusals, setRefusals] = useState(0);
  // To the first field that is missing, once it says so; again at every try.
  useEffect(() => {
    if (refusals === 0) return;
    const wrong = form.current?.querySelector(".wrong")?.closest(".field");
    wrong?.querySelector<HTMLElement>("input, textarea, select")?.focus();
  }, [refusals, form]);
  const missing = spec === undefined ? [] : missingFields(spec.fields, values);
  const send = () => {
    setTried(true);
    if (missing.length > 0) setRefusals((count) => count + 1);
    if (spec === undefined || missing.length > 0) return;
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
            onChange={set}
          />
        ))}
      </div>
      <Beside name={props.name} meta={meta} values={values} talk={props.talk} set={set} />
      {props.error === null ? null : <ProblemNote error={props.error} />}
      <SendRow busy={props.busy} dirty={dirty} onClose={props.onClose} onDiscard={props.onDiscard} />
    </form>
  );
}
