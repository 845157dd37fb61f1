import { emitCase } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileCommand } from "../file.ts";
import { ringOn } from "../ring-on.ts";

/** Puts on record that somebody dialled, also when nobody answered and whatever has become of the request. @source nmg:2.2.1 */
export function recordCall(draft: Draft, asked: FileCommand & { type: "recordCall" }): void {
  const { dial, subject, about, result, said, level = 0 } = asked;
  emitCase(draft, [{ ...draft.head, type: "CallMade", dial, subject, about, result, said }]);
  if (about.includes("notTakenUp")) ringOn(draft, subject, level, result);
}
