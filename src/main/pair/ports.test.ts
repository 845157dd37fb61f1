import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { firstFreePort, freePort } from "./free-port.ts";
import { DESKS } from "./desks.ts";
import { deskConfigText, desksOf, formerPort, pairPaths } from "./pair-files.ts";

const [HOTLINE, POLICE] = DESKS;

/** A port that somebody has for as long as `use` runs. */
async function whileTaken<T>(use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

test("the first port that nobody has is taken, in the order wanted; where all are taken, any", async () => {
  const free = await freePort(0);
  expect(await firstFreePort([free, 1])).toBe(free);
  await whileTaken(async (taken) => {
    expect(await firstFreePort([taken, free])).toBe(free);
    const any = await firstFreePort([taken, taken]);
    expect([any === taken, any > 0]).toEqual([false, true]);
  });
});

test("a desk is started again on the port it had last; one that never ran has none", async () => {
  const root = await mkdtemp(join(tmpdir(), "pair-ports-"));
  try {
    expect(await formerPort(root, HOTLINE)).toBeNull();
    const { folder, config } = pairPaths(root).desk(HOTLINE);
    await mkdir(folder, { recursive: true });
    const peer = { desk: POLICE, port: 40_002, publicKey: "04" };
    await writeFile(
      config,
      deskConfigText(root, { desk: HOTLINE, port: 40_001, ownerUrl: "o", appUrl: "a", peers: [peer] }),
    );
    expect([await formerPort(root, HOTLINE), await formerPort(root, POLICE)]).toEqual([40_001, null]);
    await writeFile(config, "listen: [");
    expect(await formerPort(root, HOTLINE)).toBeNull();
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test("the pair runs alone until its neighbours were asked for once; then they run again, because they hold requests", async () => {
  const root = await mkdtemp(join(tmpdir(), "pair-desks-"));
  const names = (neighbours?: boolean) => desksOf(root, neighbours).map(({ name }) => name);
  try {
    expect(names()).toEqual(["hotline", "police"]);
    expect(names(true)).toEqual(DESKS.map(({ name }) => name));
    await mkdir(pairPaths(root).desk(DESKS[2]).folder, { recursive: true });
    expect(names()).toEqual(["hotline", "police", "county"]);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test("desks are linked both ways, each across the link between government and police, and no two share a port or a number series", () => {
  for (const { name, side, peers } of DESKS)
    for (const peer of peers) {
      const other = DESKS.find((desk) => desk.name === peer);
      expect([name, peer, other?.peers.some((back) => back === name), other?.side === side]).toEqual([
        name,
        peer,
        true,
        false,
      ]);
    }
  const alone = [DESKS.map(({ port }) => String(port)), DESKS.map(({ region, side }) => `${region} ${side}`)];
  expect(alone.map((of) => new Set(of).size)).toEqual([DESKS.length, DESKS.length]);
});
