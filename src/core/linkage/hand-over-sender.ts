import type { Row } from "./row.ts";

const OFFER = ["holder", "confirmedGrant", "oneOpenOffer"] as const;
const OPEN = ["offered", "negotiating", "held", "bound"] as const;
const AFTER_OFFER = ["negotiating", "held", "bound"] as const;
const LIVE = [
  "offered",
  "negotiating",
  "held",
  "returned",
  "bound",
  "accepted",
  "concluded",
  "closed",
  "reopening",
  "absorbed",
] as const;
const KEPT = [...LIVE, "rejected"] as const;

/** Table 5.1: a hand-over (clear, afterInitialResponse) at its sender. @source nmg:2.2.1 @source nmg:2.2.2 @source nmg:a4 */
// biome-ignore format: a table is read one row a line
export const HAND_OVER_SENDER = [
  { id: "5.1-offer-ruled", section: "5.1", role: "S", from: ["-"], on: "command:offer", when: ["underRuling"], guards: [...OFFER], to: "bound", sets: ["ruled"], sends: ["offer"] },
  { id: "5.1-offer-second", section: "5.1, 9 secondDispute", role: "S", from: ["-"], on: "command:offer", when: ["targetKnewMatter"], guards: [...OFFER, "stepwise", "initialResponse"], to: "negotiating", sets: ["negotiated"], sends: ["offer"], alarms: ["threeWayCall"] },
  { id: "5.1-offer", section: "5.1", role: "S", from: ["-"], on: "command:offer", guards: [...OFFER, "stepwise", "initialResponse"], to: "offered", sends: ["offer"] },
  { id: "5.1-offer-ruled-elsewhere", section: "5.1", role: "S", from: ["-"], on: "effect:ruledElsewhere", to: "bound", sets: ["ruled"], sends: ["offer"] },

  { id: "5.1-negotiate", section: "5.1", role: "S", from: ["offered", "returned"], on: "command:negotiate", to: "negotiating", sets: ["negotiated"], sends: ["negotiate"] },
  { id: "5.1-answer-overdue", section: "5.1, 9 answerAtSender", role: "S", from: ["offered"], on: "timer:answerAtSender", to: "negotiating", sets: ["negotiated"], sends: ["negotiate"] },
  { id: "5.1-returned-overdue", section: "5.1, 9 decideReturned", role: "S", from: ["returned"], on: "timer:decideReturned", to: "negotiating", sets: ["negotiated"], sends: ["negotiate"] },
  { id: "5.1-hold-first-receiver", section: "5.1", role: "S", from: ["negotiating"], on: "command:hold", when: ["peerIsFirstReceiver"], to: "bound", sends: ["bound"] },
  { id: "5.1-hold", section: "5.1", role: "S", from: ["negotiating"], on: "command:hold", to: "held", sends: ["held"], alarms: ["arbiterCalled"] },
  { id: "5.1-negotiation-overdue-first-receiver", section: "5.1, 9 negotiation", role: "S", from: ["negotiating"], on: "timer:negotiation", when: ["peerIsFirstReceiver"], to: "bound", sends: ["bound"] },
  { id: "5.1-negotiation-overdue", section: "5.1, 9 negotiation", role: "S", from: ["negotiating"], on: "timer:negotiation", to: "held", sends: ["held"], alarms: ["arbiterCalled"] },

  { id: "5.1-ruling-to-self", section: "5.1", role: "S", from: [...AFTER_OFFER], on: "command:ruling", when: ["rulingToSelf"], to: "withdrawn", sets: ["ruled", "withdrawn"], sends: ["withdrawn"] },
  { id: "5.1-ruling-to-peer", section: "5.1", role: "S", from: ["negotiating", "held"], on: "command:ruling", when: ["rulingToPeer"], to: "bound", sets: ["ruled"], sends: ["bound"] },
  { id: "5.1-ruling-to-third", section: "5.1", role: "S", from: [...AFTER_OFFER], on: "command:ruling", when: ["rulingToThird"], to: "withdrawn", sets: ["ruled", "withdrawn"], sends: ["withdrawn"], pulls: ["offerToRuled"] },
  { id: "5.1-withdraw", section: "5.1", role: "S", from: ["offered", "negotiating", "held", "returned"], on: "command:withdraw", to: "withdrawn", sets: ["withdrawn"], sends: ["withdrawn"] },
  { id: "5.1-add", section: "5.1", role: "S", from: [...OPEN, "returned", "accepted", "concluded", "reopening"], on: "command:add", to: "same", sets: ["added"], sends: ["addition"] },
  { id: "5.1-close", section: "5.1", role: "S", from: ["concluded"], on: "command:close", when: ["closesHere"], to: "closed", sets: ["closed"], sends: ["closed"] },
  { id: "5.1-reopen", section: "5.1, 5.3", role: "S", from: ["concluded", "closed"], on: "command:reopen", guards: ["holdsAbove"], to: "reopening", sends: ["reopen"] },

  { id: "5.1-accepted-into", section: "5.1, 8.2", role: "S", from: [...OPEN], on: "message:accepted", when: ["acceptedInto"], to: "absorbed", sets: ["toldAccepted"], sends: ["confirmed"] },
  { id: "5.1-accepted-back", section: "5.1, 5.3", role: "S", from: [...OPEN], on: "message:accepted", when: ["handBack"], to: "handedBack", sets: ["toldAccepted"], sends: ["confirmed"], pulls: ["endOlderReceived"] },
  { id: "5.1-accepted", section: "5.1", role: "S", from: [...OPEN], on: "message:accepted", to: "accepted", sets: ["toldAccepted"], sends: ["confirmed"] },
  { id: "5.1-late-accepted", section: "5.1, 5.5", role: "S", from: ["withdrawn"], on: "message:accepted", to: "same", sets: ["lateAccepted"], alarms: ["lateFact"], noted: "LATE" },
  { id: "5.1-late-returned", section: "5.1, 5.5", role: "S", from: ["withdrawn"], on: "message:returned", to: "same", sets: ["returned"], alarms: ["lateFact"], noted: "LATE" },
  { id: "5.1-late-concluded", section: "5.1, 5.5", role: "S", from: ["withdrawn"], on: "message:concluded", to: "same", alarms: ["lateFact"], noted: "LATE" },
  { id: "5.1-late-negotiate", section: "5.1, 5.5", role: "S", from: ["withdrawn"], on: "message:negotiate", to: "same", noted: "LATE" },
  { id: "5.1-late-rejected", section: "5.1, 5.5", role: "S", from: ["withdrawn"], on: "message:rejected", to: "same", noted: "LATE" },
  { id: "5.1-late-progress", section: "5.1, 5.5", role: "S", from: ["withdrawn"], on: "message:progress", to: "same", sets: ["progressed"], alarms: ["lateFact"], noted: "LATE" },
  { id: "5.1-returned", section: "5.1", role: "S", from: ["offered"], on: "message:returned", to: "returned", sets: ["returned"] },
  { id: "5.1-returned-crossed", section: "5.1, 5.5", role: "S", from: [...AFTER_OFFER], on: "message:returned", to: "same", sets: ["returned"], noted: "CROSSED" },
  { id: "5.1-told-negotiate", section: "5.1", role: "S", from: ["offered"], on: "message:negotiate", to: "negotiating", sets: ["negotiated"] },
  { id: "5.1-told-negotiate-crossed", section: "5.1, 5.5", role: "S", from: [...AFTER_OFFER], on: "message:negotiate", to: "same", noted: "CROSSED" },
  { id: "5.1-told-ruling-to-self", section: "5.1", role: "S", from: ["negotiating", "held"], on: "message:ruling", when: ["rulingToSelf"], to: "withdrawn", sets: ["ruled", "withdrawn"], sends: ["withdrawn"] },
  { id: "5.1-told-ruling", section: "5.1, 11", role: "S", from: ["negotiating", "held"], on: "message:ruling", to: "same", alarms: ["rulingReceived"] },
  { id: "5.1-told-ruling-stale", section: "5.1, 5.5", role: "S", from: ["bound", "accepted", "withdrawn"], on: "message:ruling", to: "same", alarms: ["rulingStale"], noted: "RULING_STALE" },
  { id: "5.1-rejected", section: "5.1", role: "S", from: [...OPEN], on: "message:rejected", to: "rejected", sets: ["rejected"] },

  { id: "5.1-concluded", section: "5.1", role: "S", from: ["accepted"], on: "message:concluded", when: ["coversAdditions"], to: "concluded", sets: ["toldConcluded"], sends: ["conclusionHeld"] },
  { id: "5.1-concluded-void", section: "5.1, 5.5", role: "S", from: ["accepted"], on: "message:concluded", to: "same", noted: "VOID" },
  { id: "5.1-told-closed", section: "5.1", role: "S", from: ["concluded"], on: "message:closed", when: ["handOff"], to: "closed", sets: ["closed"] },
  { id: "5.1-reopened-own", section: "5.1, 5.3", role: "S", from: ["concluded", "closed"], on: "message:reopened", when: ["ownReopen"], to: "accepted", sets: ["atWork"], pulls: ["reopenAbove"] },
  { id: "5.1-reopened-own-at-work", section: "5.3", role: "S", from: ["accepted"], on: "message:reopened", when: ["ownReopen"], to: "same", noted: "CROSSED" },
  { id: "5.1-reopened-own-crossed", section: "5.1, 5.5", role: "S", from: ["reopening"], on: "message:reopened", when: ["ownReopen"], to: "same", noted: "CROSSED" },
  { id: "5.1-reopened-answer", section: "5.1", role: "S", from: ["reopening"], on: "message:reopened", to: "accepted", sets: ["atWork"] },
  { id: "5.1-concluded-crossed", section: "5.1, 5.5", role: "S", from: ["reopening"], on: "message:concluded", to: "same", noted: "CROSSED" },
  { id: "5.1-closed-crossed", section: "5.1, 5.5", role: "S", from: ["reopening"], on: "message:closed", to: "same", noted: "CROSSED" },
  { id: "5.1-progress", section: "5.1", role: "S", from: [...KEPT], on: "message:progress", to: "same", sets: ["progressed"] }, { id: "5.3-closed-above", section: "5.3", role: "S", from: ["concluded"], on: "effect:closedAbove", to: "closed", sets: ["closed"], sends: ["closed"] },
  { id: "5.1-read", section: "5.1, 10 P4", role: "S", from: [...KEPT, "withdrawn"], on: "command:readAdditions", to: "same", sets: ["additionsRead"] },
  { id: "5.3-handed-back-to-us", section: "5.1, 5.3", role: "S", from: ["accepted", "concluded", "closed", "reopening"], on: "effect:handedBack", to: "handedBack", sets: ["handedBack"], pulls: ["reopenAbove"] },
  { id: "5.1-after-hand-back", section: "5.1", role: "S", from: ["handedBack"], on: "message:any", to: "same", noted: "ATTACHED" },

  { id: "9-delivery-missing", section: "9 deliveryReceipt", role: "S", from: ["offered", "negotiating", "bound"], on: "timer:deliveryReceipt", to: "same", sets: ["deliveryAlarmed"], alarms: ["deliveryMissing"] },
  { id: "9-arbiter-overdue", section: "9 arbiter", role: "S", from: ["held"], on: "timer:arbiter", to: "same", alarms: ["arbiterOverdue"] },
  { id: "9-answer-owed-to-s", section: "9 answerOwed", role: "S", from: ["reopening", "bound"], on: "timer:answerOwed", to: "same", alarms: ["answerOwed"] },
  { id: "2-receipt-to-s", section: "2.2, 9", role: "S", from: [...KEPT, "withdrawn", "handedBack"], on: "receipt", to: "same", sets: ["receipted"] },
] as const satisfies readonly Row[];
