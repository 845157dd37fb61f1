import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { QueueRow } from "../../../src/http/contract/index.ts";
import { Badge } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";

type Due = Static<typeof QueueRow>["due"];

/** So long before its end a time limit is called near: the second of the two marks of the plans' examples. */
const NEAR_MS = 86_400_000;

/** How a row's time limit stands; null = nothing worth a mark in a list: its end is far away. */
export function dueState(due: Due, now: number): "late" | "near" | "paused" | "awaiting" | null {
  if (due === null || due === undefined) return null;
  const left = due.at === null ? null : Date.parse(due.at) - now;
  if (left !== null && left <= 0) return "late";
  if (due.status === "paused") return "paused";
  if (due.status === "awaitingRequester") return "awaiting";
  return left !== null && left <= NEAR_MS ? "near" : null;
}

/** The time limit of a row of the queue: passed, near, or standing still; never red, because danger is. */
export function DueLine({ due, now }: { readonly due: Due; readonly now: number }): ReactNode {
  const { t } = useText();
  const state = dueState(due, now);
  if (state === null || due === null || due === undefined) return null;
  if (state === "paused" || state === "awaiting")
    return <Badge glyph="clock">{t(state === "paused" ? "queue.duePaused" : "queue.dueAwaiting")}</Badge>;
  const time = due.at === null ? "" : formatTime(due.at, now);
  const words = due.provisional ? `${time}${t("due.provisional")}` : time;
  const stage = t(`due.stage.${due.stage}`);
  return (
    <Badge tone={state === "late" ? "warn" : "plain"} glyph="clock">
      {t(state === "late" ? "due.late" : "due.until", { stage, time: words })}
    </Badge>
  );
}
