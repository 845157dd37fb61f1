declare const presented: unique symbol;

/** A value that passed the door `present`: scope applied, read log written. Only such a value may show a request. */
export type Presented<T> = T & { readonly [presented]: true };

const passed = new WeakSet<object>();

/** Stamps what the door lets out. Called by `present` alone; anything else that calls it goes round the door. */
export function markPresented<T extends object>(value: T): Presented<T> {
  passed.add(value);
  return value as Presented<T>;
}

/** Whether exactly this object came out of the door; a copy of it did not. */
export function isPresented(value: unknown): boolean {
  return typeof value === "object" && value !== null && passed.has(value);
}
