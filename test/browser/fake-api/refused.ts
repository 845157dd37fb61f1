import { Check, Errors } from "typebox/value";
import type { TSchema } from "typebox";

/** The fake says no, as the node would. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** A fault of the fake itself must be seen: every body it takes and every request it shows is held against the contract. */
export function checked<T>(schema: TSchema, value: T, fault: number): T {
  if (Check(schema, value)) return value;
  const first = Errors(schema, value)[0];
  throw new Refused(fault, `SCHEMA_INVALID ${JSON.stringify(first ?? null).slice(0, 300)}`);
}
