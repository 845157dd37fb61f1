import type { Row } from "./row.ts";

const SENT = ["pushed", "delivered", "ended"] as const;
const RECEIVED = ["active", "endReported", "ended"] as const;

/**
 * Section 6 for the partner's part of `joint` (联合调处): S keeps its own part and asks R to work on another one beside it. Who answers
 * for the partner's part moves as with a push: S until a seat at R has it on screen, then R until S holds its end. It can be neither
 * returned nor withdrawn; but it is nobody's danger, so it goes in the ordinary lane and rings by calmer times. What S adds goes
 * there while it runs; after its end only S asking once more brings it back to work.
 * @source nmg:2.2.2 @source yn:3.2
 */
// biome-ignore format: a table is read one row a line
export const JOINT = [
  { id: "6-joint-ask", section: "6", role: "S", from: ["-"], on: "command:askJoint", to: "pushed", sets: ["firstPush", "jointAsked"], sends: ["joint"] },
  { id: "6-joint-ask-again", section: "6", role: "S", from: ["ended"], on: "command:askJoint", to: "pushed", sets: ["nextPush", "jointAsked", "unsignedAnew"], sends: ["joint"] },
  { id: "6-joint-add", section: "6", role: "S", from: ["pushed", "delivered"], on: "command:add", to: "same", sets: ["nextPush", "jointAskedMore"], sends: ["joint"] },
  { id: "6-joint-told-delivered", section: "6", role: "S", from: ["pushed", "delivered"], on: "message:delivered", when: ["currentPush"], to: "delivered", sets: ["toldShown"] },
  { id: "6-joint-told-ended", section: "6", role: "S", from: ["pushed", "delivered"], on: "message:ended", when: ["currentPush"], to: "ended", sets: ["toldEnded"], sends: ["endHeld"], alarms: ["jointMoved"] },
  { id: "6-joint-delivered-stale", section: "6", role: "S", from: [...SENT], on: "message:delivered", when: ["stalePush"], to: "same", noted: "STALE" },
  { id: "6-joint-ended-stale", section: "6", role: "S", from: [...SENT], on: "message:ended", when: ["stalePush"], to: "same", sets: ["unsignedAnew"], noted: "STALE" },
  { id: "6-joint-told-signed", section: "6", role: "S", from: [...SENT], on: "message:signed", to: "same", sets: ["toldSigned"] },
  { id: "6-joint-read", section: "6, 10 P4", role: "S", from: [...SENT], on: "command:readAdditions", to: "same", sets: ["additionsRead"] },
  { id: "6-joint-told-progress", section: "6", role: "S", from: [...SENT], on: "message:progress", to: "same", sets: ["progressed"] },
  { id: "6-joint-receipt-to-s", section: "2.2", role: "S", from: [...SENT], on: "receipt", to: "same", sets: ["receipted"] },
  { id: "9-joint-receipt", section: "9 deliveryReceipt", role: "S", from: ["pushed", "delivered"], on: "timer:deliveryReceipt", to: "same", sets: ["deliveryAlarmed"], alarms: ["deliveryMissing"] },
  { id: "9-joint-unshown-there", section: "9 answerOwed", role: "S", from: ["pushed"], on: "timer:answerOwed", to: "same", alarms: ["answerOwed"] },

  { id: "6-joint-asked", section: "6", role: "R", from: ["-"], on: "message:joint", to: "active", sets: ["pushed", "jointAskedOfUs"], alarms: ["jointAsked"] },
  { id: "6-joint-asked-more", section: "6", role: "R", from: ["active"], on: "message:joint", to: "active", sets: ["pushed", "jointAskedOfUs"], alarms: ["jointAsked"] },
  { id: "6-joint-asked-again", section: "6", role: "R", from: ["endReported", "ended"], on: "message:joint", to: "active", sets: ["pushed", "jointAskedOfUs", "revived"], alarms: ["jointAsked"] },
  { id: "6-joint-shown", section: "6", role: "R", from: ["active"], on: "command:shown", when: ["unshown"], to: "same", sets: ["shown"], sends: ["delivered"] },
  { id: "6-joint-sign-shown", section: "6", role: "R", from: ["active"], on: "command:sign", when: ["unshown", "onScreen"], guards: ["signsOnce"], to: "same", sets: ["shown", "signed"], sends: ["delivered", "signed"] },
  { id: "6-joint-sign", section: "6", role: "R", from: ["active"], on: "command:sign", guards: ["signsOnce"], to: "same", sets: ["signed"], sends: ["signed"] },
  { id: "6-joint-end", section: "6, 10 P4", role: "R", from: ["active"], on: "command:end", guards: ["pushShown"], to: "endReported", sets: ["ended"], sends: ["ended"] },
  { id: "6-joint-progress", section: "6", role: "R", from: [...RECEIVED], on: "command:progress", to: "same", sets: ["progressed"], sends: ["progress"] },
  { id: "6-joint-end-held", section: "6", role: "R", from: ["endReported"], on: "message:endHeld", when: ["currentPush"], to: "ended" },
  { id: "6-joint-end-held-stale", section: "6", role: "R", from: [...RECEIVED], on: "message:endHeld", when: ["stalePush"], to: "same", noted: "STALE" },
  { id: "9-joint-unshown", section: "9 answerOwed", role: "R", from: ["active"], on: "timer:answerOwed", when: ["unshown"], to: "same", alarms: ["answerOwed"] },
  { id: "9-joint-unsigned", section: "9 answer", role: "R", from: ["active"], on: "timer:answer", to: "same", alarms: ["jointUnsigned"] },
  { id: "9-joint-end-owed", section: "9 answerOwed", role: "R", from: ["endReported"], on: "timer:answerOwed", to: "same", alarms: ["answerOwed"] },
] as const satisfies readonly Row[];
