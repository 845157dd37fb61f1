import { CaseBriefSchema, FirstReceiverSchema, SealedSchema } from "../../src/exchange/contract/index.ts";

/** As much of JSON Schema as the message bodies use. */
export type Form = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Form[];
  readonly items?: Form;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: { readonly [member: string]: Form };
  readonly required?: readonly string[];
};

/** A schema as the plain JSON Schema it is on paper. */
export function plainForm(schema: object): Form {
  return JSON.parse(JSON.stringify(schema)) as Form;
}

const NAMED: ReadonlyMap<string, string> = new Map([
  [JSON.stringify(CaseBriefSchema), "[brief](#brief)"],
  [JSON.stringify(FirstReceiverSchema), "[first receiver](#firstreceiver)"],
  [JSON.stringify(SealedSchema), "[sealed reference](#a-sealed-reference)"],
  [JSON.stringify(FirstReceiverSchema.properties.registeredAt), "instant"],
  [JSON.stringify(FirstReceiverSchema.properties.nodeCode), "node code"],
  [JSON.stringify(SealedSchema.properties.commitment), "digest"],
]);

/** A form in words. Throws for one that no words are known for. */
export function formOf(form: Form): string {
  const named = NAMED.get(JSON.stringify(form));
  if (named !== undefined) return named;
  if (form.anyOf !== undefined) return form.anyOf.map(formOf).join(" or ");
  if (form.enum !== undefined) return form.enum.map((word) => `\`${String(word)}\``).join(", ");
  if (form.const !== undefined) return `\`${String(form.const)}\``;
  switch (form.type) {
    case "null":
      return "null";
    case "boolean":
      return "true or false";
    case "integer":
      return form.minimum === undefined ? "integer" : `integer from ${form.minimum}`;
    case "string":
      if (form.pattern !== undefined) return `text \`${form.pattern}\``;
      return form.maxLength === undefined ? "text" : `text of ${form.minLength ?? 0} to ${form.maxLength}`;
    case "array":
      return `list of up to ${form.maxItems} of: ${formOf(form.items ?? {})}`;
    case "object":
      return `object of ${Object.entries(form.properties ?? {})
        .map(([name, member]) => `\`${name}\`${form.required?.includes(name) === true ? "" : "?"} (${formOf(member)})`)
        .join(", ")}`;
    default:
      throw new Error(`no words for ${JSON.stringify(form)}`);
  }
}
