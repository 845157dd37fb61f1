import type { Meta, RequestView } from "../../../../src/http/contract/index.ts";
import type { Option } from "../../../shared/design/inputs.tsx";
import type { Values } from "../../../shared/drafts/form-values.ts";
import type { PlainKey } from "../../../shared/i18n/text.tsx";
import type { Named } from "../../../shared/list-names.ts";

/** What options of a form depend on. */
export type SpecContext = {
  readonly meta: Meta;
  readonly named: (both: Named) => string;
  readonly code: (family: string, code: string) => string;
  /** What the judgement rests on, in words that may be taken over as a ground; absent = nobody has judged. */
  readonly ground?: string | undefined;
  /** Where a hand-over goes by the routing table; absent = the node does not say. */
  readonly route?: RequestView["handOverTo"] | undefined;
  /** How much more time was asked for; absent = nobody asked. */
  readonly asked?: number | undefined;
  /** Whether officers are out who have not answered. */
  readonly officersOut?: boolean | undefined;
  /** What the units answered, the newest first: a result may be taken over from it. */
  readonly replies?: readonly string[] | undefined;
};

export type FieldSpec = {
  readonly name: string;
  readonly kind: "long" | "line" | "owner" | "choice" | "unit" | "item";
  readonly label: PlainKey;
  readonly required: boolean;
  readonly hint?: PlainKey;
  readonly options?: (context: SpecContext) => readonly Option[];
  /** Of the options, those that fit nearly always; the others on request. */
  readonly usual?: (context: SpecContext) => readonly string[];
  /** Words that may be taken over with a press and added to. */
  readonly offers?: (context: SpecContext, values: Values) => readonly string[];
  /** Asked only while this holds. */
  readonly when?: (values: Values) => boolean;
};
