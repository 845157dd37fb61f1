import { Pool } from "pg";
import { Refused } from "../legacy/body.ts";
import type { Outgoing } from "../legacy/outbox.ts";
import type { PoliceDesk } from "./desk.ts";
import { type Kind, KINDS, MESSAGES } from "./messages.ts";
import { columnsOf, schemaStatements, tableOf } from "./tables-schema.ts";

const OURS = "1";
const THEIRS = "2";
const AGAIN_MS = 1_000;

type Row = { readonly xh: string; readonly flowid: string } & { readonly [column: string]: unknown };

/** The intermediate database as a carrier: writes what leaves, reads what the 12345 side wrote, marks what was done with it. */
export class TablesCarrier {
  readonly #desk: PoliceDesk;
  readonly #pool: Pool;
  /** Link states as they stand in the tables, by table and flow. */
  readonly #written = new Map<string, string>();
  /** Rows whose mark was lost: when they are read again. */
  readonly #again = new Map<string, number>();
  #made = false;

  constructor(desk: PoliceDesk, url: string) {
    this.#desk = desk;
    this.#pool = new Pool({ connectionString: url, max: 2 });
    // A server that ends an idle connection is met again at the next statement.
    this.#pool.on("error", () => undefined);
  }

  /** Throws what the database throws when it is not there: the next turn tries again. */
  async turn(): Promise<void> {
    await this.#makeTables();
    for (const kind of KINDS) if (kind !== "M1") await this.#read(kind);
    await this.#writeStates();
  }

  /** Whether the row stands. */
  async carry({ kind, message }: Outgoing): Promise<boolean> {
    try {
      await this.#makeTables();
      await this.#write(parseKind(kind), message);
      return true;
    } catch {
      return false;
    }
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }

  async #makeTables(): Promise<void> {
    if (this.#made) return;
    const oneRow = this.#desk.machine.faults.has("overwritten");
    for (const statement of schemaStatements(oneRow)) await this.#pool.query(statement);
    this.#made = true;
  }

  async #write(kind: Kind, message: Outgoing["message"]): Promise<void> {
    const columns = columnsOf(kind);
    const flow = String((kind === "M1" ? message["LSH"] : message["FLOWID"]) ?? "");
    const values = [flow, ...columns.map((column) => message[memberOf(kind, column)] ?? "")];
    const { faults, time } = this.#desk.machine;
    if (faults.has("overwritten")) {
      const sets = columns.map((column, index) => `${column} = $${index + 2}`).join(", ");
      const { rowCount } = await this.#pool.query(
        `update ${tableOf(kind)} set ${sets}, pushstatus = '0', pushtime = null, acktime = null,
           xt_gxsj = $${values.length + 1} where flowid = $1 and fx = '${OURS}'`,
        [...values, time],
      );
      if (rowCount !== 0) return;
    }
    const places = values.map((_, index) => `$${index + 1}`).join(", ");
    await this.#pool.query(
      `insert into ${tableOf(kind)} (flowid, ${columns.join(", ")}, fx, xt_rksj, xt_gxsj)
         values (${places}, '${OURS}', $${values.length + 1}, $${values.length + 1})`,
      [...values, time],
    );
  }

  async #read(kind: Kind): Promise<void> {
    const { rows } = await this.#pool.query<Row>(
      `select * from ${tableOf(kind)} where fx = '${THEIRS}' and pushstatus = '0' order by xh`,
    );
    for (const row of rows) await this.#take(kind, row);
  }

  async #take(kind: Kind, row: Row): Promise<void> {
    const { machine } = this.#desk;
    const key = `${kind} ${row.xh}`;
    if ((this.#again.get(key) ?? 0) > machine.clock.now()) return;
    const message = Object.fromEntries(columnsOf(kind).map((column) => [memberOf(kind, column), row[column]]));
    try {
      // In an M2 that answers an alarm the column holds the number of our own push, which is no order's.
      this.#desk.receive(kind, kind === "M2" ? message : { ...message, FLOWID: row.flowid });
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      // Nobody is told: such a row is marked as dealt with all the same.
    }
    if (machine.faults.strikes("lost")) {
      this.#again.set(key, machine.clock.now() + AGAIN_MS);
      return;
    }
    const status = kind === "M0" ? "1" : "2";
    await this.#pool.query(
      `update ${tableOf(kind)} set pushstatus = $1, pushtime = $2, acktime = case when $1 = '2' then $2::timestamp end,
         xt_gxsj = $2 where xh = $3`,
      [status, machine.time, row.xh],
    );
  }

  async #writeStates(): Promise<void> {
    const { alarms, orders } = this.#desk.books;
    for (const { form, LJZT } of Object.values(alarms)) await this.#writeState("M1", form["LSH"] ?? "", LJZT);
    for (const [flow, { LJZT }] of Object.entries(orders)) await this.#writeState("M0", flow, LJZT);
  }

  /** An order whose link state is not empty was dealt with by a person. */
  async #writeState(kind: "M0" | "M1", flow: string, state: string): Promise<void> {
    const key = `${kind} ${flow}`;
    if (state === "" || this.#written.get(key) === state) return;
    const { time } = this.#desk.machine;
    const dealtWith = kind === "M0" ? ", pushstatus = '2', acktime = coalesce(acktime, $1)" : "";
    const { rowCount } = await this.#pool.query(
      `update ${tableOf(kind)} set ljzt = $2, xt_gxsj = $1::timestamp${dealtWith} where flowid = $3`,
      [time, state, flow],
    );
    // Of an alarm that waits to be pushed there is no row yet.
    if (rowCount !== 0) this.#written.set(key, state);
  }
}

function memberOf(kind: Kind, column: string): string {
  return MESSAGES[kind].members.find((member) => member.toLowerCase() === column) ?? column;
}

function parseKind(text: string): Kind {
  const kind = KINDS.find((one) => one === text);
  if (kind === undefined) throw new Error(`no such message: ${text}`);
  return kind;
}
