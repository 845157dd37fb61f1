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
  const all = useAllKeys(true).filter((binding) => binding.unlisted !== true && binding.enabled !== false);
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
