import type { Row } from "./row.ts";

const SENT = ["pushed", "delivered", "ended"] as const;
const RECEIVED = ["active", "endReported", "ended"] as const;

/**
 * Table 6: urgent push (紧急推送). No row on the way of a push has a condition or a guard that could stop it (P3).
 * @source nmg:a3 @source nmg:2.2.1 @source yn:3.2
 */
// biome-ignore format: a table is read one row a line
export const URGENT = [
  { id: "6-push", section: "6", role: "S", from: ["-"], on: "command:push", to: "pushed", sets: ["firstPush"], sends: ["push"] },
  { id: "6-add", section: "6", role: "S", from: ["pushed", "delivered"], on: "command:add", to: "same", sets: ["nextPush"], sends: ["push"] },
  { id: "6-add-revives", section: "6", role: "S", from: ["ended"], on: "command:add", to: "pushed", sets: ["nextPush", "unsignedAnew"], sends: ["push"] },
  { id: "6-told-delivered", section: "6", role: "S", from: ["pushed", "delivered"], on: "message:delivered", when: ["currentPush"], to: "delivered", sets: ["toldShown"] },
  { id: "6-told-ended", section: "6", role: "S", from: ["pushed", "delivered"], on: "message:ended", when: ["currentPush"], to: "ended", sets: ["toldEnded"], sends: ["endHeld"] },
  { id: "6-delivered-stale", section: "6", role: "S", from: [...SENT], on: "message:delivered", when: ["stalePush"], to: "same", noted: "STALE" },
  { id: "6-ended-stale", section: "6", role: "S", from: [...SENT], on: "message:ended", when: ["stalePush"], to: "same", sets: ["unsignedAnew"], noted: "STALE" },
  { id: "6-no-seat-stale", section: "6", role: "S", from: [...SENT], on: "message:noSeatOnDuty", when: ["stalePush"], to: "same", noted: "STALE" },
  { id: "6-told-no-seat", section: "6", role: "S", from: ["pushed", "delivered"], on: "message:noSeatOnDuty", to: "same", alarms: ["noSeatOnDuty"] },
  { id: "6-told-signed", section: "6", role: "S", from: [...SENT], on: "message:signed", to: "same", sets: ["toldSigned"] },
  { id: "6-read", section: "6, 10 P4", role: "S", from: [...SENT], on: "command:readAdditions", to: "same", sets: ["additionsRead"] },
  { id: "6-told-progress", section: "6", role: "S", from: [...SENT], on: "message:progress", to: "same", sets: ["progressed"] }, { id: "6-pushed-no-seat", section: "6", role: "R", from: ["-"], on: "message:push", when: ["noSeat"], to: "active", sets: ["pushed", "unseated"], sends: ["noSeatOnDuty"], alarms: ["noSeatOnDuty"] },
  { id: "6-pushed", section: "6", role: "R", from: ["-"], on: "message:push", to: "active", sets: ["pushed"] }, { id: "6-pushed-more-no-seat", section: "6", role: "R", from: ["active"], on: "message:push", when: ["noSeat"], to: "active", sets: ["pushed", "unseated"], sends: ["noSeatOnDuty"], alarms: ["noSeatOnDuty"] },
  { id: "6-pushed-more", section: "6", role: "R", from: ["active"], on: "message:push", to: "active", sets: ["pushed"] },
  { id: "6-revived-no-seat", section: "6", role: "R", from: ["endReported", "ended"], on: "message:push", when: ["noSeat"], to: "active", sets: ["pushed", "revived", "unseated"], sends: ["noSeatOnDuty"], alarms: ["noSeatOnDuty"] },
  { id: "6-revived", section: "6", role: "R", from: ["endReported", "ended"], on: "message:push", to: "active", sets: ["pushed", "revived"] },
  { id: "6-shown", section: "6", role: "R", from: ["active"], on: "command:shown", when: ["unshown"], to: "same", sets: ["shown"], sends: ["delivered"] },
  { id: "6-sign-shown", section: "6", role: "R", from: ["active"], on: "command:sign", when: ["unshown", "onScreen"], guards: ["signsOnce"], to: "same", sets: ["shown", "signed"], sends: ["delivered", "signed"] },
  { id: "6-sign", section: "6", role: "R", from: ["active"], on: "command:sign", guards: ["signsOnce"], to: "same", sets: ["signed"], sends: ["signed"] },
  { id: "6-end", section: "6, 10 P4", role: "R", from: ["active"], on: "command:end", guards: ["pushShown"], to: "endReported", sets: ["ended"], sends: ["ended"] },
  { id: "6-progress", section: "6", role: "R", from: [...RECEIVED], on: "command:progress", to: "same", sets: ["progressed"], sends: ["progress"] },
  { id: "6-end-held", section: "6", role: "R", from: ["endReported"], on: "message:endHeld", when: ["currentPush"], to: "ended" },
  { id: "6-end-held-stale", section: "6", role: "R", from: [...RECEIVED], on: "message:endHeld", when: ["stalePush"], to: "same", noted: "STALE" },

  { id: "9-urgent-link", section: "6, 9 urgentLink", role: "S", from: ["pushed", "delivered"], on: "timer:urgentLink", to: "same", alarms: ["linkSilent"] },
  { id: "9-urgent-receipt", section: "9 urgentReceipt", role: "S", from: ["pushed"], on: "timer:urgentReceipt", to: "same", alarms: ["urgentUndelivered"] },
  { id: "9-urgent-seat", section: "6, 9 urgentSeat", role: "R", from: ["active"], on: "timer:urgentSeat", when: ["unshown"], to: "same", sets: ["unseated"], sends: ["noSeatOnDuty"], alarms: ["noSeatOnDuty"] },
  { id: "9-urgent-sign-there", section: "9 urgentSign", role: "S", from: ["delivered"], on: "timer:urgentSign", to: "same", alarms: ["peerUnsigned"] },
  { id: "9-urgent-sign", section: "6, 9 urgentSign", role: "R", from: ["active"], on: "timer:urgentSign", to: "same", alarms: ["urgentUnsigned"] },
  { id: "9-end-owed", section: "9 answerOwed", role: "R", from: ["endReported"], on: "timer:answerOwed", to: "same", alarms: ["answerOwed"] },
  { id: "2-receipt-to-s-urgent", section: "2.2, 6", role: "S", from: [...SENT], on: "receipt", to: "same", sets: ["receipted"] },
] as const satisfies readonly Row[];
