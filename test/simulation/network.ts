import type { ExchangeFetch, HttpAnswer } from "../../src/exchange/http-api/index.ts";
import type { NodeCode } from "../../src/kernel/index.ts";
import type { Process } from "./process.ts";
import type { Random } from "./random.ts";

/** How bad the link is: chances per request or answer, delays in ms. */
export type Weather = {
  readonly lost: number;
  readonly answerLost: number;
  readonly doubled: number;
  readonly late: number;
  readonly latencyMs: number;
  readonly latestMs: number;
};

export const CALM: Weather = { lost: 0, answerLost: 0, doubled: 0, late: 0, latencyMs: 120, latestMs: 0 };

/** What stands behind an address: the node's process as it is when the request comes in. */
export type Door = { readonly handle: (raw: unknown, remote: string) => Promise<HttpAnswer> | null };

export type Traffic = { requests: number; lost: number; doubled: number; late: number; failed: number };

/** The wires between the nodes: only what is on them can be lost, doubled, delayed or cut. */
export type Network = {
  readonly fetchFor: (from: NodeCode, process: Process) => ExchangeFetch;
  readonly setWeather: (weather: Weather) => void;
  readonly cut: (yes: boolean) => void;
  readonly isCut: () => boolean;
  /** Everything that has arrived by now, earliest first. */
  readonly takeDue: () => readonly (() => void)[];
  readonly nextAt: () => number | null;
  readonly underWay: () => number;
  readonly traffic: Readonly<Traffic>;
  /** When the last request or answer went wrong, in ms of the world. */
  readonly lastTroubleAt: () => number;
};

type Packet = { readonly at: number; readonly arrive: () => void };

const TIMEOUTS = { urgent: 3_000, ordinary: 15_000 } as const;

type NetworkPorts = {
  readonly random: Random;
  readonly now: () => number;
  readonly door: (to: NodeCode) => Door;
  /** Sees every body that leaves a node. */
  readonly onSent: (from: NodeCode, body: unknown) => void;
};

export function createNetwork({ random, now, door, onSent }: NetworkPorts): Network {
  let weather = CALM;
  let isCut = false;
  let lastTroubleAt = 0;
  let packets: Packet[] = [];
  const traffic: Traffic = { requests: 0, lost: 0, doubled: 0, late: 0, failed: 0 };

  const trouble = (): void => {
    lastTroubleAt = now();
  };

  function put(arrive: () => void): void {
    const late = random.chance(weather.late);
    if (late) {
      traffic.late += 1;
      trouble();
    }
    const ms = 1 + random.int(weather.latencyMs) + (late ? random.int(weather.latestMs) : 0);
    packets.push({ at: now() + ms, arrive });
  }

  async function answerBack(handled: Promise<HttpAnswer>, answered: (answer: HttpAnswer) => void): Promise<void> {
    const answer = await handled;
    if (random.chance(weather.answerLost)) return trouble();
    const back = JSON.stringify(answer.body);
    put(() => (isCut ? trouble() : answered({ status: answer.status, body: back })));
  }

  /** The request reaches the other node; `answered` hears of it when the answer comes back. */
  function carry(from: NodeCode, to: NodeCode, text: string, answered: (answer: HttpAnswer) => void): void {
    put(() => {
      const handled = isCut ? null : door(to).handle(JSON.parse(text), from);
      if (handled === null) return trouble();
      answerBack(handled, answered).catch(trouble);
    });
  }

  function fetchFor(from: NodeCode, process: Process): ExchangeFetch {
    return (url, init) =>
      new Promise((resolve, reject) => {
        const to = new URL(url).hostname as NodeCode;
        const text = init.body ?? "null";
        traffic.requests += 1;
        onSent(from, JSON.parse(text));
        const lane = text.includes('"lane":"urgent"') ? "urgent" : "ordinary";
        const giveUp = process.setTimer(TIMEOUTS[lane], () => {
          traffic.failed += 1;
          trouble();
          reject(Object.assign(new Error("no answer"), { name: "TimeoutError" }));
        });
        if (isCut && random.chance(0.5)) {
          giveUp();
          traffic.failed += 1;
          trouble();
          process.setTimer(1, () => reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" })));
          return;
        }
        const answered = (answer: HttpAnswer): void => {
          if (!process.isAlive()) return;
          giveUp();
          resolve({ status: answer.status, text: async () => String(answer.body) });
        };
        if (random.chance(weather.doubled)) {
          traffic.doubled += 1;
          carry(from, to, text, () => undefined);
        }
        if (!random.chance(weather.lost)) return carry(from, to, text, answered);
        traffic.lost += 1;
        trouble();
      });
  }

  return {
    fetchFor,
    setWeather: (next) => {
      weather = next;
    },
    cut: (yes) => {
      isCut = yes;
      trouble();
    },
    isCut: () => isCut,
    takeDue: () => {
      const due = packets.filter((p) => p.at <= now()).sort((a, b) => a.at - b.at);
      packets = packets.filter((p) => p.at > now());
      return due.map((p) => p.arrive);
    },
    nextAt: () => packets.reduce<number | null>((least, p) => (least === null || p.at < least ? p.at : least), null),
    underWay: () => packets.length,
    traffic,
    lastTroubleAt: () => lastTroubleAt,
  };
}
