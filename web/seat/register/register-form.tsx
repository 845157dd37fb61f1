import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { Meta } from "../../../src/http/contract/index.ts";
import { newKey } from "../../shared/api/client.ts";
import { giveCommand, giveOnce, invalidateWork, isUncertain, register } from "../../shared/api/commands.ts";
import type { Registration } from "../../shared/api/commands.ts";
import { itemsQuery, metaQuery } from "../../shared/api/reads.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { LongField } from "../../shared/design/inputs.tsx";
import { Bones, ProblemNote } from "../../shared/design/states.tsx";
import { useDraftPlace } from "../../shared/drafts/use-drafts.ts";
import { useText } from "../../shared/i18n/text.tsx";
import { useKeys } from "../../shared/keys/keys.tsx";
import { useFlash } from "../../shared/shell/flash.tsx";
import { formatTime } from "../../shared/time.ts";
import { useDangerAim } from "../alarm/danger.tsx";
import { Questions } from "../questions/questions.tsx";
import { salvage } from "../alarm/salvage.ts";
import { draftWords, isEmptyDraft, registerDrafts, saysNothing } from "./draft.ts";
import { Earlier } from "./earlier.tsx";
import { ItemHint } from "./item-hint.tsx";
import type { Item } from "./pickers.tsx";
import { Caller, Classes } from "./register-parts.tsx";
import type { PartProps } from "./register-parts.tsx";
import { restOf, sendRest, untilRested } from "./rest.ts";
import type { RestWays } from "./rest.ts";
import { registerOnce } from "./registration-once.ts";
import type { Once } from "./registration-once.ts";
import { toRegistration } from "./to-fields.ts";
import { useLeftDraft, useRegisterDraft } from "./use-register-draft.ts";
import type { LeftDraft } from "./use-register-draft.ts";

/** A registration that was left behind; it stands here until somebody goes on with it or drops it, whatever is typed beside it. */
function Left({ left, onTake }: { readonly left: LeftDraft; readonly onTake: () => void }): ReactNode {
  const { t } = useText();
  useKeys([{ combo: "F3", label: "register.draftUse", run: onTake }]);
  return (
    <output className="notice info">
      <Glyph name="clock" />
      <span>{t("register.draftFound", { time: formatTime(new Date(left.at).toISOString()) })}</span>
      <b lang="zh-CN">{draftWords(left.draft)}</b>
      {left.made === null ? null : <span className="aside">{t("register.registered", { no: left.made.no })}</span>}
      <button type="button" className="button small" onClick={onTake}>
        {t("register.draftUse")} <kbd>F3</kbd>
      </button>
      <button type="button" className="button quiet small" onClick={left.drop}>
        {t("register.draftDrop")}
      </button>
      {left.more === 0 ? null : <span className="aside">{t("register.draftMore", { n: left.more })}</span>}
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
          <button type="button" className="button quiet" disabled={busy} onClick={clear}>
            {t("register.discard")}
          </button>
        </>
      )}
    </footer>
  );
}

/**
 * Registers while the person talks: nothing is asked for, fields stand in the order in which callers say them, the caret
 * waits in the text. Ctrl+Enter registers, F9 registers and pushes.
 */
export function RegisterForm(): ReactNode {
  const place = useDraftPlace();
  const meta = useQuery(metaQuery).data;
  // A call that began with the danger key has its form already.
  const begun = useSearch({ strict: false }).form;
  const [id, setId] = useState(() => begun ?? newKey());
  const [before, setBefore] = useState(begun);
  if (begun !== before) {
    setBefore(begun);
    if (begun !== undefined) setId(begun);
  }
  // The place of the draft is named after node and seat; without the node's name the draft of before would not be found.
  if (meta === undefined || place === null) return <Bones rows={3} />;
  const name = `${registerDrafts(place)}${id}`;
  const open = (other: string) => setId(other.slice(registerDrafts(place).length));
  return <Form key={name} own={meta.side} place={place} name={name} onOpen={open} onNew={() => setId(newKey())} />;
}

type FormProps = {
  readonly own: Meta["side"];
  readonly place: string;
  readonly name: string;
  readonly onOpen: (name: string) => void;
  readonly onNew: () => void;
};

/** The one request of this form: whoever sends it, by whichever key, sends that one. */
function useOnce(kept: ReturnType<typeof useRegisterDraft>): readonly [Once<Registration>, boolean] {
  const [busy, setBusy] = useState(false);
  const [once] = useState(() =>
    registerOnce<Registration>(
      {
        register,
        pushDanger: (no, key) => giveCommand({ name: "danger", subject: no, body: {} }, key),
        isUncertain,
        newKey,
        onChange: ({ open, made }, running) => {
          kept.keepProgress({ sent: open, made });
          setBusy(running);
        },
      },
      { open: kept.saved.sent, made: kept.saved.made },
    ),
  );
  return [once, busy];
}

/** What is done with the form: sent, pushed, left when it is saved. */
function useSending(name: string, kept: ReturnType<typeof useRegisterDraft>) {
  const { t } = useText();
  const client = useQueryClient();
  const flash = useFlash();
  const navigate = useNavigate();
  const [once, busy] = useOnce(kept);
  const ended = useRef(false);
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const rested = () => untilRested(() => JSON.stringify(kept.now()));
  // What was typed while the line was slow follows; if that fails the draft stays, and is that request's from now on.
  const rest = async (no: string) => {
    const ways: RestWays = {
      amend: (subject, body) => giveOnce({ name: "amend", subject, body, draft: name }),
      judge: (subject, body) => giveOnce({ name: "judge", subject, body, draft: name }),
      rested,
      now: kept.now,
      onArrived: (made) => kept.keepProgress({ sent: null, made }),
    };
    try {
      await sendRest(ways, { no, body: once.sent() ?? toRegistration(kept.now()) });
      kept.drop();
    } catch {
      flash(t("register.restLeft", { no }));
    }
  };
  const done = async (no: string, goesOn: boolean) => {
    if (ended.current) return;
    ended.current = true;
    // Who has pressed the danger key, or was typing when the answer came, writes on: the form stays under the hands until they rest.
    // Where nothing was typed yet the caret moves at once.
    if (goesOn && !isEmptyDraft(kept.now())) await rested();
    await rest(no);
    void invalidateWork(client);
    // Who has gone elsewhere meanwhile, to sign or to read, is not called back. Where the person talks on the caret stands in what is
    // added next, and no letter is taken for a command.
    if (here.current) await navigate({ to: "/requests/$no", params: { no }, search: goesOn ? { act: "amend" } : {} });
  };
  const submit = useMutation({
    networkMode: "always",
    retry: (count, failure) => count < 2 && isUncertain(failure),
    mutationFn: (body: Registration) => once.register(body),
    onSuccess: async (no) => {
      if (kept.saved.made === null) flash(t("register.registered", { no }));
      const sent = once.sent();
      await done(no, sent !== null && restOf(sent, kept.now()).amend !== null);
    },
  });
  const attempt = () => {
    const body = toRegistration(kept.now());
    const pushes = [once.push(body), once.push(salvage(body))] as const;
    return (salvaged: boolean) => pushes[salvaged ? 1 : 0]();
  };
  useDangerAim({ kind: "form", id: name, attempt, done: (no) => void done(no, true) });
  const send = () => {
    if (!submit.isPending && !busy && !ended.current) submit.mutate(toRegistration(kept.now()));
  };
  return { send, busy: busy || submit.isPending, error: submit.error };
}

/** A call that begins: this desk has it first, and nobody has acted yet. */
const NEW_CALL = { initialResponse: false, duringOrder: false } as const;

/** The item of the draft as it was picked here, or as the catalogue has it when the draft is taken up again. */
function useChosenItem(chosen: string | null): readonly [Item | null, (item: Item | null) => void] {
  const [picked, setPicked] = useState<Item | null>(null);
  const isPicked = picked?.code === chosen;
  const found = useQuery({ ...itemsQuery(chosen ?? ""), enabled: chosen !== null && !isPicked }).data?.rows;
  return [isPicked ? picked : (found?.find(({ code }) => code === chosen) ?? null), setPicked];
}

function useFormKeys(send: () => void): void {
  const navigate = useNavigate();
  useKeys([
    { combo: "Ctrl+Enter", label: "key.submit", run: send },
    { combo: "Escape", label: "key.escape", run: () => void navigate({ to: "/requests" }) },
  ]);
}

function Form({ own, place, name, onOpen, onNew }: FormProps): ReactNode {
  const { t, named } = useText();
  const text = useRef<HTMLTextAreaElement>(null);
  const kept = useRegisterDraft(name);
  const [item, setItem] = useChosenItem(kept.saved.draft.item);
  const left = useLeftDraft(place, name);
  const { send, busy, error } = useSending(name, kept);
  const { draft, made } = kept.saved;
  const [refused, setRefused] = useState(false);
  const nothing = made === null && saysNothing(draft);
  useEffect(() => text.current?.focus(), []);
  // Nobody could act on it and nobody could remove it. Danger goes another way and asks for nothing.
  const sendIfSaid = () => {
    setRefused(nothing);
    if (nothing) text.current?.focus();
    else send();
  };
  useFormKeys(sendIfSaid);
  return (
    <form
      className="register pane"
      data-takes-words
      aria-label={t("register.title")}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        sendIfSaid();
      }}
    >
      <header className="pane-head">
        <h1>{t("register.title")}</h1>
        <p className="aside">{t("register.hint")}</p>
      </header>
      {left === null ? null : <Left left={left} onTake={() => onOpen(left.name)} />}
      {made === null ? null : <output className="notice info">{t("register.amends", { no: made.no })}</output>}
      <Caller draft={draft} change={kept.change} />
      <Earlier phone={draft.phone} />
      <LongField
        label={t("register.text")}
        placeholder={t("register.textHint")}
        wrong={refused && nothing ? t("register.nothing") : null}
        value={draft.text}
        rows={8}
        inputRef={text}
        onChange={(words) => kept.change({ text: words })}
        aside={<span className="aside">{t("register.count", { n: [...draft.text].length })}</span>}
      />
      <Classes draft={draft} change={kept.change} onItem={setItem} />
      {item === null ? null : <ItemHint item={item} own={own} />}
      <Questions
        asking={draft}
        words={draft.text}
        facts={NEW_CALL}
        onAsked={(asked, askedItem) => kept.change({ asked, askedItem })}
        onItem={(next) => {
          setItem(next);
          kept.change({ item: next.code, itemName: named(next) });
        }}
      />
      {error === null ? null : <ProblemNote error={error} />}
      <Foot
        draft={draft}
        change={kept.change}
        busy={busy}
        clear={() => {
          kept.drop();
          onNew();
        }}
      />
    </form>
  );
}
