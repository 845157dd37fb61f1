import type { Row } from "./row.ts";

const DISPUTED = ["negotiating", "held"] as const;
const AT_SENDER = [
  "offered",
  "negotiating",
  "held",
  "returned",
  "bound",
  "accepted",
  "concluded",
  "closed",
  "reopening",
  "withdrawn",
  "rejected",
  "absorbed",
] as const;
const AT_RECEIVER = [
  "offered",
  "negotiating",
  "held",
  "returned",
  "accepted?",
  "concluding?",
  "accepted",
  "concluding",
  "released",
  "toCallBack",
  "closed",
  "withdrawn",
  "rejected",
  "absorbed",
] as const;

/**
 * Section 5.7, the talk (三方通话、协商记录): either desk writes down what was said, the other one signs it. No row changes a state: what was
 * agreed is carried out by the rows of 5.1 and 5.2 (accept, withdraw, hold), so a talk can move responsibility no other way.
 * A record and a signature may arrive in every state, because they may cross whatever ended the dispute.
 * @source nmg:2.2.1 @source yn:3.1 @req REQ-15
 */
// biome-ignore format: a table is read one row a line
export const TALK = [
  { id: "5.7-talk-s", section: "5.7", role: "S", from: [...DISPUTED], on: "command:talk", to: "same", sets: ["talked"], sends: ["talked"] },
  { id: "5.7-talk-r", section: "5.7", role: "R", from: [...DISPUTED], on: "command:talk", to: "same", sets: ["talked"], sends: ["talked"] },
  { id: "5.7-sign-s", section: "5.7", role: "S", from: [...AT_SENDER], on: "command:signTalk", guards: ["talkUnsigned", "talkSeen"], to: "same", sets: ["talkSigned"], sends: ["talkSigned"] },
  { id: "5.7-sign-r", section: "5.7", role: "R", from: [...AT_RECEIVER], on: "command:signTalk", guards: ["talkUnsigned", "talkSeen"], to: "same", sets: ["talkSigned"], sends: ["talkSigned"] },
  { id: "5.7-told-talk-s", section: "5.7", role: "S", from: [...AT_SENDER], on: "message:talked", to: "same", sets: ["toldTalk"] },
  { id: "5.7-told-talk-r", section: "5.7", role: "R", from: [...AT_RECEIVER], on: "message:talked", to: "same", sets: ["toldTalk"] },
  { id: "5.7-told-signed-s", section: "5.7", role: "S", from: [...AT_SENDER], on: "message:talkSigned", to: "same", sets: ["toldTalkSigned"] },
  { id: "5.7-told-signed-r", section: "5.7", role: "R", from: [...AT_RECEIVER], on: "message:talkSigned", to: "same", sets: ["toldTalkSigned"] },
] as const satisfies readonly Row[];
