import { useParams, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { PlainKey } from "../shared/i18n/text.tsx";
import { useText } from "../shared/i18n/text.tsx";
import { useKeys } from "../shared/keys/keys.tsx";
import { useFlash } from "../shared/shell/flash.tsx";

/** Keys that act only at times, and what is missing when they cannot: with no request open, and on one that is. */
const IDLE = [
  ["F1", "key.sign", "idle.nothingToSign", "idle.nothingToSign"],
  ["F2", "key.accept", "idle.acceptWhat", "idle.nothingToAccept"],
  ["F3", "register.draftUse", "idle.noDraft", "idle.noDraft"],
  ["F6", "key.earlier", "idle.earlierWhat", "idle.earlierWhat"],
  ["F7", "key.alarms", "idle.noMoreAlarms", "idle.noMoreAlarms"],
  ["F8", "key.handOver", "idle.handOverWhat", "idle.notToHandOver"],
  ["Alt+7", "key.dialReached", "idle.noDial", "idle.noDial"],
  ["Alt+8", "key.dialNoAnswer", "idle.noDial", "idle.noDial"],
  ["Alt+9", "key.dialBusy", "idle.noDial", "idle.noDial"],
  ["x", "command.close", "idle.closeWhat", "idle.notToClose"],
] as const satisfies readonly (readonly [combo: string, label: PlainKey, none: PlainKey, open: PlainKey])[];

/** A key that cannot act now says why, instead of silence. Stands before everything that adds keys: whatever can act goes first. */
export function IdleKeys(): ReactNode {
  const { t } = useText();
  const flash = useFlash();
  const open = useParams({ strict: false }).no !== undefined;
  const registering = useRouterState({ select: (state) => state.location.pathname === "/register" });
  useKeys(
    IDLE.map(([combo, label, whenNone, whenOpen]) => ({
      combo,
      label,
      unlisted: true,
      says: true,
      run: () => flash(t(registering && combo === "F8" ? "idle.handOverFirst" : open ? whenOpen : whenNone), "no"),
    })),
  );
  return null;
}
