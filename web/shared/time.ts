import { useEffect, useState } from "react";
import type { Translate } from "./i18n/text.tsx";

const parts = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function shanghai(ms: number): { readonly day: string; readonly clock: string } {
  const [day = "", clock = ""] = parts.format(ms).split(", ");
  return { day, clock };
}

/** Clock time in Asia/Shanghai, with the day in front when it is not today. */
export function formatTime(instant: string, now: number = Date.now()): string {
  const at = shanghai(Date.parse(instant));
  const today = shanghai(now);
  if (at.day === today.day) return at.clock;
  const sameYear = at.day.slice(0, 4) === today.day.slice(0, 4);
  return `${sameYear ? at.day.slice(5) : at.day} ${at.clock.slice(0, 5)}`;
}

/** How long ago, in the coarsest words that still matter. */
export function formatAge(t: Translate, instant: string, now: number = Date.now()): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(instant)) / 1_000));
  if (seconds < 5) return t("time.now");
  if (seconds < 60) return t("time.seconds", { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t("time.minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t("time.hours", { h: hours, m: minutes % 60 });
  return t("time.days", { n: Math.floor(hours / 24) });
}

/** A length of time in whole minutes, in words. */
export function formatMinutes(t: Translate, minutes: number): string {
  return minutes < 60
    ? t("time.minutes", { n: minutes })
    : t("time.hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
}

/** From so many milliseconds on a message counts as late: less is the way through the link, and two clocks that differ a little. */
const LATE_MS = 30_000;

/** How late something came that was written at `said`, in words; null = in time. */
export function lateBy(t: Translate, said: string, came: string): string | null {
  return Date.parse(came) - Date.parse(said) < LATE_MS ? null : formatAge(t, said, Date.parse(came));
}

/** Milliseconds now, moving every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
