import type { Row } from "./row.ts";

const UNANSWERED = ["offered", "negotiating", "held"] as const;
const UNCONFIRMED = ["accepted?", "concluding?"] as const;
const FINISHED = ["released", "toCallBack", "closed"] as const;
const EVERY = [
  ...UNANSWERED,
  "returned",
  ...UNCONFIRMED,
  "accepted",
  "concluding",
  ...FINISHED,
  "withdrawn",
  "rejected",
  "absorbed",
] as const;

/** Table 5.2: a hand-over (clear, afterInitialResponse) at its receiver. @source nmg:2.2.1 @source nmg:2.2.2 @source nmg:a4 */
// biome-ignore format: a table is read one row a line
export const HAND_OVER_RECEIVER = [
  { id: "5.2-offer-rejected", section: "5.2", role: "R", from: ["-"], on: "message:offer", when: ["offerRejected"], to: "rejected", sets: ["rejected"], sends: ["rejected"] },
  { id: "5.2-offer-bound", section: "5.2", role: "R", from: ["-"], on: "message:offer", when: ["offerBound"], to: "accepted?", sets: ["delivered", "accepted", "toldBound"], sends: ["accepted"] },
  { id: "5.2-offer-second", section: "5.2, 9 secondDispute", role: "R", from: ["-"], on: "message:offer", when: ["offerNegotiating"], to: "negotiating", sets: ["delivered", "negotiated"], alarms: ["threeWayCall"] },
  { id: "5.2-offer", section: "5.2", role: "R", from: ["-"], on: "message:offer", to: "offered", sets: ["delivered", "returnWindow"] },
  { id: "5.2-accept", section: "5.2", role: "R", from: [...UNANSWERED], on: "command:accept", guards: ["additionsRead"], to: "accepted?", sets: ["accepted"], sends: ["accepted"] },
  { id: "5.2-absorb", section: "5.2, 8.2", role: "R", from: [...UNANSWERED], on: "command:absorb", guards: ["notHandBack", "additionsRead", "primary", "primaryHeld"], to: "accepted?", sets: ["absorbing"], sends: ["accepted"] },
  { id: "5.2-return", section: "5.2, 9 answer, 10 P4", role: "R", from: ["offered"], on: "command:return", guards: ["returnUnused", "returnOpen", "additionsRead", "returnComplete"], to: "returned", sets: ["returned"], sends: ["returned"] },
  { id: "5.2-negotiate", section: "5.2", role: "R", from: ["offered"], on: "command:negotiate", to: "negotiating", sets: ["negotiated"], sends: ["negotiate"] },
  { id: "5.2-ruling-to-self", section: "5.2", role: "R", from: ["negotiating", "held"], on: "command:ruling", when: ["rulingToSelf"], guards: ["additionsRead"], to: "accepted?", sets: ["ruled", "accepted"], sends: ["accepted"] },
  { id: "5.2-ruling", section: "5.2", role: "R", from: ["negotiating", "held"], on: "command:ruling", guards: ["rulesOnce"], to: "same", sets: ["ruled"], sends: ["ruling"] },
  { id: "5.2-conclude-unconfirmed", section: "5.2", role: "R", from: ["accepted?"], on: "command:conclude", guards: ["lasting", "notPassedOn", "nothingOffered", "additionsRead"], to: "concluding?", sets: ["concluded"], sends: ["concluded"] },
  { id: "5.2-conclude", section: "5.2", role: "R", from: ["accepted"], on: "command:conclude", guards: ["lasting", "notPassedOn", "nothingOffered", "additionsRead"], to: "concluding", sets: ["concluded"], sends: ["concluded"] },
  { id: "5.2-close", section: "5.2", role: "R", from: ["toCallBack"], on: "command:close", guards: ["additionsRead"], to: "closed", sets: ["closed"], sends: ["closed"], pulls: ["closeBelow"] },
  { id: "5.2-reopen", section: "5.2, 8.2", role: "R", from: ["concluding", ...FINISHED], on: "command:reopen", to: "accepted", sets: ["atWork"], sends: ["reopened"] },
  { id: "5.2-progress", section: "5.2", role: "R", from: [...EVERY], on: "command:progress", to: "same", sets: ["progressed"], sends: ["progress"] },
  { id: "5.2-read", section: "5.2, 10 P4", role: "R", from: [...EVERY], on: "command:readAdditions", to: "same", sets: ["additionsRead"] },

  { id: "5.2-withdrawn", section: "5.2, 5.5", role: "R", from: [...UNANSWERED, "returned", "rejected"], on: "message:withdrawn", to: "withdrawn", sets: ["toldWithdrawn"] },
  { id: "5.2-stood-down", section: "5.2, 5.5", role: "R", from: [...UNCONFIRMED], on: "message:withdrawn", to: "withdrawn", sets: ["toldWithdrawn"], sends: ["progress"], alarms: ["stoodDown"] },
  { id: "5.2-told-negotiate", section: "5.2", role: "R", from: ["offered", "returned"], on: "message:negotiate", to: "negotiating", sets: ["negotiated"] },
  { id: "5.2-told-negotiate-crossed", section: "5.2, 5.5", role: "R", from: ["negotiating", ...UNCONFIRMED, "rejected"], on: "message:negotiate", to: "same", noted: "CROSSED" },
  { id: "5.2-told-held", section: "5.2", role: "R", from: ["negotiating", "offered", "returned"], on: "message:held", to: "held" },
  { id: "5.2-told-held-crossed", section: "5.2, 5.5", role: "R", from: [...UNCONFIRMED, "rejected"], on: "message:held", to: "same", noted: "CROSSED" },
  { id: "5.2-told-bound", section: "5.2", role: "R", from: [...UNANSWERED, "returned"], on: "message:bound", to: "accepted?", sets: ["accepted", "toldBound"], sends: ["accepted"] },
  { id: "5.2-told-bound-crossed", section: "5.2, 5.5", role: "R", from: [...UNCONFIRMED, "rejected"], on: "message:bound", to: "same", noted: "CROSSED" },
  { id: "5.2-confirmed-alias", section: "5.2, 8.2", role: "R", from: ["accepted?"], on: "message:confirmed", when: ["alias"], to: "absorbed", sets: ["confirmed"] },
  { id: "5.2-confirmed-back", section: "5.2, 5.3", role: "R", from: ["accepted?"], on: "message:confirmed", when: ["handBack"], to: "handedBack", sets: ["confirmed"], pulls: ["endOlderSent"] },
  { id: "5.2-confirmed", section: "5.2", role: "R", from: ["accepted?"], on: "message:confirmed", to: "accepted", sets: ["confirmed"] },
  { id: "5.2-confirmed-concluding", section: "5.2", role: "R", from: ["concluding?"], on: "message:confirmed", to: "concluding", sets: ["confirmed"] },
  { id: "5.2-addition-revives-unconfirmed", section: "5.2, 5.5", role: "R", from: ["concluding?"], on: "message:addition", to: "accepted?", sets: ["addedToUs", "atWork"] },
  { id: "5.2-addition-revives", section: "5.2, 5.5", role: "R", from: ["concluding"], on: "message:addition", to: "accepted", sets: ["addedToUs", "atWork"] },
  { id: "5.2-addition", section: "5.2", role: "R", from: [...UNANSWERED, "returned", "accepted?", "accepted", ...FINISHED, "withdrawn", "rejected", "absorbed"], on: "message:addition", to: "same", sets: ["addedToUs"] },
  { id: "5.2-held-released", section: "5.2", role: "R", from: ["concluding"], on: "message:conclusionHeld", when: ["latestConclusion", "follow"], to: "released" },
  { id: "5.2-held-to-call-back", section: "5.2", role: "R", from: ["concluding"], on: "message:conclusionHeld", when: ["latestConclusion", "handOff"], to: "toCallBack" },
  { id: "5.2-held-stale", section: "5.2", role: "R", from: ["accepted", "concluding"], on: "message:conclusionHeld", to: "same", noted: "STALE" },
  { id: "5.2-closed-stale", section: "5.2, 5.5", role: "R", from: ["accepted", "concluding"], on: "message:closed", to: "same", noted: "STALE" },
  { id: "5.2-told-closed", section: "5.2", role: "R", from: ["released"], on: "message:closed", when: ["latestConclusion"], to: "closed", sets: ["closed"], pulls: ["closeBelow"] },
  { id: "5.2-told-reopen", section: "5.2", role: "R", from: ["accepted", "concluding", ...FINISHED], on: "message:reopen", to: "accepted", sets: ["atWork"], sends: ["reopened"] },

  { id: "5.3-reopened-below", section: "5.3", role: "R", from: ["concluding", ...FINISHED], on: "effect:reopenedBelow", to: "accepted", sets: ["atWork"], sends: ["reopened"] },
  { id: "5.3-handed-back-by-us", section: "5.2, 5.3", role: "R", from: ["accepted"], on: "effect:handedBack", to: "handedBack" },
  { id: "5.2-after-hand-back", section: "5.2", role: "R", from: ["handedBack"], on: "message:any", to: "same", noted: "ATTACHED" },

  { id: "9-return-lapsed", section: "9 answer", role: "R", from: ["offered"], on: "timer:answer", to: "same", sets: ["returnLapsed"], alarms: ["returnWindowLapsed"] },
  { id: "9-confirm-missing", section: "9 confirm", role: "R", from: [...UNCONFIRMED], on: "timer:confirm", to: "same", alarms: ["confirmMissing"] },
  { id: "9-answer-owed-to-r", section: "9 answerOwed", role: "R", from: ["concluding"], on: "timer:answerOwed", to: "same", alarms: ["answerOwed"] },
] as const satisfies readonly Row[];
