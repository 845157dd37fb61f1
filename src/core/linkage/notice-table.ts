import type { Row } from "./row.ts";

/**
 * Section 4, `notice` (互相通报): the other desk is told, its node's receipt and a person's reading are owed, and nobody's
 * responsibility changes. It can be neither returned nor withdrawn: what was said was said. What is learned at R goes
 * back as `progress`, as from every receiver.
 * @source yn:3.3 @source nmg:2.2.3
 */
// biome-ignore format: a table is read one row a line
export const NOTICE = [
  { id: "4-notify", section: "4", role: "S", from: ["-"], on: "command:notify", guards: ["noticeSaid"], to: "sent", sets: ["notified"], sends: ["notice"] },
  { id: "4-told-received", section: "4, 2.2", role: "S", from: ["sent"], on: "receipt", to: "received", sets: ["receipted"] },
  { id: "4-told-read", section: "4", role: "S", from: ["sent", "received"], on: "message:noticeRead", to: "read", sets: ["toldRead"] },
  { id: "4-read-words", section: "4, 10 P4", role: "S", from: ["sent", "received", "read"], on: "command:readAdditions", to: "same", sets: ["additionsRead"] },
  { id: "4-told-progress", section: "4", role: "S", from: ["sent", "received", "read"], on: "message:progress", to: "same", sets: ["progressed"] },
  { id: "4-receipt-to-s", section: "2.2", role: "S", from: ["received", "read"], on: "receipt", to: "same", sets: ["receipted"] },
  { id: "9-notice-receipt", section: "9 deliveryReceipt", role: "S", from: ["sent"], on: "timer:deliveryReceipt", to: "same", sets: ["deliveryAlarmed"], alarms: ["deliveryMissing"] },

  { id: "4-noticed", section: "4", role: "R", from: ["-"], on: "message:notice", to: "received", sets: ["noticed"], alarms: ["noticeUnread"] },
  { id: "4-read", section: "4", role: "R", from: ["received"], on: "command:readNotice", to: "read", sets: ["noticeRead"], sends: ["noticeRead"] },
  { id: "4-progress", section: "4", role: "R", from: ["received", "read"], on: "command:progress", to: "same", sets: ["progressed"], sends: ["progress"] },
] as const satisfies readonly Row[];
