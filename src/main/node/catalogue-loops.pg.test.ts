import { createServer } from "node:http";
import { beforeEach, expect, test, vi } from "vitest";
import { aCityFolder, link } from "../../../test/setup/catalogue-desks.ts";
import type { TestDesk } from "../../../test/setup/catalogue-desks.ts";
import { CITY, twoDesks } from "../../../test/setup/two-desks.ts";
import { createHttpCarrier } from "../../exchange/http-api/index.ts";
import { instantOf } from "../../kernel/index.ts";
import { createVersionBooks } from "../catalogue/version-books.ts";
import { startCatalogueLoops } from "./catalogue-loops.ts";

// Two databases, real signatures in threads.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const pair = twoDesks();
let hotline: TestDesk;
let police: TestDesk;
beforeEach(() => {
  [hotline, police] = [pair.hotline(), pair.police()];
});

test("a peer that does not answer delays no turn with another one (nmg:2.2.5, REQ-20)", async () => {
  const silent = createServer(() => undefined);
  const calls: string[] = [];
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const dumb = await pair.another("police-150102");
  link(hotline, dumb, police);
  hotline.peers = hotline.peers.map((peer) =>
    peer.nodeCode === dumb.self ? { ...peer, url: `http://127.0.0.1:${address.port}` } : peer,
  );
  const desk = hotline.desk();
  const onFault = (where: string, fault: unknown): void => void calls.push(`${where} ${String(fault)}`);
  const listeners: (() => void)[] = [];
  const loops = startCatalogueLoops({
    desk,
    rules: hotline.rules(),
    books: createVersionBooks({ desk, onWanted: () => undefined, onFault }),
    keys: hotline.keys,
    carrier: createHttpCarrier({
      keys: hotline.keys,
      self: hotline.self,
      fetch,
      clock: { now: () => instantOf(pair.time.ms) },
      evidence: async () => undefined,
    }),
    peers: () => hotline.peers,
    listen: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
    log: () => undefined,
    onFault,
  });
  const turn = (): void => {
    for (const listener of listeners) listener();
  };
  const arrived = (count: number): Promise<void> =>
    vi.waitFor(async () => expect(await police.desk().approvals.approvals()).toHaveLength(count), {
      timeout: 8_000,
      interval: 50,
    });
  try {
    await pair.imported(hotline, await aCityFolder(pair.top()));
    await pair.approved(hotline, CITY);
    const reached = new Promise<void>((resolve) => silent.once("request", () => resolve()));
    turn();
    await Promise.all([reached, arrived(1)]);
    // The silent one holds its connection for fifteen seconds; the other's next turn comes at once all the same.
    await pair.imported(hotline, await aCityFolder(pair.top(), { version: 2 }));
    await pair.approved(hotline, "city-1501@2");
    turn();
    await arrived(2);
  } finally {
    silent.closeAllConnections();
    silent.close();
    await Promise.all(loops.map((loop) => loop.stop()));
  }
});
