/** Reading of JSON that came from elsewhere: nothing is believed. */
export type JsonObject = { readonly [name: string]: unknown };

/** The object, or undefined when it is none. */
export function parseObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The value of a text of JSON, or undefined when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function textIn(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === "string" ? value : undefined;
}

export function numberIn(object: JsonObject | undefined, name: string): number | undefined {
  const value = object?.[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function listIn(object: JsonObject | undefined, name: string): readonly unknown[] | undefined {
  const value = object?.[name];
  return Array.isArray(value) ? value : undefined;
}

export function objectIn(object: JsonObject | undefined, name: string): JsonObject | undefined {
  return parseObject(object?.[name]);
}
