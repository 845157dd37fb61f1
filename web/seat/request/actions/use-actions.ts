import { useEffect, useRef, useState } from "react";
import type { CommandBody, CommandName, Meta, RequestView } from "../../../../src/http/contract/index.ts";
import { useCommand } from "../../../shared/api/commands.ts";
import { formDraft } from "../../../shared/drafts/form-values.ts";
import { drafts } from "../../../shared/drafts/kept-here.ts";
import { useOpenHere } from "../../../shared/drafts/tabs.ts";
import { useDraftPlace } from "../../../shared/drafts/use-drafts.ts";
import { useText } from "../../../shared/i18n/text.tsx";
import { useFlash } from "../../../shared/shell/flash.tsx";
import { needsForm } from "./specs.ts";

/** A field that a form is opened for; elsewhere the caret stands in the first one. */
export type FieldAt = "place";
/** A new object each time it is asked for, so that a form that stands open already brings the caret again. */
export type Asked = { readonly name: CommandName; readonly subject: string; readonly at?: FieldAt };

/** One action at a time: it runs at once, or its form stands open until it is sent or closed. */
export type Actions = {
  readonly open: Asked | null;
  /** Where the open form keeps what is typed. */
  readonly draft: string | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly ask: (name: CommandName, subject: string, at?: FieldAt) => void;
  readonly send: (body: CommandBody<CommandName>) => void;
  /** Closes the form and keeps what stands in it. */
  readonly close: () => void;
  /** Closes the form and drops what stands in it. */
  readonly discard: () => void;
};

/** Says that a form was left with something in it, however it was left: nothing half written disappears without a word. */
function useLeaving(open: Asked | null, draft: string | null): void {
  const { t, code } = useText();
  const flash = useFlash();
  const left = useRef<(was: string | null, name: string | null) => void>(() => undefined);
  useEffect(() => {
    left.current = (was, name) => {
      if (was === null || name === null || drafts.find(was) === null) return;
      flash(t("draft.keptWords", { command: code("command", name) }));
    };
  });
  const name = open?.name ?? null;
  useEffect(() => () => left.current(draft, name), [draft, name]);
}

/** Actions of one request. */
export function useActions(request: RequestView, meta: Meta): Actions {
  const { code } = useText();
  const flash = useFlash();
  const place = useDraftPlace();
  const [open, setOpen] = useState<Asked | null>(null);
  const command = useCommand();
  const { reset } = command;
  const draft =
    open === null || place === null
      ? null
      : formDraft(place, { no: request.requestNo, command: open.name, subject: open.subject });
  useLeaving(open, draft);
  useOpenHere(draft);

  const run = (asked: Asked, body: CommandBody<CommandName>, sent: string | null) => {
    const onAnswered = () => {
      // Only its own form: another may have been opened meanwhile.
      setOpen((now) => (now?.name === asked.name && now.subject === asked.subject ? null : now));
      flash(code("command", asked.name));
    };
    command.mutate({ ...asked, body, etag: request.etag, draft: sent, onAnswered });
  };
  // A key that is pressed while the one before is being answered is not lost: it is done next, on what then stands.
  const [next, setNext] = useState<Asked | null>(null);
  const { isPending, variables } = command;
  useEffect(() => {
    if (next === null || isPending) return;
    setNext(null);
    run(next, {}, null);
    // When the one before is over; `run` is this painting's, with the version that stands now.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [next, isPending]);
  const shut = () => {
    reset();
    setOpen(null);
  };
  return {
    open,
    draft,
    busy: command.isPending,
    error: command.error,
    ask: (name, subject, at) => {
      if (needsForm(name, meta)) {
        if (!isPending) reset();
        setOpen({ name, subject, ...(at === undefined ? {} : { at }) });
        return;
      }
      setOpen(null);
      if (!isPending) run({ name, subject }, {}, null);
      else if (variables.name !== name || variables.subject !== subject) setNext({ name, subject });
    },
    send: (body) => (open === null || command.isPending ? undefined : run(open, body, draft)),
    close: shut,
    discard: () => {
      if (draft !== null) drafts.drop(draft);
      shut();
    },
  };
}
