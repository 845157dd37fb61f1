import type { RequestView } from "../../../../src/http/contract/index.ts";
import type { TranslateCode } from "../../../shared/i18n/text.tsx";

type NotYet = RequestView["notYet"][number];

/** Refusals that no step of this desk ends: such a command is left out without a word. */
const NEVER: ReadonlySet<string> = new Set(["GUIDANCE_ONLY_FOR_NEITHER"]);

/** What has to be done first, in words; null = nothing this desk can do about it. */
export function stepWords({ code: refusal, params }: NotYet, code: TranslateCode): string | null {
  if (NEVER.has(refusal)) return null;
  const sentence = code("step", refusal);
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (Array.isArray(value)) return value.map((one) => code("fact", String(one))).join(" · ");
    return typeof value === "string" || typeof value === "number" ? String(value) : whole;
  });
}
