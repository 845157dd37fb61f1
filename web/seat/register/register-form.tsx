import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { Meta } from "../../../src/http/contract/index.ts";
import { newKey } from "../../shared/api/client.ts";
import { giveCommand, invalidateWork, isUncertain, register, useSteadyKey } from "../../shared/api/commands.ts";
import { metaQuery } from "../../shared/api/reads.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { ChoiceField, LongField, SelectField, TextField } from "../../shared/design/inputs.tsx";
import { Bones, ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { useKeys } from "../../shared/keys/keys.tsx";
import { optionsOf } from "../../shared/list-names.ts";
import { useSeat } from "../../shared/session/session.tsx";
import { useFlash } from "../../shared/shell/flash.tsx";
import { formatTime } from "../../shared/time.ts";
import { useDangerAim } from "../alarm/danger.tsx";
import { draftKey, dropDraft, EMPTY_DRAFT, findDraft, isEmptyDraft, saveDraft } from "./draft.ts";
import type { Draft, SavedDraft } from "./draft.ts";
import { ItemHint } from "./item-hint.tsx";
import { ItemPicker, PlacePicker } from "./pickers.tsx";
import type { Item } from "./pickers.tsx";
import { isPhone, toRegistration } from "./to-fields.ts";

/** A draft that is saved at every stroke, and the one that was left behind before this screen opened. */
function useDraft(key: string) {
  const [left, setLeft] = useState<SavedDraft | null>(() => findDraft(key, Date.now()));
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const change = (next: Partial<Draft>) => {
    setDraft((before) => {
      const after = { ...before, ...next };
      saveDraft(key, after, Date.now());
      return after;
    });
  };
  return {
    draft,
    change,
    left: left !== null && isEmptyDraft(draft) ? left : null,
    take: () => {
      if (left !== null) change(left.draft);
      setLeft(null);
    },
    drop: () => {
      dropDraft(key);
      setLeft(null);
    },
    clear: () => {
      dropDraft(key);
      setLeft(null);
      setDraft(EMPTY_DRAFT);
    },
  };
}

type PartProps = { readonly draft: Draft; readonly change: (next: Partial<Draft>) => void };

/** Who calls and from where, in the order in which callers say it. */
function Caller({ draft, change }: PartProps): ReactNode {
  const { t } = useText();
  return (
    <div className="register-grid">
      <TextField
        label={t("register.phone")}
        type="tel"
        value={draft.phone}
        wrong={isPhone(draft.phone) ? null : t("register.phoneBad")}
        onChange={(phone) => change({ phone })}
      />
      <TextField label={t("register.name")} value={draft.name} onChange={(name) => change({ name })} />
      <TextField label={t("register.contact")} value={draft.contact} onChange={(contact) => change({ contact })} />
      <PlacePicker value={draft.place} onChange={(place) => change({ place })} />
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
function Classes({ draft, change, onItem }: PartProps & { readonly onItem: (item: Item | null) => void }): ReactNode {
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
          onChange={(next) => {
            onItem(next);
            change({ item: next?.code ?? null, itemName: next === null ? null : named(next) });
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

function LeftDraft({
  left,
  take,
  drop,
}: {
  readonly left: SavedDraft;
  readonly take: () => void;
  readonly drop: () => void;
}): ReactNode {
  const { t } = useText();
  return (
    <output className="notice info">
      <Glyph name="clock" />
      <span>{t("register.draftFound", { time: formatTime(new Date(left.at).toISOString()) })}</span>
      <button type="button" className="button small" onClick={take}>
        {t("register.draftUse")}
      </button>
      <button type="button" className="button quiet small" onClick={drop}>
        {t("register.draftDrop")}
      </button>
    </output>
  );
}

function Foot({
  draft,
  change,
  busy,
  clear,
}: PartProps & { readonly busy: boolean; readonly clear: () => void }): ReactNode {
  const { t } = useText();
  return (
    <footer className="pane-foot">
      <button type="submit" className="button primary" disabled={busy}>
        {busy ? t("app.sending") : t("register.submit")} <kbd>Ctrl+Enter</kbd>
      </button>
      <label className="tick">
        <input
          type="checkbox"
          checked={draft.confidential}
          onChange={(event) => change({ confidential: event.target.checked })}
        />
        {t("register.confidential")}
      </label>
      <span className="spacer" />
      {isEmptyDraft(draft) ? null : (
        <>
          <span className="aside">
            <Glyph name="check" /> {t("register.draftSaved")}
          </span>
          <button type="button" className="button quiet" onClick={clear}>
            {t("register.discard")}
          </button>
        </>
      )}
    </footer>
  );
}

/** Sends a registration; a line that broke is tried again under the same key, so that nothing is registered twice. */
function useRegister(done: (no: string) => Promise<void>) {
  const { t } = useText();
  const client = useQueryClient();
  const flash = useFlash();
  const keyOf = useSteadyKey();
  return useMutation({
    networkMode: "always",
    retry: (count, failure) => count < 2 && isUncertain(failure),
    mutationFn: (body: ReturnType<typeof toRegistration>) => register(body, keyOf(body)),
    onSuccess: ({ requestNo }) => {
      flash(t("register.registered", { no: requestNo }));
      void invalidateWork(client);
      void done(requestNo);
    },
  });
}

/** Sends all that stands in the form now to a request that was registered with less. true = it is saved. */
async function sendRest(no: string, draft: Draft): Promise<boolean> {
  try {
    await giveCommand({ name: "amend", subject: no, body: { fields: toRegistration(draft).fields } }, newKey());
    return true;
  } catch {
    return false;
  }
}

/**
 * Registers while the person talks: nothing is asked for, fields stand in the order in which callers say them, the caret
 * waits in the text. Ctrl+Enter registers, F9 registers and pushes.
 */
export function RegisterForm(): ReactNode {
  const { session } = useSeat();
  const meta = useQuery(metaQuery).data;
  // The place of the draft is named after node and seat; without the node's name the draft of before would not be found.
  if (meta === undefined) return <Bones rows={3} />;
  return <Form own={meta.side} place={draftKey(meta.nodeCode, session.user.id)} />;
}

function Form({ own, place }: { readonly own: Meta["side"]; readonly place: string }): ReactNode {
  const { t } = useText();
  const navigate = useNavigate();
  const text = useRef<HTMLTextAreaElement>(null);
  const [item, setItem] = useState<Item | null>(null);
  const { draft, change, left, take, drop, clear } = useDraft(place);
  useEffect(() => text.current?.focus(), []);
  const latest = useRef(draft);
  const sent = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });
  const body = () => {
    sent.current = draft;
    return toRegistration(draft);
  };
  // What was typed while the line was slow follows as an addition; if that fails the draft stays where it is.
  const done = async (no: string) => {
    const said = latest.current;
    const kept = said === sent.current || (await sendRest(no, said));
    if (kept) clear();
    await navigate({ to: "/requests/$no", params: { no } });
  };
  const submit = useRegister(done);
  const send = () => {
    if (!submit.isPending) submit.mutate(body());
  };
  useKeys([{ combo: "Ctrl+Enter", label: "key.submit", run: send }]);
  useDangerAim({ kind: "form", body, done: (no) => void done(no) });
  return (
    <form
      className="register pane"
      aria-label={t("register.title")}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <header className="pane-head">
        <h1>{t("register.title")}</h1>
        <p className="aside">{t("register.hint")}</p>
      </header>
      {left === null ? null : <LeftDraft left={left} take={take} drop={drop} />}
      <Caller draft={draft} change={change} />
      <LongField
        label={t("register.text")}
        placeholder={t("register.textHint")}
        value={draft.text}
        rows={8}
        inputRef={text}
        onChange={(words) => change({ text: words })}
        aside={<span className="aside">{t("register.count", { n: [...draft.text].length })}</span>}
      />
      <Classes draft={draft} change={change} onItem={setItem} />
      {item === null ? null : <ItemHint item={item} own={own} />}
      {submit.isError ? <ProblemNote error={submit.error} /> : null}
      <Foot draft={draft} change={change} busy={submit.isPending} clear={clear} />
    </form>
  );
}
