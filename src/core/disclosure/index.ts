/**
 * Decides which field of which request each side and role may see (知悉范围), and how a value is masked.
 * Knows neither keys nor routes: the door `present` in app applies it and writes the read log. Serves nmg:2.3.2.
 */
export * from "./mask.ts";
export * from "./scopes.ts";
