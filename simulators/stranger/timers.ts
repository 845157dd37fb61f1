import type { Linkage, Memory, Role, TableName } from "./memory.ts";

type Timer = {
  readonly name: string;
  readonly table: TableName;
  readonly role: Role;
  readonly state: string;
  readonly afterMs: number;
  /** It does not run while this holds. */
  readonly unless: (linkage: Linkage) => boolean;
};

const MINUTE_MS = 60_000;
const never = () => false;

/** The timers that send something or move a dispute on (linkage 9). Those that only alarm need a screen and are left out. */
const TIMERS: readonly Timer[] = [
  {
    name: "urgentSeat",
    table: "urgent",
    role: "R",
    state: "active",
    afterMs: 4_000,
    unless: (one) => one.shown >= one.push,
  },
  {
    name: "answerAtSender",
    table: "handOver",
    role: "S",
    state: "offered",
    afterMs: 60 * MINUTE_MS,
    unless: (one) => !one.receipted,
  },
  { name: "decideReturned", table: "handOver", role: "S", state: "returned", afterMs: 30 * MINUTE_MS, unless: never },
  { name: "negotiation", table: "handOver", role: "S", state: "negotiating", afterMs: 30 * MINUTE_MS, unless: never },
];

/** Each timer fires once in a state; the instants are kept, so a restart only makes one late. */
export function dueTimers(
  memory: Memory,
  now: Date,
): readonly { readonly conversation: string; readonly timer: string }[] {
  return Object.values(memory.linkages).flatMap((linkage) =>
    TIMERS.filter(
      (one) =>
        one.table === linkage.table &&
        one.role === linkage.role &&
        one.state === linkage.state &&
        !one.unless(linkage) &&
        !linkage.fired.includes(one.name) &&
        now.getTime() - Date.parse(linkage.enteredAt) >= one.afterMs,
    ).map(({ name }) => ({ conversation: linkage.conversation, timer: name })),
  );
}
