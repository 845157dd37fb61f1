/**
 * A 110 system that a city already runs, with the interface to 12345 of a suite seen in use and its faults; docs/legacy.md.
 *
 *     node simulators/legacy-110/cli.ts --peer http://127.0.0.1:9000 --bug late,doubled --seed 7
 */
import { post } from "../legacy/caller.ts";
import { type Options, readOptions } from "../legacy/options.ts";
import type { Carry } from "../legacy/outbox.ts";
import { run } from "../legacy/program.ts";
import { controlServer, exchangeServer } from "../legacy/server.ts";
import { PoliceDesk } from "./desk.ts";
import type { Unit } from "./form.ts";
import { KINDS, MESSAGES } from "./messages.ts";
import { controlRoutes, exchangeRoutes } from "./routes.ts";
import { TablesCarrier } from "./tables.ts";

const { options, own } = readOptions(process.argv.slice(2), ["carrier", "database", "unit"]);
const desk = new PoliceDesk(
  options,
  parseUnit(own["unit"] ?? "150100000000:市公安局指挥中心"),
  parseCarrier(own["carrier"]),
);
const tables = own["carrier"] === "tables" ? new TablesCarrier(desk, databaseIn(own["database"])) : null;
const { faults, lateMs } = { faults: desk.machine.faults, lateMs: options.lateMs };

await run(
  {
    exchange: exchangeServer(tables === null ? exchangeRoutes(desk) : {}, {
      faults,
      lateMs,
      encoding: options.encoding,
    }),
    control: controlServer(controlRoutes(desk)),
    turn: async () => {
      await tables?.turn().catch((fault: unknown) => process.stderr.write(`${String(fault)}\n`));
      const { outbox, clock } = desk.machine;
      const before = outbox.kept;
      await outbox.turn(() => clock.now(), tables === null ? overHttp(options) : (one) => tables.carry(one));
      if (outbox.kept !== before) desk.machine.keep();
    },
  },
  options,
);

/** Without a peer nothing leaves: every try fails. */
function overHttp({ peer, encoding }: Options): Carry {
  return async ({ kind, message }) => {
    const found = KINDS.find((one) => one === kind);
    return peer !== null && found !== undefined && post(`${peer}/${MESSAGES[found].path}`, message, encoding);
  };
}

function parseCarrier(text: string | undefined): "http" | "tables" {
  if (text === undefined || text === "http") return "http";
  if (text === "tables") return "tables";
  throw new Error(`--carrier is http or tables: ${text}`);
}

function databaseIn(text: string | undefined): string {
  if (text === undefined) throw new Error("--carrier tables needs --database");
  return text;
}

function parseUnit(text: string): Unit {
  const [, code, name] = /^(\d{12}):(.+)$/.exec(text) ?? [];
  if (code === undefined || name === undefined) throw new Error(`--unit is 12 digits, a colon and a name: ${text}`);
  return { code, name };
}
