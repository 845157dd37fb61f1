import { useMemo, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { CommandBody, Meta, RequestView } from "../../../../src/http/contract/index.ts";
import { ChoiceField, LongField, SelectField, TextField } from "../../../shared/design/inputs.tsx";
import { ProblemNote } from "../../../shared/design/states.tsx";
import { useFormValues } from "../../../shared/drafts/use-drafts.ts";
import { useText } from "../../../shared/i18n/text.tsx";
import { useKeys } from "../../../shared/keys/keys.tsx";
import { optionsOf } from "../../../shared/list-names.ts";
import type { Draft } from "../../register/draft.ts";
import { PhoneField } from "../../register/phone-field.tsx";
import { PlacePicker } from "../../register/pickers.tsx";
import { SendRow, useFirstFocus } from "./action-form.tsx";
import type { Asked } from "./use-actions.ts";
import { amendedDraft, amendmentOf, changesNothing, offeredValues } from "./amendment.ts";

type AmendProps = {
  readonly request: RequestView;
  readonly meta: Meta;
  /** Where the caret goes. */
  readonly asked: Asked;
  readonly busy: boolean;
  readonly error: unknown;
  /** Where the values are kept; what is typed outlives the form. */
  readonly draft: string | null;
  readonly onSend: (body: CommandBody<"amend">) => void;
  readonly onClose: () => void;
  readonly onDiscard: () => void;
};

/** Facts that can be filled in or corrected. Name and number stand empty, and so does a place in words that is masked: it is not typed over by accident. */
function FactFields({
  draft,
  meta,
  change,
}: {
  readonly draft: Draft;
  readonly meta: Meta;
  readonly change: (field: string, value: string) => void;
}): ReactNode {
  const { t, named } = useText();
  return (
    <div className="register-grid">
      <PhoneField value={draft.phone} onChange={(phone) => change("phone", phone)} />
      <TextField label={t("register.name")} value={draft.name} onChange={(name) => change("name", name)} />
      <PlacePicker value={draft.place} onChange={(place) => change("place", place ?? "")} />
      <TextField
        label={t("register.address")}
        value={draft.address}
        maxLength={500}
        onChange={(address) => change("address", address)}
      />
      <SelectField
        label={t("register.kind")}
        value={draft.requestKind}
        options={optionsOf(meta.lists.requestKinds, named)}
        onChange={(kind) => change("requestKind", kind)}
      />
      <SelectField
        label={t("register.field")}
        value={draft.field}
        options={optionsOf(meta.lists.fields, named)}
        onChange={(field) => change("field", field)}
      />
      <ChoiceField
        label={t("register.requester")}
        value={draft.requesterType}
        options={optionsOf(meta.lists.requesterTypes, named)}
        onChange={(type) => change("requesterType", type)}
      />
      <label className="tick">
        <input
          type="checkbox"
          checked={draft.confidential}
          onChange={(event) => change("confidential", event.target.checked ? "yes" : "")}
        />
        {t("register.confidential")}
      </label>
    </div>
  );
}

/** Adds what the person says next, and fills or corrects facts. The first text of a request is never overwritten unless it is empty. */
export function AmendForm(props: AmendProps): ReactNode {
  const { t } = useText();
  const { request, meta } = props;
  const offered = useMemo(() => offeredValues(request), [request]);
  const { values, set, dirty } = useFormValues(props.draft, offered);
  const note = values["note"] ?? "";
  const draft = amendedDraft(values);
  const form = useFirstFocus(props.asked);
  const untold = request.fields["text"] === undefined;
  const body = amendmentOf(request, untold ? { ...draft, text: note } : draft, untold ? "" : note);
  const nothing = changesNothing(body);
  const [refused, setRefused] = useState(false);
  const send = () => {
    setRefused(nothing);
    if (nothing) form.current?.querySelector("textarea")?.focus();
    else props.onSend(body);
  };
  useKeys([
    { combo: "Ctrl+Enter", label: "key.submit", run: send },
    { combo: "Escape", label: "key.escape", run: props.onClose },
  ]);
  return (
    <form
      ref={form}
      className="action-form"
      data-takes-words
      aria-label={t("command.amend")}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <h3>{t("command.amend")}</h3>
      <LongField
        label={untold ? t("register.text") : t("request.additions")}
        rows={2}
        value={note}
        wrong={refused && nothing ? t("amend.nothing") : null}
        onChange={(words) => set("note", words)}
      />
      <FactFields draft={draft} meta={meta} change={set} />
      {props.error === null ? null : <ProblemNote error={props.error} />}
      <SendRow busy={props.busy} dirty={dirty} onClose={props.onClose} onDiscard={props.onDiscard} />
    </form>
  );
}
