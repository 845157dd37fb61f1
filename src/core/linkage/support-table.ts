import type { Row } from "./row.ts";

const ANY = ["requested", "granted", "declined", "ended"] as const;

/**
 * Section 7, `support` (应急支援): S asks, R grants or declines, either ends it at any time, and S stays responsible throughout.
 * `ended` wins every crossing: an answer that arrives in it changes nothing. What is learned at R goes back as `progress`,
 * as from every receiver.
 * @source nmg:2.2.3 @source yn:3.3
 */
// biome-ignore format: a table is read one row a line
export const SUPPORT = [
  { id: "7-ask", section: "7", role: "S", from: ["-"], on: "command:askSupport", guards: ["supportSaid"], to: "requested", sets: ["asked"], sends: ["support"] },
  { id: "7-told-granted", section: "7", role: "S", from: ["requested"], on: "message:granted", to: "granted", sets: ["toldAnswered"], alarms: ["supportMoved"] },
  { id: "7-told-declined", section: "7", role: "S", from: ["requested"], on: "message:declined", to: "declined", sets: ["toldAnswered"], alarms: ["supportMoved"] },
  { id: "7-end-s", section: "7", role: "S", from: ["requested", "granted"], on: "command:endSupport", guards: ["resultSaid"], to: "ended", sets: ["supportEnded"], sends: ["supportEnded"] },
  { id: "7-told-ended-s", section: "7", role: "S", from: ["requested", "granted"], on: "message:supportEnded", to: "ended", sets: ["toldSupportEnded"], alarms: ["supportMoved"] },
  { id: "7-late-granted", section: "7", role: "S", from: ["ended"], on: "message:granted", to: "same", sets: ["toldAnswered"], noted: "CROSSED" },
  { id: "7-late-declined", section: "7", role: "S", from: ["ended"], on: "message:declined", to: "same", sets: ["toldAnswered"], noted: "CROSSED" },
  { id: "7-ended-twice-s", section: "7", role: "S", from: ["ended"], on: "message:supportEnded", to: "same", noted: "CROSSED" },
  { id: "7-read-words", section: "7, 10 P4", role: "S", from: [...ANY], on: "command:readAdditions", to: "same", sets: ["additionsRead"] },
  { id: "7-told-progress", section: "7", role: "S", from: [...ANY], on: "message:progress", to: "same", sets: ["progressed"] },
  { id: "7-receipt-to-s", section: "2.2", role: "S", from: [...ANY], on: "receipt", to: "same", sets: ["receipted"] },
  { id: "9-support-receipt", section: "9 deliveryReceipt", role: "S", from: ["requested"], on: "timer:deliveryReceipt", to: "same", sets: ["deliveryAlarmed"], alarms: ["deliveryMissing"] },
  { id: "9-support-answer-s", section: "9 answerOwed", role: "S", from: ["requested"], on: "timer:answerOwed", to: "same", alarms: ["answerOwed"] },

  { id: "7-asked", section: "7", role: "R", from: ["-"], on: "message:support", to: "requested", sets: ["askedOfUs"], alarms: ["supportAsked"] },
  { id: "7-grant", section: "7", role: "R", from: ["requested"], on: "command:grant", to: "granted", sets: ["answered"], sends: ["granted"] },
  { id: "7-decline", section: "7", role: "R", from: ["requested"], on: "command:decline", guards: ["declineSaid"], to: "declined", sets: ["answered"], sends: ["declined"] },
  { id: "7-end-r", section: "7", role: "R", from: ["requested", "granted"], on: "command:endSupport", guards: ["resultSaid"], to: "ended", sets: ["supportEnded"], sends: ["supportEnded"] },
  { id: "7-told-ended-r", section: "7", role: "R", from: ["requested", "granted", "declined"], on: "message:supportEnded", to: "ended", sets: ["toldSupportEnded"], alarms: ["supportMoved"] },
  { id: "7-ended-twice-r", section: "7", role: "R", from: ["ended"], on: "message:supportEnded", to: "same", noted: "CROSSED" },
  { id: "7-progress", section: "7", role: "R", from: [...ANY], on: "command:progress", to: "same", sets: ["progressed"], sends: ["progress"] },
  { id: "9-support-answer-r", section: "9 answerOwed", role: "R", from: ["requested"], on: "timer:answerOwed", to: "same", alarms: ["answerOwed"] },
] as const satisfies readonly Row[];
