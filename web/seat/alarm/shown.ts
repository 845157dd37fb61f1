import { useEffect, useRef, useSyncExternalStore } from "react";
import { useSeat } from "../../shared/session/session.tsx";
import type { LinkageView } from "../request/contract-types.ts";
import { standing, stillToStand } from "./dwell.ts";
import type { Stand } from "./dwell.ts";
import { useOnScreen } from "./on-screen.ts";
import { isReported, reportShown } from "./reports.ts";

/** The push of an urgent or a joint linkage that its sender has not been told to be on a screen here; null = the sender knows. */
export function unreportedPush(linkage: Pick<LinkageView, "kind" | "role" | "pushNo" | "shownPushNo">): number | null {
  if ((linkage.kind !== "urgent" && linkage.kind !== "joint") || linkage.role !== "R") return null;
  return linkage.pushNo > linkage.shownPushNo ? linkage.pushNo : null;
}

function onVisibility(change: () => void): () => void {
  document.addEventListener("visibilitychange", change);
  return () => document.removeEventListener("visibilitychange", change);
}

/** Whether the tab is not hidden behind another one. */
function useVisible(): boolean {
  return useSyncExternalStore(onVisibility, () => document.visibilityState === "visible");
}

const RETRY_MS = 1_000;

/** Tries until the node has it or nobody sees it any more; each try waits for a frame, which hidden tabs do not get. */
function sayUntilHeld(id: string, pushNo: number, isOver: () => boolean): void {
  requestAnimationFrame(() => {
    if (isOver()) return;
    reportShown(id, pushNo).catch(() => {
      setTimeout(() => sayUntilHeld(id, pushNo, isOver), RETRY_MS);
    });
  });
}

/**
 * Says to the sender that its push is on the screen of an on-duty seat: the number that was painted, and not before it has stood for
 * the dwell without a break (`dwell.ts`), painted, in a visible tab, most of what carries the returned ref in view; because this
 * releases the sender. `linkage` as it is on the screen; undefined = nothing is.
 * @source nmg:2.2.1
 */
export function useShownReceipt(linkage: LinkageView | undefined): (element: Element | null) => void {
  const { onDuty } = useSeat().session;
  const { ref, seen: inView } = useOnScreen();
  const visible = useVisible();
  const stand = useRef<Stand>(null);
  const id = linkage?.id ?? null;
  const pushNo = linkage === undefined ? null : unreportedPush(linkage);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waits = id !== null && pushNo !== null && !isReported(id, pushNo);
    const sight = { what: waits ? `${id} ${pushNo}` : null, inView, visible, onDuty };
    const look = () => {
      if (over) return;
      stand.current = standing(stand.current, sight, performance.now());
      const left = stillToStand(stand.current, performance.now());
      if (left === null || !waits) return;
      if (left > 0) timer = setTimeout(look, left);
      else sayUntilHeld(id, pushNo, () => over);
    };
    // What stands counts from its second frame: by then the first one is painted. A break counts at once.
    if (standing(null, sight, 0) === null) look();
    else requestAnimationFrame(() => requestAnimationFrame(look));
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [id, pushNo, inView, visible, onDuty]);
  return ref;
}
