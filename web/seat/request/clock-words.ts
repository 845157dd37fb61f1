import type { Translate, TranslateCode } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import type { TimelineEntry } from "./contract-types.ts";

type Words = { readonly t: Translate; readonly code: TranslateCode };

/** A due time inside an event; null = there is none. */
function timeIn(value: unknown): string | null {
  const { at } = { at: null, ...(typeof value === "object" ? value : null) };
  return typeof at === "string" ? formatTime(at) : null;
}

/** Several limits of a request may move at once: then each line names its stage. */
function dueWords(policy: unknown, time: string, { t, code }: Words): string {
  const { stage } = { stage: null, ...(typeof policy === "object" ? policy : null) };
  return typeof stage === "string"
    ? t("due.until", { stage: code("due.stage", stage), time })
    : t("clock.due", { time });
}

/** What an entry about a time limit says beside its name: why, how much, until when. */
export function clockDetails(row: Pick<TimelineEntry, "stream" | "type" | "details">, words: Words): readonly string[] {
  if (row.stream !== "clock") return [];
  const { t, code } = words;
  const { reason, why, wanted, due, until, policy } = row.details;
  const wantedAt = timeIn(wanted);
  const dueAt = row.type === "ClockMarked" ? null : timeIn(due);
  return [
    ...(typeof reason === "string" ? [code("clockReason", reason)] : []),
    ...(typeof why === "string" ? [code("clockWhy", why)] : []),
    ...(typeof until === "string" ? [t("clock.wanted", { time: formatTime(until) })] : []),
    ...(wantedAt === null ? [] : [t("clock.wanted", { time: wantedAt })]),
    ...(dueAt === null ? [] : [dueWords(row.type === "ClockTightened" ? policy : null, dueAt, words)]),
  ];
}
