import type { Sealed } from "../../kernel/index.ts";
import type { Case } from "./case.ts";

/** What was said of a request beside its form: each under a name of its own, never written over. */
export function notesOf({ sealed }: Pick<Case, "sealed">): readonly Sealed[] {
  return Object.values(sealed).filter(({ field }) => field.startsWith("note."));
}
