import type { ReactNode } from "react";
import type { CommandName } from "../../../src/http/contract/index.ts";
import { isCommandName } from "../../shared/api/paths.ts";
import { useText } from "../../shared/i18n/text.tsx";
import { useKeys } from "../../shared/keys/keys.tsx";
import { LETTERS } from "./actions/specs.ts";
import type { LinkageView } from "./contract-types.ts";

export type Ask = (name: CommandName, subject: string) => void;

/** Commands that stand elsewhere: a receipt the screen gives by itself, reading beside the additions, accepting in the bar. */
export const ELSEWHERE: ReadonlySet<string> = new Set(["shown", "readAdditions", "acceptOffer"]);

/** What has come back is taken up again, not taken back: there is nothing over there any more. */
export function actWord(name: CommandName, linkage: Pick<LinkageView, "state"> | undefined): string {
  return name === "withdraw" && linkage?.state === "returned" ? "withdrawReturned" : name;
}

function Letter({ name, on }: { readonly name: CommandName; readonly on: boolean }): ReactNode {
  const letter = LETTERS[name];
  return letter === undefined || !on ? null : <kbd aria-hidden="true">{letter.toUpperCase()}</kbd>;
}

/** Letters of what may be done with a hand-over; where several take a command, that of the newest. */
export function useLetters(linkages: readonly LinkageView[], ask: Ask): ReadonlyMap<CommandName, string> {
  const oldestFirst = [...linkages].sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
  const keyed = new Map(
    oldestFirst.flatMap(({ id, allowed }) =>
      allowed.filter(isCommandName).flatMap((name) => (ELSEWHERE.has(name) ? [] : [[name, id] as const])),
    ),
  );
  useKeys(
    [...keyed].flatMap(([name, id]) => {
      const combo = LETTERS[name];
      return combo === undefined ? [] : [{ combo, label: `command.${name}` as const, run: () => ask(name, id) }];
    }),
  );
  return keyed;
}

/** What may be done with one hand-over, where it stands. */
export function LinkageActs({
  linkage,
  commands,
  label,
  busy,
  keyed,
  ask,
}: {
  readonly linkage: LinkageView;
  readonly commands: readonly CommandName[];
  readonly label: string;
  readonly busy: boolean;
  /** The hand-over that the letter of a command acts on. */
  readonly keyed: ReadonlyMap<CommandName, string>;
  readonly ask: Ask;
}): ReactNode {
  const { code } = useText();
  if (commands.length === 0) return null;
  return (
    <fieldset className="card-acts" aria-label={label}>
      {commands.map((name) => (
        <button
          key={name}
          type="button"
          className={name === "sign" ? "button small primary" : "button small"}
          disabled={busy}
          aria-keyshortcuts={keyed.get(name) === linkage.id ? LETTERS[name] : undefined}
          data-take-back={name === "withdraw" ? "" : undefined}
          onClick={() => ask(name, linkage.id)}
        >
          {code("command", actWord(name, linkage))} <Letter name={name} on={keyed.get(name) === linkage.id} />
        </button>
      ))}
    </fieldset>
  );
}
