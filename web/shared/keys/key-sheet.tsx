import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { useText } from "../i18n/text.tsx";
import { useAllKeys } from "./keys.tsx";
import type { KeyBinding } from "./keys.tsx";

function Group({ title, bindings }: { readonly title: string; readonly bindings: readonly KeyBinding[] }): ReactNode {
  const { t } = useText();
  if (bindings.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {bindings.map((binding) => (
          <div key={binding.combo}>
            <dt>
              <kbd>{shownCombo(binding)}</kbd>
            </dt>
            <dd>{t(binding.label)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function rank(binding: KeyBinding): number {
  return /F\d+$/.test(binding.combo) ? 0 : 1;
}

function functionKeysFirst(a: KeyBinding, b: KeyBinding): number {
  return rank(a) - rank(b) || (a.combo < b.combo ? -1 : 1);
}

/** Keys that do something at other times, each once: whoever learns the keys finds all of them here. */
function laterKeys(every: readonly KeyBinding[], now: readonly KeyBinding[]): readonly KeyBinding[] {
  const works = new Set(now.map(({ combo, label }) => `${combo} ${label}`));
  const keys = new Set(now.map(({ combo }) => combo));
  const rest = new Map(
    every
      .filter(({ combo, label }) => /^(F\d+|[a-z])$/.test(combo) && !keys.has(combo) && !works.has(`${combo} ${label}`))
      .map((binding) => [binding.combo, binding]),
  );
  return [...rest.values()].sort(functionKeysFirst);
}

/** How a key is written for people. */
export function shownCombo(binding: KeyBinding): string {
  if (binding.label === "key.views") return "1 – 5";
  if (binding.label === "key.upDown") return "↑ ↓";
  return binding.combo.length === 1 ? binding.combo.toUpperCase() : binding.combo;
}

/** All keys that work on this screen. */
export function KeySheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const every = useAllKeys(true);
  const all = every.filter((binding) => binding.unlisted !== true && binding.enabled !== false && binding.combo !== "");
  const later = laterKeys(every, all);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="sheet" onClose={onClose} aria-labelledby="sheet-title">
      <h2 id="sheet-title">{t("key.sheet")}</h2>
      <div className="sheet-groups">
        <Group
          title={t("key.groupAnywhere")}
          bindings={all.filter((binding) => binding.anywhere === true).sort(functionKeysFirst)}
        />
        <Group title={t("key.groupHere")} bindings={all.filter((binding) => binding.anywhere !== true)} />
        <Group title={t("key.groupLater")} bindings={later} />
      </div>
      <p className="aside">{t("key.sheetHint")}</p>
      <form method="dialog">
        <button type="submit" className="button">
          {t("danger.close")} <kbd>Esc</kbd>
        </button>
      </form>
    </dialog>
  );
}
