/** One measured value against its limit. */
export type Verdict = {
  readonly question: string;
  /** What was measured, in words with units. */
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly direction: "atLeast" | "atMost";
  readonly unit: "" | "ms" | "MB" | "cores" | "%";
  /** Spread, counts, the other numbers behind it. */
  readonly detail: string;
  readonly passed: boolean;
};

/** Judges one value; a value that is no number fails. */
export function judge(asked: Omit<Verdict, "passed">): Verdict {
  const passed = asked.direction === "atLeast" ? asked.measured >= asked.limit : asked.measured <= asked.limit;
  return { ...asked, passed };
}

/** A value as people read it. */
export function shownValue(value: number, unit: Verdict["unit"]): string {
  if (unit === "") return value.toFixed(2);
  const digits = unit === "cores" ? 2 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

/** `PASS what: measured (limit …)`. */
export function verdictLine(v: Verdict): string {
  const sign = v.direction === "atLeast" ? "≥" : "≤";
  const limit = `${sign} ${shownValue(v.limit, v.unit)}`;
  return `${v.passed ? "PASS" : "FAIL"}  ${v.what}: ${shownValue(v.measured, v.unit)} (limit ${limit}) ${v.detail}`;
}
