import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { ReactNode, RefObject } from "react";
import { Glyph } from "../design/glyph.tsx";
import { drafts } from "../drafts/kept-here.ts";
import { useDraftPlace } from "../drafts/use-drafts.ts";
import { useText } from "../i18n/text.tsx";
import { useKeys } from "../keys/keys.tsx";
import { useSeat } from "../session/session.tsx";
import { LanguageSwitch, ThemeSwitch } from "./switches.tsx";

/** How many registrations and forms this account has left half written, in every tab. */
function useDraftCount(): number {
  const place = useDraftPlace();
  useSyncExternalStore(drafts.listen, drafts.version);
  return place === null ? 0 : drafts.names(place).length;
}

/** Logging out drops what is half written: who has something half written is asked first, and going back is the nearest way. */
function LogOutSure({ left, onBack }: { readonly left: number; readonly onBack: () => void }): ReactNode {
  const { t } = useText();
  const { logOut } = useSeat();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="sheet ask" onClose={onBack} aria-labelledby="log-out-sure">
      <h2 id="log-out-sure">
        <Glyph name="danger" size={16} /> {t("logout.title", { n: left })}
      </h2>
      <p>{t("logout.what")}</p>
      <form method="dialog" className="ask-acts">
        <button type="submit" className="button primary">
          {t("logout.back")} <kbd>Esc</kbd>
        </button>
        <button type="button" className="button danger" onClick={logOut}>
          {t("draft.logOutSure", { n: left })}
        </button>
      </form>
    </dialog>
  );
}

/** Closes the menu by Escape, which then leads back to it, and when the caret or a press goes elsewhere. */
function useClosing(menu: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const details = menu.current;
    if (details === null) return undefined;
    const close = () => details.removeAttribute("open");
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !details.open) return;
      // Only the menu: what lies below it keeps its own Escape.
      event.preventDefault();
      event.stopPropagation();
      close();
      details.querySelector("summary")?.focus();
    };
    const leave = (to: EventTarget | null) => {
      if (to instanceof Node && !details.contains(to)) close();
    };
    const onFocusOut = (event: FocusEvent) => leave(event.relatedTarget);
    const onPointerDown = (event: PointerEvent) => leave(event.target);
    details.addEventListener("keydown", onKeyDown);
    details.addEventListener("focusout", onFocusOut);
    window.addEventListener("pointerdown", onPointerDown);
    return () => {
      details.removeEventListener("keydown", onKeyDown);
      details.removeEventListener("focusout", onFocusOut);
      window.removeEventListener("pointerdown", onPointerDown);
    };
  }, [menu]);
}

/** The account: language, light, keys, log-out. Escape and whatever takes the caret elsewhere close it. */
export function AccountMenu({ onSheet }: { readonly onSheet: () => void }): ReactNode {
  const { t } = useText();
  const { session, logOut } = useSeat();
  const left = useDraftCount();
  const [asked, setAsked] = useState(false);
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
  const close = () => menu.current?.removeAttribute("open");
  const leave = () => (left === 0 ? logOut() : setAsked(true));
  useKeys([{ combo: "", label: "nav.logout", run: leave, anywhere: true }]);
  return (
    <>
      <details ref={menu} className="menu">
        <summary className="button quiet small">
          <span>{session.user.displayName}</span>
        </summary>
        <div className="menu-list">
          <LanguageSwitch />
          <ThemeSwitch />
          <button
            type="button"
            className="button quiet small wide-only"
            onClick={() => {
              close();
              onSheet();
            }}
          >
            {t("nav.keys")} <kbd>?</kbd>
          </button>
          <button
            type="button"
            className="button quiet small"
            onClick={() => {
              close();
              leave();
            }}
          >
            {t("nav.logout")}
          </button>
        </div>
      </details>
      {asked ? <LogOutSure left={left} onBack={() => setAsked(false)} /> : null}
    </>
  );
}
