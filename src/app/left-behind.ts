import type { StoredFile } from "./ports/store.ts";

/** What a command leaves: the file, and in clear what it sealed, by `field/version`. Only the door may show it. */
export type LeftBehind = { readonly stored: StoredFile; readonly known: ReadonlyMap<string, string> };
