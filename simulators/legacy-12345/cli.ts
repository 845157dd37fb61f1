/**
 * A 12345 order system that a city already runs, with its fields, states and faults; docs/legacy.md.
 *
 *     node simulators/legacy-12345/cli.ts --peer http://127.0.0.1:9000 --bug late,twice --seed 7
 */
import { post } from "../legacy/caller.ts";
import { readOptions } from "../legacy/options.ts";
import { run } from "../legacy/program.ts";
import { controlServer, exchangeServer } from "../legacy/server.ts";
import { HotlineDesk } from "./desk.ts";
import { controlRoutes, exchangeRoutes } from "./routes.ts";

const { options, own } = readOptions(process.argv.slice(2), ["police-office"]);
const { peer, encoding, lateMs } = options;
const desk = new HotlineDesk(options, own["police-office"] ?? "110");
const { faults, outbox, clock } = desk.machine;

await run(
  {
    exchange: exchangeServer(exchangeRoutes(desk), { faults, lateMs, encoding }),
    control: controlServer(controlRoutes(desk)),
    turn: async () => {
      const before = outbox.kept;
      // Without a peer nothing leaves: every try fails.
      await outbox.turn(
        () => clock.now(),
        async ({ kind, message }) => peer !== null && post(`${peer}/${kind}`, message, encoding),
      );
      if (outbox.kept !== before) desk.machine.keep();
    },
  },
  options,
);
