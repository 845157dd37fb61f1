import { useEffect } from "react";
import { useSeat } from "../../shared/session/session.tsx";
import type { LinkageView } from "../request/contract-types.ts";
import { useOnScreen } from "./on-screen.ts";
import { isReported, reportShown } from "./reports.ts";

/** The push of an urgent linkage that its sender has not been told to be on a screen here; null = the sender knows. */
export function unreportedPush(linkage: Pick<LinkageView, "kind" | "role" | "pushNo" | "shownPushNo">): number | null {
  if (linkage.kind !== "urgent" || linkage.role !== "R") return null;
  return linkage.pushNo > linkage.shownPushNo ? linkage.pushNo : null;
}

/**
 * Says to the sender that its push is on the screen of an on-duty seat: the number that was painted, and not before it is
 * painted in a visible tab (two animation frames, which hidden tabs do not get) and most of what carries the returned ref is in
 * view, because this releases the sender. Tried until the node has it. `linkage` as it is on the screen; undefined = nothing is.
 * @source nmg:2.2.1
 */
export function useShownReceipt(linkage: LinkageView | undefined): (element: Element | null) => void {
  const { session } = useSeat();
  const { onDuty } = session;
  const { ref, seen } = useOnScreen();
  const id = linkage?.id ?? null;
  const pushNo = linkage === undefined ? null : unreportedPush(linkage);
  useEffect(() => {
    if (id === null || pushNo === null || !onDuty || !seen || isReported(id, pushNo)) return undefined;
    let over = false;
    const say = () => {
      if (over) return;
      reportShown(id, pushNo).catch(() => {
        if (!over) setTimeout(() => requestAnimationFrame(say), 1_000);
      });
    };
    const frame = requestAnimationFrame(() => requestAnimationFrame(say));
    return () => {
      over = true;
      cancelAnimationFrame(frame);
    };
  }, [id, pushNo, onDuty, seen]);
  return ref;
}
