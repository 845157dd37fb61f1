import type { ActorRef, Instant, Sealed } from "../../kernel/index.ts";
import type { Clock, ClockStatus, ResumeReason } from "./clock.ts";
import type { ClockOwner } from "./spans.ts";
import type { ClockMark, RungLine } from "./clock-mark.ts";
import type { ClockPolicy } from "./limit.ts";

/** Who gives a command, when, by which cause. */
export type ClockHead = { readonly at: Instant; readonly by: ActorRef; readonly cause: string };

/** What a person says with it, sealed. */
type Saying = { readonly note?: Sealed | null };

export type ClockCommand =
  | ({ readonly type: "pause"; readonly reason: string } & Saying)
  /** `until` = so long the requester is waited for; then the clock runs on by itself. Absent = without an end. */
  | ({ readonly type: "awaitRequester"; readonly until?: Instant } & Saying)
  | ({ readonly type: "resume"; readonly why?: ResumeReason } & Saying)
  | ({ readonly type: "askExtension"; readonly amount: number; readonly reason: string } & Saying)
  /** `amount` null = as asked; never more than asked. */
  | ({ readonly type: "approveExtension"; readonly amount: number | null } & Saying)
  | ({ readonly type: "refuseExtension"; readonly reason: string } & Saying)
  /** Who asked asks no more. */
  | ({ readonly type: "withdrawExtension" } & Saying)
  /** `policy` null = the frozen one stays; another only where a decision says so, e.g. the new unit's own limit. */
  | { readonly type: "changeOwner"; readonly owner: ClockOwner; readonly policy: ClockPolicy | null }
  /** The matter was judged anew: this row fits it now. */
  | { readonly type: "judgedAnew"; readonly policy: ClockPolicy }
  | { readonly type: "act" }
  /** Its owner does nothing: by this number it is rung. */
  | ({ readonly type: "ringOn" } & RungLine)
  | { readonly type: "stop"; readonly outcome: "done" | "cancelled" }
  /** `amount` null = what is left of the old limit; a number = so many units from now. */
  | { readonly type: "reopen"; readonly owner: ClockOwner; readonly amount: number | null }
  /** The parent moved: its due time without what was not passed on is the new ceiling. */
  | { readonly type: "followParent"; readonly parent: Clock }
  /** A decision to let this clock have so many more units of its parent's extension. */
  | { readonly type: "passOn"; readonly parent: Clock; readonly amount: number }
  /** A timer fired: early, late or twice, all harmless. */
  | { readonly type: "mark"; readonly mark: ClockMark };

export type ClockCommandType = ClockCommand["type"];

export type ClockRefusal =
  | { readonly code: "CLOCK_NOT_IN_STATE"; readonly state: ClockStatus }
  | { readonly code: "CLOCK_NOT_PAUSABLE" }
  | { readonly code: "CLOCK_AWAITED_ENOUGH"; readonly most: number }
  | { readonly code: "CLOCK_HOURS_UNKNOWN"; readonly hours: string }
  | { readonly code: "CLOCK_OWNER_SAME" }
  | { readonly code: "CLOCK_NOT_OF_PARENT" }
  | { readonly code: "EXTENSION_PENDING" }
  | { readonly code: "EXTENSION_NOT_ASKED" }
  | { readonly code: "EXTENSION_TOO_LATE" }
  | { readonly code: "EXTENSION_TOO_LONG"; readonly left: number }
  | { readonly code: "EXTENSION_MOVES_NOTHING" }
  | { readonly code: "EXTENSION_BY_SAME" }
  | { readonly code: "EXTENSION_NOT_OWN" };

type Row = {
  readonly command: ClockCommandType;
  readonly from: readonly ClockStatus[];
  readonly to: ClockStatus | "same";
  readonly clause: string;
};

const OPEN = ["running", "paused", "awaitingRequester"] as const satisfies readonly ClockStatus[];

/** The whole life of a clock. Danger is no column: a policy that must not wait is not pausable. */
// biome-ignore format: a table is read one row a line
export const CLOCK_TABLE = [
  { command: "pause", from: ["running"], to: "paused", clause: "nmg:2.2.5" },
  { command: "awaitRequester", from: ["running"], to: "awaitingRequester", clause: "nmg:2.2.5" },
  { command: "resume", from: ["paused", "awaitingRequester"], to: "running", clause: "nmg:2.2.5" },
  { command: "askExtension", from: OPEN, to: "same", clause: "nmg:2.2.5" },
  { command: "approveExtension", from: OPEN, to: "same", clause: "nmg:2.2.5" },
  { command: "refuseExtension", from: OPEN, to: "same", clause: "nmg:2.2.5" },
  { command: "withdrawExtension", from: OPEN, to: "same", clause: "nmg:2.2.5" },
  { command: "changeOwner", from: OPEN, to: "same", clause: "nmg:2.2.2" },
  { command: "judgedAnew", from: OPEN, to: "same", clause: "nmg:2.2.5" },
  { command: "act", from: OPEN, to: "same", clause: "nmg:2.2.2" },
  { command: "ringOn", from: OPEN, to: "same", clause: "yn:4.1.2" },
  { command: "stop", from: OPEN, to: "stopped", clause: "nmg:2.2.1" },
  { command: "reopen", from: ["stopped"], to: "running", clause: "nmg:2.2.1" },
  { command: "followParent", from: OPEN, to: "same", clause: "nmg:2.2.5" },
  { command: "passOn", from: OPEN, to: "same", clause: "nmg:2.2.5" },
  { command: "mark", from: [...OPEN, "stopped"], to: "same", clause: "nmg:2.2.5" },
] as const satisfies readonly Row[];

const ROWS: readonly Row[] = CLOCK_TABLE;

/** Commands the table allows for a clock in this state, in table order. */
export function allowedClockCommands(status: ClockStatus): readonly ClockCommandType[] {
  return ROWS.filter((row) => row.from.includes(status)).map((row) => row.command);
}
