import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { Pool } from "pg";
import type { Actor } from "../src/core/access/index.ts";
import type { CommandId, RegionCode, RequestNo, UserId } from "../src/kernel/index.ts";
import { parseConfig } from "../src/main/config/load.ts";
import { openInProcess } from "../src/main/node/in-process.ts";
import type { InProcessNode } from "../src/main/node/in-process.ts";
import { ensureDatabase } from "../src/storage/server/index.ts";
import type { Pair } from "./pair.ts";

type Given = Parameters<InProcessNode["giveCommand"]>[0];

/** Use cases over a database of their own on the pair's server, and bare connections to the same database. */
export type ScratchNode = {
  readonly node: InProcessNode;
  readonly actor: Actor;
  readonly bare: Pool;
  /** Gives one command and throws when it is refused. */
  readonly give: (input: Given["input"], target?: Given["target"]) => Promise<RequestNo>;
  readonly close: () => Promise<void>;
};

const REGION = "150100" as RegionCode;
const CONNECTIONS = 12;

export async function openScratchNode(pair: Pair): Promise<ScratchNode> {
  const login = (role: string) => ({ role, password: randomUUID() });
  const { ownerUrl } = await ensureDatabase(pair.superuserUrl, {
    database: "bench_scratch",
    owner: login("bench_owner"),
  });
  const config = parseConfig(
    {
      node: { code: "hotline-150100", side: "hotline", region: REGION, dutyPhone: "12345" },
      database: { url: ownerUrl, connections: CONNECTIONS },
      storage: { keys: join(pair.folder, "scratch/keys"), files: join(pair.folder, "scratch/files") },
    },
    {},
  );
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  const node = await openInProcess(config.value);
  const actor: Actor = {
    id: node.newId() as UserId,
    roles: ["callTaker", "dispatcher", "supervisor"],
    regions: [REGION],
    unit: null,
  };
  const bare = new Pool({ connectionString: ownerUrl, max: CONNECTIONS });
  bare.on("error", () => undefined);
  return {
    node,
    actor,
    bare,
    give: async (input, target = { kind: "new" }) => {
      const id = node.newId() as CommandId;
      const digest = createHash("sm3")
        .update(JSON.stringify([target, input]))
        .digest("hex");
      const done = await node.giveCommand({ actor, id, digest, ifMatch: null, target, input });
      if (!done.ok) throw new Error(`${input.name}: ${JSON.stringify(done.error)}`);
      return done.value.requestNo;
    },
    close: async () => {
      await bare.end();
      await node.close();
    },
  };
}
