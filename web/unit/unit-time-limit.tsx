import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { CommandBody, CommandName, UnitOrderRow } from "../../src/http/contract/index.ts";
import { useCommand } from "../shared/api/commands.ts";
import { metaQuery } from "../shared/api/reads.ts";
import { ClockNote } from "../shared/design/clock-note.tsx";
import { ProblemNote } from "../shared/design/states.tsx";
import { formDraft } from "../shared/drafts/form-values.ts";
import { drafts } from "../shared/drafts/kept-here.ts";
import { useDraftPlace } from "../shared/drafts/use-drafts.ts";
import { useText } from "../shared/i18n/text.tsx";
import { useFlash } from "../shared/shell/flash.tsx";
import { ActionForm } from "../seat/request/actions/action-form.tsx";
import { needsForm } from "../seat/request/actions/specs.ts";
import { isTimeLimitCommand } from "../seat/request/actions/time-limit-specs.ts";

/** The time limit of a unit's order: what was done to it, waiting for the requester, asking for more time. @source nmg:2.2.5 */
export function UnitTimeLimit({ row }: { readonly row: UnitOrderRow }): ReactNode {
  const { t, code } = useText();
  const meta = useQuery(metaQuery).data;
  const flash = useFlash();
  const place = useDraftPlace();
  const command = useCommand();
  const [open, setOpen] = useState<CommandName | null>(null);
  const { order } = row;
  const draftOf = (name: CommandName) =>
    place === null ? null : formDraft(place, { no: row.requestNo, command: name, subject: order.id });
  const run = (name: CommandName, body: CommandBody<CommandName>) => {
    if (command.isPending) return;
    command.mutate(
      { name, subject: order.id, body, draft: draftOf(name) },
      {
        onSuccess: () => {
          setOpen(null);
          flash(t("command.did", { command: code("command", name) }));
        },
      },
    );
  };
  const shut = () => {
    command.reset();
    setOpen(null);
  };
  const commands = order.allowed.filter(isTimeLimitCommand);
  const note = <ClockNote clock={order.clock} />;
  if (open !== null && meta !== undefined) {
    const draft = draftOf(open);
    return (
      <>
        {note}
        <ActionForm
          key={open}
          name={open}
          title={code("command", open)}
          meta={meta}
          item={null}
          place={null}
          draft={draft}
          busy={command.isPending}
          error={command.error}
          onSend={(body) => run(open, body)}
          onClose={shut}
          onDiscard={() => {
            if (draft !== null) drafts.drop(draft);
            shut();
          }}
        />
      </>
    );
  }
  return (
    <>
      {note}
      {command.isError ? <ProblemNote error={command.error} /> : null}
      {commands.length === 0 ? null : (
        <fieldset className="card-acts" aria-label={t("clock.title")}>
          {commands.map((name) => (
            <button
              key={name}
              type="button"
              className="button small"
              disabled={command.isPending}
              onClick={() => (meta !== undefined && needsForm(name, meta) ? setOpen(name) : run(name, {}))}
            >
              {code("command", name)}
            </button>
          ))}
        </fieldset>
      )}
    </>
  );
}
