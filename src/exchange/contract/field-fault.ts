import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";

/** Where a value departs from its schema: a JSON pointer and what was expected there. */
export type FieldFault = { readonly path: string; readonly expected: string };

/** Null when the value is what the schema says; otherwise the first field at fault. */
export type FindFault = (value: unknown) => FieldFault | null;

function missingOf(params: unknown): string {
  if (typeof params !== "object" || params === null || !("requiredProperties" in params)) return "";
  const names = params.requiredProperties;
  return Array.isArray(names) && typeof names[0] === "string" ? `/${names[0]}` : "";
}

/** Compiles a schema on its first use; members the schema does not name are tolerated, always. */
export function faultFinder(schema: TSchema): FindFault {
  let compiled: ReturnType<typeof Compile> | null = null;
  return (value) => {
    compiled ??= Compile(schema);
    if (compiled.Check(value)) return null;
    const [first] = compiled.Errors(value);
    if (first === undefined) return { path: "", expected: "another shape" };
    return { path: first.instancePath + missingOf(first.params), expected: first.message };
  };
}
