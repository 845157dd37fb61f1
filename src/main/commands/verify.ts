import { createSealer, openStore } from "../../storage/index.ts";
import { loadConfig } from "../config/load.ts";
import { parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";

/** Recomputes the evidence: every sealed event against the hash chain and its signed checkpoints. */
export const verifyCommand: Command = {
  name: "verify",
  summary: ["核验存证链", "verify the evidence chain"],
  usage: "verify --config FILE",
  run: async (args) => {
    const { values } = parseArguments(args, { values: ["config"], flags: [] });
    if (values["config"] === undefined) throw new UsageError("须给出 --config FILE is needed");
    const config = loadConfig(values["config"], process.env);
    const store = openStore(config.database.url, { home: config.node.region, max: 1 });
    try {
      const sealer = createSealer(store);
      const head = await sealer.head();
      if (head === null || head.no === "0") {
        say("尚无存证 nothing is sealed yet");
        return 0;
      }
      const verdict = await sealer.verifyChain("1", head.no);
      say(
        verdict.ok
          ? `存证链完整，共 ${head.no} 条 the chain is whole: ${head.no} events`
          : `存证链有误 the chain is broken: ${JSON.stringify(verdict)}`,
      );
      return verdict.ok ? 0 : 1;
    } finally {
      await store.close();
    }
  },
};
