import { openFileKeys } from "../../keys/index.ts";
import { loadConfig } from "../config/load.ts";
import { parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";

/** What a peer must be told in person before two nodes can be linked. */
export const keysCommand: Command = {
  name: "keys",
  summary: [
    "显示本节点公钥（首次使用时生成），供对方登记",
    "show this node's public key (made on first use), for the peer to pin",
  ],
  usage: "keys show --config FILE",
  run: async (args) => {
    const { values, rest } = parseArguments(args, { values: ["config"], flags: [] });
    if (rest[0] !== "show" || values["config"] === undefined)
      throw new UsageError("须为 expected: keys show --config FILE");
    const config = loadConfig(values["config"], process.env);
    const opened = await openFileKeys(config.storage.keys);
    if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.file}`);
    say(`code: ${config.node.code}`);
    say(`keyId: ${opened.value.keyId}`);
    say(`publicKey: ${opened.value.nodePublicKey}`);
    await opened.value.close();
    return 0;
  },
};
