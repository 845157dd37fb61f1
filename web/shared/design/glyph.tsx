import type { ReactNode } from "react";

const SHAPES = {
  danger: (
    <path
      d="M6 1 11.4 10.6H.6ZM6 4.4v3M6 8.9v.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  ),
  ring: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 2a4 4 0 0 0 0 8Z" fill="currentColor" />
    </>
  ),
  dot: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  check: (
    <path
      d="m2 6.4 2.8 2.8L10 3.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  diamond: <path d="m6 1 5 5-5 5-5-5Z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />,
  square: <rect x="2" y="2" width="8" height="8" rx="1" fill="currentColor" />,
  cross: <path d="m2.6 2.6 6.8 6.8M9.4 2.6 2.6 9.4" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
  in: (
    <path
      d="M10.5 6H2m3.4-3.6L1.8 6l3.6 3.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  out: (
    <path
      d="M1.5 6H10M6.6 2.4 10.2 6 6.6 9.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  back: (
    <path
      d="M4.2 1.8 1.7 4.3l2.5 2.5M1.7 4.3h5.5a2.8 2.8 0 0 1 0 5.6H4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  lock: (
    <path
      d="M3 5.4h6v5H3ZM4.2 5.4V3.8a1.8 1.8 0 0 1 3.6 0v1.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
    />
  ),
  clock: (
    <path
      d="M6 1.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8ZM6 3.6V6l1.7 1.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
    />
  ),
  phone: (
    <path
      d="M2.2 1.6 4 1.2l1.2 2.6-1.2 1c.5 1.3 1.4 2.2 2.8 2.9l1-1.2 2.6 1.2-.3 1.9c-.1.6-.6 1-1.2 1C5 10.4 1.5 7 1.4 2.8c0-.6.3-1.1.8-1.2Z"
      fill="currentColor"
    />
  ),
  sound: (
    <path
      d="M1.5 4.5h2L6 2.2v7.600L3.500 7.5h-2ZM8 4.2c.9 1 .9 2.6 0 3.6M9.6 2.8c1.700 1.800 1.700 4.6 0 6.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
} as const;

export type GlyphName = keyof typeof SHAPES;

/** A small shape that says the same as the word beside it, so that no state hangs on colour alone. Never read out. */
export function Glyph({ name, size = 12 }: { readonly name: GlyphName; readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}

export type Tone = "plain" | "danger" | "danger-soft" | "warn" | "ok" | "info" | "accent";

/** A state: shape and word. */
export function Badge({
  tone = "plain",
  glyph,
  children,
}: {
  readonly tone?: Tone;
  readonly glyph?: GlyphName;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={`badge ${tone}`}>
      {glyph === undefined ? null : <Glyph name={glyph} />}
      {children}
    </span>
  );
}
