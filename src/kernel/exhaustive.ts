/** Ends a switch over a union: a new member does not compile until it is handled. */
export function exhaustive(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
