import { useState } from "react";
import type { CommandBody, CommandName, Meta, RequestView } from "../../../../src/http/contract/index.ts";
import { useCommand } from "../../../shared/api/commands.ts";
import { useText } from "../../../shared/i18n/text.tsx";
import { useFlash } from "../../../shared/shell/flash.tsx";
import { needsForm } from "./specs.ts";

export type Asked = { readonly name: CommandName; readonly subject: string };

/** One action at a time: it runs at once, or its form stands open until it is sent or closed. */
export type Actions = {
  readonly open: Asked | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly ask: (name: CommandName, subject: string) => void;
  readonly send: (body: CommandBody<CommandName>) => void;
  readonly close: () => void;
};

/** Actions of one request. */
export function useActions(request: RequestView, meta: Meta): Actions {
  const { code } = useText();
  const flash = useFlash();
  const command = useCommand();
  const [open, setOpen] = useState<Asked | null>(null);
  const { reset } = command;

  const run = (asked: Asked, body: CommandBody<CommandName>) => {
    command.mutate(
      { ...asked, body, etag: request.etag },
      {
        onSuccess: () => {
          setOpen(null);
          flash(code("command", asked.name));
        },
      },
    );
  };
  return {
    open,
    busy: command.isPending,
    error: command.error,
    ask: (name, subject) => {
      reset();
      if (needsForm(name, meta)) setOpen({ name, subject });
      else {
        setOpen(null);
        if (!command.isPending) run({ name, subject }, {});
      }
    },
    send: (body) => (open === null ? undefined : run(open, body)),
    close: () => {
      reset();
      setOpen(null);
    },
  };
}
