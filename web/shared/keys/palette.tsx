/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role */
// A select cannot be filtered by typing.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { isComposing } from "../design/combo.tsx";
import { useText } from "../i18n/text.tsx";
import { useAllKeys } from "./keys.tsx";
import type { KeyBinding } from "./keys.tsx";
import { shownCombo } from "./key-sheet.tsx";
import { numbersFor } from "./number-typed.ts";

type Entry = {
  readonly id: string;
  readonly words: string;
  readonly combo: string | null;
  readonly run: () => void;
  /** It cannot be done now, and says why. */
  readonly says?: boolean;
};

/** What can be found: what works now, then what only says why it does not; each word once. */
export function foundIn(bindings: readonly KeyBinding[]): readonly KeyBinding[] {
  const open = bindings.filter((binding) => binding.enabled !== false);
  const works = open.filter(({ unlisted }) => unlisted !== true);
  const labels = new Set(works.map(({ label }) => label));
  const says = open.filter(({ says: only, label }) => only === true && !labels.has(label));
  return [...works, ...says.filter(({ label }, i) => says.findIndex((one) => one.label === label) === i)];
}

/** What fits what was typed; the one that Enter takes is marked. */
function Found({
  entries,
  at,
  onTake,
}: {
  readonly entries: readonly Entry[];
  readonly at: number;
  readonly onTake: (entry: Entry) => void;
}): ReactNode {
  const { t } = useText();
  return (
    <ul role="listbox" id="palette-list" aria-label={t("nav.commands")}>
      {entries.map((entry, i) => (
        <li
          key={entry.id}
          id={`palette-${i}`}
          role="option"
          aria-selected={i === at}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(entry);
          }}
        >
          <span>
            {entry.words}
            {entry.says === true ? <span className="aside"> · {t("palette.notNow")}</span> : null}
          </span>
          {entry.combo === null ? null : <kbd>{entry.combo}</kbd>}
        </li>
      ))}
    </ul>
  );
}

type Rows = { readonly pages?: readonly { readonly rows: readonly { readonly requestNo: string }[] }[] };

/** Numbers of the requests in the queues this screen has read, when it was opened. */
function useKnownNumbers(): readonly string[] {
  const client = useQueryClient();
  return useMemo(() => {
    const pages = client.getQueriesData<Rows>({ queryKey: ["queue"] }).flatMap(([, data]) => data?.pages ?? []);
    return pages.flatMap(({ rows }) => rows.map(({ requestNo }) => requestNo));
  }, [client]);
}

/** Finds a command by its words, or a request by its number: the whole, or the end of one that stands in a queue. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const bindings = useAllKeys(true);
  useEffect(() => dialog.current?.showModal(), []);
  const known = useKnownNumbers();

  const entries: readonly Entry[] = [
    ...numbersFor(query, known).map((no) => ({
      id: no,
      words: t("palette.open", { no }),
      combo: null,
      run: () => void navigate({ to: "/requests/$no", params: { no } }),
    })),
    ...foundIn(bindings)
      .map((binding) => ({
        id: `${binding.combo} ${binding.label}`,
        words: t(binding.label),
        combo: binding.combo === "" ? null : shownCombo(binding),
        run: binding.run,
        says: binding.says === true,
      }))
      .filter((entry) => entry.words.toLowerCase().includes(query.trim().toLowerCase())),
  ];
  const take = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onClose();
    // After the dialog has given the focus back, so that what the command opens can take it.
    setTimeout(entry.run, 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, entries.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") take(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} className="palette" onClose={onClose} aria-label={t("key.palette")}>
      <input
        className="input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries[at] === undefined ? undefined : `palette-${at}`}
        aria-label={t("palette.placeholder")}
        placeholder={t("palette.placeholder")}
        value={query}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
      />
      <Found entries={entries} at={at} onTake={take} />
      {entries.length === 0 ? <p className="aside">{t("palette.empty")}</p> : null}
    </dialog>
  );
}
