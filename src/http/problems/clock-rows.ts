import type { ClockFileRefusal } from "../../core/file/index.ts";
import { row, rowOfPolicy } from "./row.ts";
import type { ProblemRow } from "./row.ts";

/** Refusals about time limits. */
export const CLOCK_ROWS = {
  CLOCK_NONE: row(409, "没有正在计算的办理时限", "No time limit runs that could be changed", "nmg:2.2.5"),
  CLOCK_DANGER_OPEN: row(
    409,
    "危险处置未结束，时限不得暂停或延长",
    "Danger is open: no time limit is paused or extended",
    "nmg:2.2.1",
  ),
  CLOCK_NOT_COUNTED: row(
    409,
    "时限算不出来，请告知运维",
    "The time limit cannot be counted; tell the operator",
    "nmg:2.2.5",
  ),
  CLOCK_AWAIT_TOO_LONG: rowOfPolicy(
    "awaitDays",
    row(
      409,
      "一次最多等待诉求人 {most} 天；到期仍需等待的，请再次提出",
      "The requester may be waited for at most {most} days at a time; say so anew if it takes longer",
      "nmg:2.2.5",
    ),
  ),
  CLOCK_WORDS_MISSING: row(422, "请写明理由", "Write down the reason", "nmg:2.2.5"),
  CLOCK_NOT_IN_STATE: row(
    409,
    "时限当前为“{state}”，不能进行此操作",
    "The time limit is {state} now; this cannot be done",
    "nmg:2.2.5",
  ),
  CLOCK_NOT_PAUSABLE: row(409, "此项时限不能暂停", "This time limit cannot be paused", "nmg:2.2.5"),
  CLOCK_AWAITED_ENOUGH: rowOfPolicy(
    "awaitTimes",
    row(
      409,
      "已等待诉求人 {most} 次，不能再等；确需时间请申请延期",
      "The requester has been waited for {most} times, the most there is; ask for more time instead",
      "nmg:2.2.5",
    ),
  ),
  CLOCK_HOURS_UNKNOWN: row(
    409,
    "工作日历里没有“{hours}”这套工作时间，请告知运维",
    "The calendar does not have the hours {hours}; tell the operator",
    "nmg:2.2.5",
  ),
  CLOCK_OWNER_SAME: row(409, "时限已由该单位承担", "The time limit is that unit's already", "nmg:2.2.2"),
  CLOCK_NOT_OF_PARENT: row(
    409,
    "该时限不在此上级时限之内",
    "The time limit does not run inside of that one",
    "nmg:2.2.5",
  ),
  EXTENSION_PENDING: row(409, "已有一次延期申请等待审批", "An extension is asked for already", "nmg:2.2.5"),
  EXTENSION_NOT_ASKED: row(409, "没有待审批的延期申请", "No extension is asked for", "nmg:2.2.5"),
  EXTENSION_TOO_LATE: row(
    409,
    "已过时限，不能再申请延期",
    "The time has passed; it is too late to ask for more",
    "nmg:2.2.5",
  ),
  EXTENSION_TOO_LONG: row(409, "延期过长：还可延长 {left}", "Too long: {left} are left", "nmg:2.2.5"),
  EXTENSION_MOVES_NOTHING: row(
    409,
    "整件诉求的时限在前，须先延长诉求的时限",
    "The time limit of the whole request ends first; extend that one",
    "nmg:2.2.5",
  ),
  EXTENSION_BY_SAME: row(
    409,
    "不能审批自己的延期申请，须由他人审批",
    "Nobody approves an extension that is their own",
    "nmg:2.2.5",
  ),
  EXTENSION_NOT_OWN: row(
    409,
    "延期申请只能由申请人撤回",
    "Only who asked for more time takes the wish back",
    "nmg:2.2.5",
  ),
} as const satisfies Record<ClockFileRefusal["code"], ProblemRow>;
