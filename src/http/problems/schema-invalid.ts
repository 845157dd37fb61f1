import { labelOf } from "./labels.ts";
import type { Refusal } from "./problem.ts";
import type { ReadingSide } from "./row.ts";

/** One finding of the schema check, as the validator reports it. */
export type SchemaFinding = {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
};

type Fault = { readonly path: string; readonly zh: string; readonly en: string; readonly example?: string };

const SHOWN = 10;

/** Examples by the pattern that was missed; cheap and enough for the few patterns of the contract. */
const EXAMPLES: readonly (readonly [start: string, example: string])[] = [
  ["^(\\d{6}|", "150102"],
  ["^\\d{19}", "1501002611220000017"],
  ["^[A-DNZ]", "A01-05"],
  ["^[0-9a-f]{8}", "0197f3c2-6f1e-7d3a-9b1c-2f4e5a6b7c8d"],
  ["^\\d{4}-", "2026-11-22T05:18:17.123Z"],
  ["^[0-9+ -]{3,24}", "0471-1234567"],
  ["^[A-Za-z][A-Za-z0-9.-]", "duplicate"],
  ["^([1-9]\\d?", "50"],
];

/**
 * Turns schema findings into one refusal that names each field in both languages, with the reason and an example where one is known.
 * `where` is the part of the call: body, querystring, params, headers; `side` the desk that reads it.
 */
export function schemaInvalid(where: string, findings: readonly SchemaFinding[], side: ReadingSide): Refusal {
  const telling = findings.filter((f) => f.keyword !== "anyOf" && f.params["type"] !== "null");
  const faults = (telling.length === 0 ? findings : telling).slice(0, SHOWN).map((f) => faultOf(where, f, side));
  const first = faults[0] ?? { path: where, zh: "内容不符", en: "does not fit" };
  return {
    code: "SCHEMA_INVALID",
    params: { errors: faults },
    what: { zh: first.zh, en: first.en },
  };
}

/** Path of the field a finding is about, e.g. `/fields/place`. */
export function pathOf(finding: SchemaFinding): string {
  const named = finding.params["missingProperty"] ?? finding.params["additionalProperty"];
  return typeof named === "string" ? `${finding.instancePath}/${named}` : finding.instancePath;
}

function faultOf(where: string, finding: SchemaFinding, side: ReadingSide): Fault {
  const path = pathOf(finding);
  const name = path.split("/").at(-1) ?? "";
  const reason = reasonOf(finding);
  const pattern = finding.params["pattern"];
  const known = typeof pattern === "string" ? EXAMPLES.find(([start]) => pattern.startsWith(start)) : undefined;
  return {
    path: where === "body" ? path || "/" : `${where}${path}`,
    zh: `“${labelOf(name, "zh", side) || "内容"}”${reason.zh}`,
    en: `${labelOf(name, "en", side) || "the body"} ${reason.en}`,
    ...(known === undefined ? {} : { example: known[1] }),
  };
}

function reasonOf(finding: SchemaFinding): { readonly zh: string; readonly en: string } {
  const { params, keyword } = finding;
  switch (keyword) {
    case "required":
      return { zh: "必填", en: "is missing" };
    case "additionalProperties":
      return { zh: "不是已知字段", en: "is not a known field" };
    case "type":
      return { zh: `类型应为 ${String(params["type"])}`, en: `must be of type ${String(params["type"])}` };
    case "enum": {
      const allowed = Array.isArray(params["allowedValues"]) ? params["allowedValues"].join(", ") : "";
      return { zh: `应为以下之一：${allowed}`, en: `must be one of: ${allowed}` };
    }
    case "minLength":
      return { zh: "太短或为空", en: `must have at least ${String(params["limit"])} characters` };
    case "maxLength":
      return {
        zh: `最多 ${String(params["limit"])} 字`,
        en: `must have at most ${String(params["limit"])} characters`,
      };
    case "minimum":
    case "maximum":
      return {
        zh: `应 ${String(params["comparison"])} ${String(params["limit"])}`,
        en: `must be ${String(params["comparison"])} ${String(params["limit"])}`,
      };
    case "pattern":
      return { zh: "格式不对", en: "has the wrong form" };
    default:
      return { zh: "不符合要求", en: `does not fit (${keyword})` };
  }
}
