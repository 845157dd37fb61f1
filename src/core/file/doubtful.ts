import type { LinkageId, NodeCode } from "../../kernel/index.ts";
import type { CaseEvent, EventHead } from "../case/index.ts";
import type { FileAlarm } from "./file-alarm.ts";
import type { DoubtfulRef } from "./file.ts";

/**
 * Values that came with a message and do not fit it are kept and shown as such, and the desk is to ask who sent them: nothing that
 * was said is lost, and nothing that is doubtful is taken for what was said.
 * @source nmg:2.3.2 @req REQ-14
 */
export function doubtfulKept(
  head: EventHead,
  { from, conversation }: { readonly from: NodeCode; readonly conversation: LinkageId },
  doubtful: readonly DoubtfulRef[],
): { readonly events: readonly CaseEvent[]; readonly alarms: readonly FileAlarm[] } {
  if (doubtful.length === 0) return { events: [], alarms: [] };
  const sealed = doubtful.map((d) => d.ref);
  const [fields, codes] = [doubtful.map((d) => d.field), doubtful.map((d) => d.code)];
  return {
    events: [{ ...head, type: "CaseDoubtful", from, sealed, fields, codes }],
    alarms: [{ act: "raise", kind: "doubtfulValue", subject: conversation, level: 1, dial: null, audience: "desk" }],
  };
}
