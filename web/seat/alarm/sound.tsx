import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { makeSiren } from "./siren.ts";

/**
 * Rings while `ringing`, and sounds softly each time `heard` grows; both only on duty. While the browser still forbids sound, says so in
 * red on every screen.
 */
export function Sound({
  ringing,
  heard,
  onDuty,
}: {
  readonly ringing: boolean;
  readonly heard: number;
  readonly onDuty: boolean;
}): ReactNode {
  const { t } = useText();
  const [siren] = useState(makeSiren);
  const unlocked = useSyncExternalStore(siren.listen, siren.unlocked);

  useEffect(() => {
    if (unlocked) return undefined;
    const unlock = () => siren.unlock();
    unlock();
    for (const kind of ["keydown", "pointerdown"] as const) window.addEventListener(kind, unlock, true);
    return () => {
      for (const kind of ["keydown", "pointerdown"] as const) window.removeEventListener(kind, unlock, true);
    };
  }, [siren, unlocked]);
  useEffect(() => {
    siren.set(ringing && onDuty);
    return () => siren.set(false);
  }, [siren, ringing, onDuty]);

  const before = useRef(heard);
  useEffect(() => {
    const more = heard > before.current;
    before.current = heard;
    if (more && onDuty) siren.chime();
  }, [siren, heard, onDuty]);

  if (unlocked || !onDuty) return null;
  return (
    <output className="strip sound">
      <Glyph name="sound" size={16} /> <strong>{t("sound.locked")}</strong> <kbd>{t("key.any")}</kbd>
    </output>
  );
}
