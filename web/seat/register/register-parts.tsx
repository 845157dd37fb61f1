import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { metaQuery } from "../../shared/api/reads.ts";
import { ChoiceField, SelectField, TextField } from "../../shared/design/inputs.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { optionsOf } from "../../shared/list-names.ts";
import type { Draft } from "./draft.ts";
import { PhoneField } from "./phone-field.tsx";
import { ItemPicker, PlacePicker } from "./pickers.tsx";
import type { Item } from "./pickers.tsx";

/** A part of the form writes into the draft. */
export type PartProps = { readonly draft: Draft; readonly change: (next: Partial<Draft>) => void };

/** Who calls and from where, in the order in which callers say it. */
export function Caller({ draft, change }: PartProps): ReactNode {
  const { t } = useText();
  return (
    <div className="register-grid">
      <PhoneField value={draft.phone} onChange={(phone) => change({ phone })} />
      <TextField label={t("register.name")} value={draft.name} onChange={(name) => change({ name })} />
      <TextField label={t("register.contact")} value={draft.contact} onChange={(contact) => change({ contact })} />
      <PlacePicker
        value={draft.place}
        onChange={(place) => change({ place })}
        typed={draft.placeTyped}
        onTyped={(placeTyped) => change({ placeTyped })}
      />
      <div className="span-2">
        <TextField
          label={t("register.address")}
          value={draft.address}
          maxLength={500}
          onChange={(address) => change({ address })}
        />
      </div>
    </div>
  );
}

/** Item and classes: all of it can follow later. */
export function Classes({
  draft,
  change,
  onItem,
}: PartProps & { readonly onItem: (item: Item | null) => void }): ReactNode {
  const { t, named } = useText();
  const lists = useQuery(metaQuery).data?.lists;
  return (
    <fieldset className="register-grid classes">
      <legend className="unseen">{t("register.optional")}</legend>
      <div className="span-2">
        <ItemPicker
          value={draft.item}
          valueName={draft.itemName}
          above
          typed={draft.itemTyped}
          onTyped={(itemTyped) => change({ itemTyped })}
          onChange={(next) => {
            onItem(next);
            // Another item is another question.
            change({
              item: next?.code ?? null,
              itemName: next === null ? null : named(next),
              asked: "",
              askedItem: null,
            });
          }}
        />
      </div>
      <SelectField
        label={t("register.channel")}
        value={draft.channel}
        options={optionsOf(lists?.channels ?? [], named)}
        onChange={(channel) => change({ channel })}
      />
      <SelectField
        label={t("register.kind")}
        value={draft.requestKind}
        options={optionsOf(lists?.requestKinds ?? [], named)}
        onChange={(requestKind) => change({ requestKind })}
      />
      <SelectField
        label={t("register.field")}
        value={draft.field}
        options={optionsOf(lists?.fields ?? [], named)}
        onChange={(field) => change({ field })}
      />
      <ChoiceField
        label={t("register.requester")}
        value={draft.requesterType}
        options={optionsOf(lists?.requesterTypes ?? [], named)}
        onChange={(requesterType) => change({ requesterType })}
      />
    </fieldset>
  );
}
