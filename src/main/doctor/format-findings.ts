import type { Finding } from "./finding.ts";

const MARKS: Readonly<Record<Finding["level"], string>> = {
  ok: "[正常 ok  ]",
  skip: "[未查 skip]",
  warn: "[注意 warn]",
  fail: "[故障 fail]",
};

/** The report, one line an entry: what was found, Chinese then English, and under it how to mend what is not well. */
export function formatFindings(findings: readonly Finding[]): readonly string[] {
  const lines = findings.flatMap((finding) => {
    const { level, what } = finding;
    const first = [`${MARKS[level]} ${what.zh}`, `            ${what.en}`];
    if (!("mend" in finding)) return first;
    return [...first, `            → ${finding.mend.zh}`, `            → ${finding.mend.en}`];
  });
  const count = (level: Finding["level"]): number => findings.filter((f) => f.level === level).length;
  const [fail, warn] = [count("fail"), count("warn")];
  return [...lines, "", `故障 ${fail}，注意 ${warn}`, `${fail} failed, ${warn} to look at`];
}

/** 1 when anything failed, else 0: a warning does not stop a script. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 {
  return findings.some((finding) => finding.level === "fail") ? 1 : 0;
}
