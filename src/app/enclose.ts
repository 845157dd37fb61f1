import type { LinkageMessage } from "../core/linkage/index.ts";
import { openCaseKey, openRefs, refKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import type { EnclosedValue } from "./ports/outbox.ts";
import { refsIn } from "./present/timeline-view.ts";

/**
 * The personal values and texts that travel beside a message: exactly those its body refers to, and the body was made within
 * the agreed scope. Handing them to the peer is a reading and is logged as one. Erased values are missing: the message still goes.
 * @source nmg:2.3.2 @req REQ-56 @req REQ-57 @req REQ-59
 */
export async function enclose(deps: Deps, message: LinkageMessage): Promise<readonly EnclosedValue[]> {
  const refs = refsIn(message.body);
  if (refs.length === 0) return [];
  const stored = await deps.store.loadFile(message.caseId);
  if (stored === null || stored.wrappedKey === null) return [];
  const caseKey = await openCaseKey(deps.keys, message.caseId, stored.wrappedKey);
  const opened = await openRefs(deps, caseKey, refs);
  const values = [...new Map(refs.map((r) => [refKey(r), r])).keys()].flatMap((key) => opened.get(key) ?? []);
  await deps.readLog.write([
    {
      at: deps.clock.now(),
      reader: { kind: "peer", id: message.receiver },
      purpose: `message ${message.body.type}`,
      caseIds: [message.caseId],
      fields: [...new Set(values.map((v) => v.field))].sort(),
    },
  ]);
  return values;
}
