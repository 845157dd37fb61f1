/** What no committed file may hold. The patterns are written so that this file does not match itself. */
export type ForbiddenText = {
  readonly pattern: RegExp;
  readonly why: string;
  /** Only in files whose path matches. */
  readonly only?: RegExp;
};

const before = "(?:^|[\\s\"'`(=:,])";

export const forbiddenTexts: readonly ForbiddenText[] = [
  {
    pattern: new RegExp(`${before}/(?:roo[t]|hom[e]|User[s]|wor[k])/[\\w.-]`, "m"),
    why: "absolute path of somebody's machine",
  },
  { pattern: /\/tm[p]\/(?:bas[h]|brie[f])/, why: "temporary path of somebody's machine" },
  { pattern: /\b[A-Z]:\\User[s]\\/, why: "absolute path of somebody's machine" },
  { pattern: /registry\.npmj[s]|deb\.debia[n]\.org|pypi\.or[g]/, why: "address of a package registry" },
  { pattern: /-----BEGI[N] (?:[A-Z]+ )?PRIVATE KEY-----\s+[\w+/=]{16}/, why: "a private key" },
  { pattern: /^(?:<{7}|>{7}|\|{7}) /m, why: "merge conflict mark" },
  {
    pattern: /\b(?:TOD[O]|FIXM[E]|XX[X])\b/,
    why: "unfinished mark: finish it or open an issue",
    only: /\.(?:[cm]?[jt]sx?|sql|ya?ml|sh)$/,
  },
  { pattern: /\bco-authored-b[y]\b|\blanguage mode[l]\b|\bchatgp[t]\b/i, why: "says who or what wrote it" },
  { pattern: /\b(?:describe|test|it)\.onl[y]\(/, why: "only this test would run", only: /\.test\.tsx?$/ },
];
