/** A JSON schema as data. */
export type JsonSchema = { readonly [key: string]: unknown };

/**
 * The contract's schema as the serialiser gets it: `X or null` becomes nullable, nothing is required and no id is left. Serialising then never
 * fails and still drops every property the contract does not name (a second wall behind the door, P5).
 */
export function wireSchema(schema: object): JsonSchema {
  return convert(schema);
}

function convert(schema: unknown): JsonSchema {
  if (!isSchema(schema)) return {};
  const { $id: _id, required: _required, anyOf, ...rest } = schema;
  const alternatives = Array.isArray(anyOf) ? anyOf.filter((s) => isSchema(s) && s["type"] !== "null") : [];
  if (alternatives.length === 1) return { ...convert(alternatives[0]), nullable: true };
  if (alternatives.length > 1) return {};
  return {
    ...rest,
    ...(isSchema(rest["properties"]) ? { properties: mapValues(rest["properties"]) } : {}),
    ...(isSchema(rest["patternProperties"]) ? { patternProperties: mapValues(rest["patternProperties"]) } : {}),
    ...(isSchema(rest["items"]) ? { items: convert(rest["items"]) } : {}),
  };
}

function mapValues(properties: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, convert(schema)]));
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
