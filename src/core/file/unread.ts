import type { Instant, LinkageId, MessageId, NodeCode } from "../../kernel/index.ts";
import { evolveCase } from "../case/index.ts";
import { consumeUnreadMessage } from "../linkage/index.ts";
import { alarmChanges } from "./alarms.ts";
import { doubtfulKept } from "./doubtful.ts";
import type { CaseFile, DoubtfulRef, FileDecision } from "./file.ts";

/** A message that could not be understood, as far as its envelope says. */
export type UnreadMessage = {
  readonly id: MessageId;
  readonly conversation: LinkageId;
  readonly seq: number;
  readonly sender: NodeCode;
  readonly at: Instant;
};

/**
 * Takes the message's place in its conversation and tells the operator; null = this file has no such conversation. Nobody can say
 * what the values beside it belong to: all of them are doubtful.
 */
export function consumeUnreadIn(
  file: CaseFile,
  message: UnreadMessage,
  doubtful: readonly DoubtfulRef[] = [],
): FileDecision | null {
  const linkage = file.linkages.find((l) => l.id === message.conversation);
  if (linkage === undefined) return null;
  const decision = consumeUnreadMessage(linkage, message);
  const head = {
    at: message.at,
    by: { kind: "node", id: message.sender, node: message.sender },
    cause: message.id,
  } as const;
  const kept = doubtfulKept(head, { ...message, from: message.sender }, doubtful);
  return {
    file: {
      ...file,
      case: kept.events.reduce((state, event) => evolveCase(state, event), file.case),
      linkages: file.linkages.map((l) => (l.id === linkage.id ? decision.linkage : l)),
    },
    caseEvents: kept.events,
    orderEvents: [],
    clockEvents: [],
    linkages: [decision],
    alarms: [...alarmChanges(linkage, decision), ...kept.alarms],
    timers: [],
    notices: [],
    faults: [],
    noted: decision.noted,
  };
}
