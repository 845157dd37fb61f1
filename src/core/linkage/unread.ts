import type { Instant, MessageId } from "../../kernel/index.ts";
import type { LinkageDecision } from "./event.ts";
import { evolveLinkage } from "./evolve.ts";
import type { Linkage } from "./linkage.ts";

/**
 * Consumes a message whose type or body this program does not understand: its place in the conversation is taken, the stream
 * goes on, nothing else changes. The caller guarantees order as for every message. Linkage table, section 2.
 */
export function consumeUnreadMessage(
  linkage: Linkage,
  message: { readonly id: MessageId; readonly seq: number; readonly at: Instant },
): LinkageDecision {
  const event: LinkageDecision["event"] = {
    linkageId: linkage.id,
    rule: "2-unread",
    section: "2",
    from: linkage.state,
    to: linkage.state,
    at: message.at,
    cause: { via: "message", type: "unread", id: message.id, by: null, because: null },
    sent: [],
    received: message.seq,
    born: null,
    facts: {},
  };
  return {
    linkageId: linkage.id,
    event,
    linkage: evolveLinkage(linkage, event),
    send: [],
    timers: [],
    alarms: [{ kind: "integrity", level: 1, linkageId: linkage.id, at: message.at, dial: null }],
    noted: "UNEXPECTED",
  };
}
