import type { RequestView } from "../../../../src/http/contract/index.ts";
import type { TranslateCode } from "../../../shared/i18n/text.tsx";

type NotYet = RequestView["notYet"][number];

/** Refusals that no step of this desk ends: such a command is left out without a word. */
const NEVER: ReadonlySet<string> = new Set(["GUIDANCE_ONLY_FOR_NEITHER"]);

type Linkage = Pick<RequestView["linkages"][number], "role" | "state">;

/** What the other desk has given back waits for nobody over there: it is this desk's to decide. @source nmg:2.2.1 */
function refusalOf({ code }: Pick<NotYet, "code">, linkages: readonly Linkage[]): string {
  const returned = linkages.some(({ role, state }) => role === "S" && state === "returned");
  return code === "OFFER_OPEN" && returned ? "OFFER_RETURNED" : code;
}

/** What has to be done first, in words; null = nothing this desk can do about it. */
export function stepWords(early: NotYet, code: TranslateCode, linkages: readonly Linkage[]): string | null {
  const { params } = early;
  const refusal = refusalOf(early, linkages);
  if (NEVER.has(refusal)) return null;
  const sentence = code("step", refusal);
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (Array.isArray(value)) return value.map((one) => code("fact", String(one))).join(" · ");
    return typeof value === "string" || typeof value === "number" ? String(value) : whole;
  });
}
