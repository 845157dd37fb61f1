/** What a person at the machine reads: Chinese first, English second. */
export type Words = { readonly zh: string; readonly en: string };

/** Everything the doctor looks at, in the order of the report. */
export const CHECK_IDS = [
  "configuration",
  "nodeVersion",
  "pinnedBinary",
  "packages",
  "clockYear",
  "folders",
  "diskSpace",
  "keyFiles",
  "database",
  "databaseVersion",
  "migrations",
  "clockDrift",
  "sessionSettings",
  "port",
  "instances",
  "catalogue",
  "screens",
  "peers",
  "backlog",
  "deadLetters",
  "metrics",
] as const;

export type CheckId = (typeof CHECK_IDS)[number];

/**
 * What one check says. `warn` = it works today and somebody should look; `fail` = it does not work, or something that must
 * not wait. Whatever is not well says how to mend it. `skip` = it could not be asked because of another finding.
 */
export type Verdict =
  | { readonly level: "ok" | "skip"; readonly what: Words }
  | { readonly level: "warn" | "fail"; readonly what: Words; readonly mend: Words };

export type Finding = Verdict & { readonly id: CheckId };

export function fine(zh: string, en: string): Verdict {
  return { level: "ok", what: { zh, en } };
}

export function skipped(zh: string, en: string): Verdict {
  return { level: "skip", what: { zh, en } };
}

/** Something is not well: what it is and how to mend it, each Chinese then English. */
export function ill(level: "warn" | "fail", what: readonly [string, string], mend: readonly [string, string]): Verdict {
  return { level, what: { zh: what[0], en: what[1] }, mend: { zh: mend[0], en: mend[1] } };
}
