import type { Instant, NodeCode, UnitCode } from "../../kernel/index.ts";

/** Who must act while the clock runs. */
export type ClockOwner = UnitCode | NodeCode;

/** A time in which the clock ran for one owner; `to` null = it runs. */
export type ClockSpan = { readonly owner: ClockOwner; readonly from: Instant; readonly to: Instant | null };

type Spans = { readonly spans: readonly ClockSpan[] };

/** A clock set back may name a moment before the span began: it then ends where it began. */
export function closed(state: Spans, at: Instant): readonly ClockSpan[] {
  return state.spans.map((span) => (span.to === null ? { ...span, to: at < span.from ? span.from : at } : span));
}

/** The spans with one more that begins now, never before the last one ended. */
export function opened(state: Spans, owner: ClockOwner, at: Instant): readonly ClockSpan[] {
  const last = state.spans.at(-1)?.to ?? at;
  return [...state.spans, { owner, from: at < last ? last : at, to: null }];
}
