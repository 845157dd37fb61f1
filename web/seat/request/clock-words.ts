import type { Translate, TranslateCode } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import type { TimelineEntry } from "./contract-types.ts";

type Words = { readonly t: Translate; readonly code: TranslateCode };

/** A due time inside an event; null = there is none. */
function timeIn(value: unknown): string | null {
  const { at } = { at: null, ...(typeof value === "object" ? value : null) };
  return typeof at === "string" ? formatTime(at) : null;
}

/** What an entry about a time limit says beside its name: why, how much, until when. */
export function clockDetails(row: Pick<TimelineEntry, "stream" | "type" | "details">, words: Words): readonly string[] {
  if (row.stream !== "clock") return [];
  const { t, code } = words;
  const { reason, why, wanted, due, until } = row.details;
  const wantedAt = timeIn(wanted);
  const dueAt = row.type === "ClockMarked" ? null : timeIn(due);
  return [
    ...(typeof reason === "string" ? [code("clockReason", reason)] : []),
    ...(typeof why === "string" ? [code("clockWhy", why)] : []),
    ...(typeof until === "string" ? [t("clock.wanted", { time: formatTime(until) })] : []),
    ...(wantedAt === null ? [] : [t("clock.wanted", { time: wantedAt })]),
    ...(dueAt === null ? [] : [t("clock.due", { time: dueAt })]),
  ];
}
