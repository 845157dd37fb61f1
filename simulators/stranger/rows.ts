import type { Role, TableName } from "./memory.ts";
import { NOTICE_RECEIVER, NOTICE_SENDER, SUPPORT_RECEIVER, SUPPORT_SENDER, URGENT_RECEIVER } from "./rows-beside.ts";
import { HAND_OVER_RECEIVER, HAND_OVER_SENDER } from "./rows-hand-over.ts";

export type Row = {
  readonly name: string;
  readonly from: readonly string[];
  /** `message:TYPE`, `command:NAME`, `timer:NAME` or `receipt`. */
  readonly on: string;
  readonly conditions: readonly string[];
  /** Only a command can be refused, by the first of these that does not hold. */
  readonly guards: readonly string[];
  readonly to: string;
  readonly sends: readonly string[];
  readonly noted: string | null;
};

function parseRows(text: string): readonly Row[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [, name = "", from = "", on = "", when = "", unless = "", to = "", sends = "", , noted = ""] = line
        .split("|")
        .map((cell) => cell.trim());
      return {
        name,
        from: listOf(from),
        on,
        conditions: listOf(when),
        guards: listOf(unless),
        to,
        sends: listOf(sends),
        noted: noted === "" ? null : noted,
      };
    });
}

function listOf(cell: string): readonly string[] {
  return cell === "" ? [] : cell.split(",").map((one) => one.trim());
}

const TABLES: { readonly [table in TableName]: { readonly [role in Role]: readonly Row[] } } = {
  handOver: { S: parseRows(HAND_OVER_SENDER), R: parseRows(HAND_OVER_RECEIVER) },
  urgent: { S: [], R: parseRows(URGENT_RECEIVER) },
  notice: { S: parseRows(NOTICE_SENDER), R: parseRows(NOTICE_RECEIVER) },
  support: { S: parseRows(SUPPORT_SENDER), R: parseRows(SUPPORT_RECEIVER) },
};

/** Which table a message that opens a conversation belongs to; undefined when it opens none. */
export const OPENED_BY: { readonly [type: string]: TableName } = {
  offer: "handOver",
  push: "urgent",
  notice: "notice",
  support: "support",
};

/** The same for the commands of this desk. */
export const OPENED_BY_COMMAND: { readonly [command: string]: TableName } = {
  offer: "handOver",
  notify: "notice",
  askSupport: "support",
};

/** Rows of one state and trigger, in the order of the document: the first whose conditions all hold applies. */
export function rowsFor(table: TableName, role: Role, state: string, on: string): readonly Row[] {
  const any = on.startsWith("message:") ? "message:any" : on;
  return TABLES[table][role].filter((row) => row.from.includes(state) && (row.on === on || row.on === any));
}

/** What the desk may do in a state, whatever the guards will say. */
export function commandsIn(table: TableName, role: Role, state: string): readonly string[] {
  const rows = TABLES[table][role].filter((row) => row.from.includes(state) && row.on.startsWith("command:"));
  return [...new Set(rows.map((row) => row.on.slice("command:".length)))];
}
