import type { Clock, ClockMark, ClockOwner, ClockStatus } from "./clock.ts";
import type { ClockPolicy } from "./limit.ts";

export type ClockCommand =
  | { readonly type: "pause"; readonly reason: string }
  | { readonly type: "awaitRequester" }
  | { readonly type: "resume" }
  | { readonly type: "askExtension"; readonly amount: number; readonly reason: string }
  /** `amount` null = as asked; never more than asked. */
  | { readonly type: "approveExtension"; readonly amount: number | null }
  | { readonly type: "refuseExtension"; readonly reason: string }
  /** `policy` null = the frozen one stays; another only where a decision says so, e.g. the new unit's own limit. */
  | { readonly type: "changeOwner"; readonly owner: ClockOwner; readonly policy: ClockPolicy | null }
  | { readonly type: "act" }
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
  | { readonly code: "CLOCK_HOURS_UNKNOWN"; readonly hours: string }
  | { readonly code: "CLOCK_OWNER_SAME" }
  | { readonly code: "CLOCK_NOT_OF_PARENT" }
  | { readonly code: "EXTENSION_PENDING" }
  | { readonly code: "EXTENSION_NOT_ASKED" }
  | { readonly code: "EXTENSION_TOO_LATE" }
  | { readonly code: "EXTENSION_TOO_LONG"; readonly left: number }
  | { readonly code: "EXTENSION_BY_SAME" };

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
  { command: "changeOwner", from: OPEN, to: "same", clause: "nmg:2.2.2" },
  { command: "act", from: OPEN, to: "same", clause: "nmg:2.2.2" },
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
