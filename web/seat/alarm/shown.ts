import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { newKey } from "../../shared/api/client.ts";
import { giveCommand } from "../../shared/api/commands.ts";
import { timelineQuery } from "../../shared/api/reads.ts";
import { useSeat } from "../../shared/session/session.tsx";

type Told = { readonly streamId: string; readonly type: string };

/** How many pushes of a linkage came after this node last reported one as shown; 0 = the sender knows. Rows oldest first. */
export function unreportedPushes(rows: readonly Told[], linkageId: string): number {
  const own = rows.filter((row) => row.streamId === linkageId);
  const reported = own.map((row) => row.type).lastIndexOf("command.shown");
  return own.slice(reported + 1).filter((row) => row.type === "message.push").length;
}

/**
 * Says to the sender that what it pushed is on the screen of an on-duty seat: not before it is painted in a visible tab
 * (two animation frames, which hidden tabs do not get), because this releases the sender. Tried until the node has it.
 * `occasion` names what is reported, so that it is reported once. @source nmg:2.2.1
 */
export function useShownReceipt(linkageId: string | null, occasion: string | null): void {
  const { session } = useSeat();
  const { onDuty } = session;
  // A reading that was under way when the report left still shows the push as unreported, and brings the occasion up again.
  const keys = useRef(new Map<string, string>());
  const held = useRef(new Set<string>());
  useEffect(() => {
    if (linkageId === null || occasion === null || !onDuty) return undefined;
    const what = `${linkageId} ${occasion}`;
    if (held.current.has(what)) return undefined;
    const key = keys.current.get(what) ?? newKey();
    keys.current.set(what, key);
    let over = false;
    const say = () => {
      if (over || held.current.has(what)) return;
      giveCommand({ name: "shown", subject: linkageId, body: {} }, key).then(
        () => held.current.add(what),
        () => {
          if (!over) setTimeout(() => requestAnimationFrame(say), 1_000);
        },
      );
    };
    const frame = requestAnimationFrame(() => requestAnimationFrame(say));
    return () => {
      over = true;
      cancelAnimationFrame(frame);
    };
  }, [linkageId, occasion, onDuty]);
}

/** Reports pushes of an open request whose alarm was signed before: additions to them do not ring again. */
export function useReportPushes(no: string, linkageId: string | null, painted: boolean): number {
  const { data, isFetching } = useQuery({ ...timelineQuery(no), enabled: linkageId !== null });
  const rows = data?.rows ?? [];
  const count = linkageId === null ? 0 : unreportedPushes(rows, linkageId);
  const pushes = rows.filter((row) => row.streamId === linkageId && row.type === "message.push").length;
  useShownReceipt(linkageId, painted && !isFetching && count > 0 ? `push ${pushes}` : null);
  return count;
}
