import { useEffect, useRef, useState } from "react";
import type { CommandBody, CommandName, Meta, RequestView } from "../../../../src/http/contract/index.ts";
import { isUnconditional, useCommand } from "../../../shared/api/commands.ts";
import { formDraft, parseValues, writtenSince } from "../../../shared/drafts/form-values.ts";
import { drafts } from "../../../shared/drafts/kept-here.ts";
import { useOpenHere } from "../../../shared/drafts/tabs.ts";
import { useDraftPlace } from "../../../shared/drafts/use-drafts.ts";
import { useText } from "../../../shared/i18n/text.tsx";
import { useFlash } from "../../../shared/shell/flash.tsx";
import { actWord } from "../linkage-acts.tsx";
import { doneWords } from "./done-words.ts";
import { needsForm } from "./specs.ts";
import { unsaidOf, unsaidWord } from "./unsaid.ts";

/** A field that a form is opened for; elsewhere the caret stands in the first one. */
export type FieldAt = "place";
/** A new object each time it is asked for, so that a form that stands open already brings the caret again. */
export type Asked = { readonly name: CommandName; readonly subject: string; readonly at?: FieldAt };

/** What was given while the one before was being answered. */
type Waiting = { readonly asked: Asked; readonly body: CommandBody<CommandName>; readonly draft: string | null };

/** One action at a time: it runs at once, or its form stands open until it is sent or closed. */
export type Actions = {
  readonly open: Asked | null;
  /** Where the open form keeps what is typed. */
  readonly draft: string | null;
  /** A command is being answered. */
  readonly busy: boolean;
  /** What stands in the open form is being answered or is next. */
  readonly sending: boolean;
  readonly error: unknown;
  readonly ask: (name: CommandName, subject: string, at?: FieldAt) => void;
  /** At once, or as soon as another command is answered; words wait for nothing; a second press of the same is none. */
  readonly send: (body: CommandBody<CommandName>) => void;
  /** Closes the form and keeps what stands in it. */
  readonly close: () => void;
  /** Closes the form and drops what stands in it. */
  readonly discard: () => void;
};

/**
 * Says that a form was left with something in it, however it was left: nothing half written disappears without a word. One that is
 * `underWay` is not left: it goes on.
 */
function useLeaving(open: Asked | null, draft: string | null, underWay: boolean): void {
  const { t, code } = useText();
  const flash = useFlash();
  const left = useRef<(was: string | null, name: string | null) => void>(() => undefined);
  useEffect(() => {
    left.current = (was, name) => {
      if (underWay || was === null || name === null || drafts.find(was) === null) return;
      flash(t("draft.keptWords", { command: code("command", name) }));
    };
  });
  const name = open?.name ?? null;
  useEffect(() => () => left.current(draft, name), [draft, name]);
}

/**
 * Of words that were added, what was typed behind them while they were on their way stays to be sent; what has left does not stand there a
 * second time. Answers whether something stays.
 */
function keepWrittenSince(draft: string | null, sent: unknown): boolean {
  const now = draft === null ? null : drafts.find(draft);
  if (draft === null || now === null) return false;
  const rest = writtenSince(parseValues(sent), parseValues(now.value), "note");
  const stays = Object.values(rest).some((value) => value !== "");
  if (stays) drafts.keep(draft, rest, Date.now());
  else drafts.drop(draft);
  return stays;
}

type What = Pick<Asked, "name" | "subject">;

function isOf(open: What | null | undefined, { name, subject }: What): boolean {
  return open?.name === name && open.subject === subject;
}

/** A second press is no second command. */
function isSame(one: (What & { readonly body: unknown }) | undefined, { asked, body }: Waiting): boolean {
  return isOf(one, asked) && JSON.stringify(one?.body) === JSON.stringify(body);
}

/**
 * What is given while the one before is being answered is not lost: it is done next, on what then stands. `gone` = those that wait are
 * told as not sent, when the one before was refused or the request is left.
 */
function useQueue(busy: boolean, refused: () => boolean, run: (next: Waiting) => void) {
  const { t, code, language } = useText();
  const flash = useFlash();
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const gone = useRef<(why: "form.beforeRefused" | "form.leftWaiting") => void>(() => undefined);
  useEffect(() => {
    gone.current = (why) => {
      const names = waiting.map(({ asked }) => code("command", asked.name)).join(language === "zh" ? "、" : ", ");
      if (names !== "") flash(t(why, { command: names }), "no");
    };
  });
  useEffect(() => () => gone.current("form.leftWaiting"), []);
  useEffect(() => {
    const [next, ...later] = waiting;
    if (next === undefined || busy) return;
    // It was given on what the one before would have made; now its giver decides again.
    if (refused()) {
      gone.current("form.beforeRefused");
      setWaiting([]);
      return;
    }
    setWaiting(later);
    run(next);
    // When the one before is over; `run` is this painting's, with the version that stands now.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [waiting, busy]);
  return {
    waiting,
    /** A form that is corrected and sent again takes the place of what it said before. */
    add: (given: Waiting) => setWaiting([...waiting.filter(({ asked }) => !isOf(given.asked, asked)), given]),
    drop: (form: What | null) => setWaiting(waiting.filter(({ asked }) => !isOf(form, asked))),
  };
}

/** Actions of one request. */
export function useActions(request: RequestView, meta: Meta): Actions {
  const { t, code } = useText();
  const flash = useFlash();
  const place = useDraftPlace();
  const [open, setOpen] = useState<Asked | null>(null);
  const command = useCommand();
  // What only adds, and danger, waits for no other command: a line that hangs must not hold words back that an open push needs.
  const words = useCommand();
  const answered = useRef(new Set<unknown>());
  const draft =
    open === null || place === null
      ? null
      : formDraft(place, { no: request.requestNo, command: open.name, subject: open.subject });
  const underWay = [command, words].find((one) => one.isPending && open !== null && isOf(one.variables, open));
  useLeaving(open, draft, underWay !== undefined);
  useOpenHere(draft);

  // What waits was given behind the one that ran last.
  const lastWasWords = useRef(false);
  const run = ({ asked, body, draft: sent }: Waiting) => {
    const before = sent === null ? null : drafts.find(sent)?.value;
    const onAnswered = () => {
      answered.current.add(body);
      // Who adds words in a danger, or was writing on, is still being talked to: the caret stays where the next words go.
      const goesOn = asked.name === "amend" && (keepWrittenSince(sent, before) || request.dangerOpen);
      // Only its own form: another may have been opened meanwhile.
      if (!goesOn) setOpen((now) => (isOf(now, asked) ? null : now));
      const linkage = request.linkages.find(({ id }) => id === asked.subject);
      const done = doneWords(asked.name, code("command", actWord(asked.name, linkage)), meta.side, t, code);
      const [missing, ...more] = asked.name === "handOver" ? unsaidOf(request) : [];
      // It has left: what the other desk would have to ask for is said once and holds nothing up.
      if (missing === undefined) flash(done);
      else flash(`${done} · ${t(more.length > 0 ? "route.noNumberNoPlace" : unsaidWord(missing))}`, "no");
    };
    const isWords = isUnconditional(asked.name);
    lastWasWords.current = isWords;
    const by = isWords ? words : command;
    by.mutate({ ...asked, body, etag: request.etag, seen: request, draft: sent, onAnswered });
  };
  const busy = command.isPending || words.isPending;
  const queue = useQueue(busy, () => (lastWasWords.current ? words : command).isError, run);
  const give = (given: Waiting) => {
    const pressed = [command, words].some(
      (one) => one.isPending && !answered.current.has(one.variables.body) && isSame(one.variables, given),
    );
    if (pressed) return;
    if (!busy || isUnconditional(given.asked.name)) run(given);
    else queue.add(given);
  };
  const reset = () => {
    for (const one of [command, words]) if (!one.isPending) one.reset();
  };
  const shut = () => {
    queue.drop(open);
    // One that is under way goes on, and what becomes of it is told.
    reset();
    setOpen(null);
  };
  return {
    open,
    draft,
    busy,
    sending: underWay !== undefined || (open !== null && queue.waiting.some(({ asked }) => isOf(open, asked))),
    error: words.error ?? command.error,
    ask: (name, subject, at) => {
      if (needsForm(name, meta, request)) {
        reset();
        setOpen({ name, subject, ...(at === undefined ? {} : { at }) });
        return;
      }
      setOpen(null);
      reset();
      give({ asked: { name, subject }, body: {}, draft: null });
    },
    send: (body) => {
      if (open !== null) give({ asked: open, body, draft });
    },
    close: shut,
    discard: () => {
      if (draft !== null) drafts.drop(draft);
      shut();
    },
  };
}
