import type { LinkageAlarm } from "../linkage/index.ts";

/** A red mark. Raising is idempotent per (kind, subject) and only lifts the level; clearing ends it. */
export type FileAlarm =
  | {
      readonly act: "raise";
      readonly kind: FileAlarmKind;
      readonly subject: string;
      readonly level: number;
      /** The number somebody must dial; then the mark ends only with an outcome. */
      readonly dial: string | null;
      readonly audience: "desk" | "supervisor" | "operator";
    }
  | { readonly act: "clear"; readonly kind: FileAlarmKind; readonly subject: string };

/** Marks of the file itself: `urgentPush` rings at the desk until signed; `lateReply` = officers have answered after their danger was ended; `doubtfulValue` asks to compare what came with its sender; `completionOwed` and `noPeer` name a missing half of a double dispatch; `placeByVoice` names the number of the place's own 110, which no push reaches; five more are marks of a clock, the last ones of a rule by which clocks cannot be counted. */
export type FileAlarmKind =
  | LinkageAlarm["kind"]
  | "urgentPush"
  | "completionOwed"
  | "noPeer"
  | "placeByVoice"
  | "doubtfulValue"
  | "lateReply"
  | "deadlineNear"
  | "deadlinePassed"
  | "notTakenUp"
  | "extensionAsked"
  | "pauseEnds"
  | ClockFault["code"];

/**
 * Why the clocks of a step were left as they were; the mark for the operator bears the code. `limitUnreadable`: the limits cannot be
 * looked up. `limitOutOfCalendar`: a limit leads to an instant that no calendar has. `limitNotCounted`: a clock or the calendar
 * breaks while it is counted. `detail` is for the operator's log, a line without anything personal.
 */
export type ClockFault = {
  readonly code: "limitUnreadable" | "limitOutOfCalendar" | "limitNotCounted";
  readonly detail: string;
};
