import { setTimeout as delay } from "node:timers/promises";
import { killServerAtOnce, SIDES } from "../setup/pair.ts";
import type { TestPair } from "../setup/pair.ts";
import { isAlive, signal } from "../setup/pair-processes.ts";
import { eventually } from "../setup/pair-seat.ts";
import type { Seeded } from "./seeded.ts";

export const VICTIMS = ["hotline", "police", "postmaster", "supervisor"] as const;
export type Victim = (typeof VICTIMS)[number];

/** One kill: who, when after the start, and how long until both desks answered again. */
export type Kill = { readonly victims: readonly Victim[]; readonly atMs: number; readonly backAfterMs: number };

const BACK_MS = 90_000;

/** Kills at random moments until `until` (epoch ms) and waits after each until both desks answer again. */
export async function killAtRandom(
  pair: TestPair,
  random: Seeded,
  began: number,
  until: number,
): Promise<readonly Kill[]> {
  const kills: Kill[] = [];
  for (;;) {
    const pause = random.between(2_000, 6_000);
    if (Date.now() + pause >= until) return kills;
    await delay(pause);
    kills.push(await killOnce(pair, choose(random), began));
  }
}

/** Mostly one, now and then two at the same moment. */
function choose(random: Seeded): readonly Victim[] {
  const weights = { hotline: 3, police: 3, postmaster: 3, supervisor: 1 };
  const first = random.weighted(weights);
  const second = random.weighted(weights);
  return random.next() < 0.2 && second !== first ? [first, second] : [first];
}

async function killOnce(pair: TestPair, victims: readonly Victim[], began: number): Promise<Kill> {
  const pids = pair.pids();
  const atMs = Date.now() - began;
  for (const victim of victims) {
    const pid = pids[victim];
    if (pid === null) continue;
    if (victim === "postmaster") killServerAtOnce(pid);
    else signal(pid, "SIGKILL");
  }
  const killedAt = Date.now();
  if (victims.includes("supervisor")) {
    await eventually("the supervisor is gone", async () => (isAlive(pids.supervisor ?? 0) ? null : true));
    await pair.startAgain();
  }
  await untilBothAnswer(pair);
  return { victims, atMs, backAfterMs: Date.now() - killedAt };
}

/** Both desks say that they and their databases are well. */
export async function untilBothAnswer(pair: TestPair): Promise<void> {
  for (const side of SIDES) {
    const well = async (): Promise<true | null> => {
      const answer = await fetch(`${pair.urls[side]}/api/health`).catch(() => null);
      return answer?.status === 200 ? true : null;
    };
    await eventually(`${side} answers again`, well, BACK_MS);
  }
}
