import type { Instant, LinkageId, MessageId, NodeCode } from "../../kernel/index.ts";
import { consumeUnreadMessage } from "../linkage/index.ts";
import { alarmChanges } from "./alarms.ts";
import type { CaseFile, FileDecision } from "./file.ts";

/** A message that could not be understood, as far as its envelope says. */
export type UnreadMessage = {
  readonly id: MessageId;
  readonly conversation: LinkageId;
  readonly seq: number;
  readonly sender: NodeCode;
  readonly at: Instant;
};

/** Takes the message's place in its conversation and tells the operator; null = this file has no such conversation. */
export function consumeUnreadIn(file: CaseFile, message: UnreadMessage): FileDecision | null {
  const linkage = file.linkages.find((l) => l.id === message.conversation);
  if (linkage === undefined) return null;
  const decision = consumeUnreadMessage(linkage, message);
  return {
    file: { ...file, linkages: file.linkages.map((l) => (l.id === linkage.id ? decision.linkage : l)) },
    caseEvents: [],
    orderEvents: [],
    linkages: [decision],
    alarms: alarmChanges(linkage, decision),
    notices: [],
    noted: decision.noted,
  };
}
