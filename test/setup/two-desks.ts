import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { instantOf } from "../../src/kernel/index.ts";
import type { NodeCode, UserId } from "../../src/kernel/index.ts";
import { approveVersion } from "../../src/main/catalogue/approve-version.ts";
import { importFolder } from "../../src/main/catalogue/exchange-folders.ts";
import { programPath } from "../../src/main/node/program-path.ts";
import { aTestDesk, link } from "./catalogue-desks.ts";
import type { TestDesk } from "./catalogue-desks.ts";

/** The plan both desks are seeded with, the city's version that tests agree, and who decides so at each desk. */
export const PLAN = "nmg-2022-89@4";
export const CITY = "city-1501@1";
export const OPERATOR = "019b0000-0000-7000-8000-000000000001" as UserId;
export const HOUR = 3_600_000;

const SHIPPED = programPath("catalogue/nmg-2022-89");

/** Two linked desks on fresh databases for each test of a file, with one clock that the test moves. */
export type TwoDesks = {
  readonly hotline: () => TestDesk;
  readonly police: () => TestDesk;
  /** A folder that goes with the test. */
  readonly top: () => string;
  /** Milliseconds since 1970. */
  readonly time: { ms: number };
  /** One more desk, not linked yet; closed with the others. */
  readonly another: (code: string) => Promise<TestDesk>;
  /** Turns both nodes' loops until everything that is due is done. */
  readonly turns: () => Promise<void>;
  readonly imported: (desk: TestDesk, folder: string) => Promise<void>;
  /** How far it came with each peer, or the code of the refusal. */
  readonly approved: (desk: TestDesk, version: string) => Promise<string>;
  readonly inUse: () => readonly string[];
};

/** To be called once in a file. */
export function twoDesks(): TwoDesks {
  const time = { ms: 0 };
  let top = "";
  let desks: TestDesk[] = [];
  const now = () => instantOf(time.ms);
  const another = async (code: string): Promise<TestDesk> => {
    const desk = await aTestDesk(code as NodeCode, SHIPPED, now);
    desks.push(desk);
    return desk;
  };
  const at = (index: number) => (): TestDesk => {
    const desk = desks[index];
    if (desk === undefined) throw new Error("the desks stand only while a test runs");
    return desk;
  };
  const [hotline, police] = [at(0), at(1)];
  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), "two-desks-"));
    time.ms = 1_790_000_000_000;
    link(await another("hotline-150100"), await another("police-150100"));
  });
  afterEach(async () => {
    const open = desks;
    desks = [];
    for (const desk of open) await desk.close();
    await rm(top, { recursive: true });
  });
  return {
    hotline,
    police,
    top: () => top,
    time,
    another,
    turns: async () => {
      for (let i = 0; i < 3; i++) {
        time.ms += 60_000;
        await hotline().turn();
        await police().turn();
      }
    },
    imported: async (desk, folder) => {
      const { versions, approvals } = desk.desk();
      const taken = await importFolder(versions, folder, now(), await approvals.approvals());
      if (!taken.ok) throw new Error(JSON.stringify(taken.error));
    },
    approved: async (desk, version) => {
      const peers = desk.peers.map(({ nodeCode }) => nodeCode);
      const done = await approveVersion(desk.desk(), desk.keys, { version, peers, user: OPERATOR });
      return done.ok ? done.value.map(({ state }) => state).join(" ") : done.error.code;
    },
    inUse: () => [hotline().versionInUse(), police().versionInUse()],
  };
}
