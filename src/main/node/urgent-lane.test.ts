import { afterEach, expect, test, vi } from "vitest";
import type { Lane, OutboxPort } from "../../app/ports/outbox.ts";
import { inLaneOf, isUrgent, urgently } from "../../app/ports/urgency.ts";
import { createRelay } from "../../exchange/relay/index.ts";
import type { Relay } from "../../exchange/relay/index.ts";
import { instantOf } from "../../kernel/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { urgentOutbox } from "./urgent-lane.ts";
import { createWakes } from "./wakes.ts";

const PEER = "police-150100" as NodeCode;
const running: Relay[] = [];
afterEach(() => Promise.all(running.splice(0).map((relay) => relay.stop())));

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5_000, interval: 5 });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test("what a danger wakes goes on without its reserved capacity, also behind a timer and a promise (nmg:2.2.1)", async () => {
  const wakes = createWakes();
  const seen: boolean[] = [];
  wakes.listen("outbox", () => {
    seen.push(isUrgent());
    setTimeout(() => seen.push(isUrgent()), 1);
    void Promise.resolve().then(() => seen.push(isUrgent()));
  });
  await urgently(async () => {
    wakes.wake("outbox");
    await pause(5);
    expect(isUrgent()).toBe(true);
  });
  await until(() => expect(seen).toEqual([false, false, false]));
});

test("ordinary work inside a danger's is ordinary, also behind a timer", async () => {
  const seen = await urgently(() =>
    inLaneOf("ordinary", async () => {
      await pause(1);
      return isUrgent();
    }),
  );
  expect(seen).toBe(false);
});

test("a danger that wakes the relay leaves its ordinary lane ordinary; the urgent one stays urgent", async () => {
  const wakes = createWakes();
  const claims: { readonly lane: Lane; readonly urgent: boolean }[] = [];
  const nothing = async (): Promise<void> => undefined;
  const outbox: OutboxPort = {
    claim: async (_peer, lane) => {
      claims.push({ lane, urgent: isUrgent() });
      return [];
    },
    receipted: nothing,
    release: nothing,
    bury: nothing,
    backlog: async () => [],
  };
  const relay = createRelay({
    outbox: urgentOutbox(outbox),
    carrier: { send: () => Promise.reject(new Error("nothing to send")) },
    presentEnclosure: async () => [],
    peers: () => [{ nodeCode: PEER, url: "", publicKey: null, protocols: { min: 1, max: 2 } }],
    clock: {
      now: () => instantOf(Date.now()),
      setTimer: (ms, act) => {
        const timer = setTimeout(act, Math.min(ms, 5));
        return () => clearTimeout(timer);
      },
    },
    random: () => 0.5,
    onWake: (listener) => wakes.listen("outbox", listener),
    onFault: (_where, fault) => {
      throw fault;
    },
  });
  running.push(relay);
  relay.start();
  await until(() => expect(claims.length).toBeGreaterThan(4));
  const before = claims.length;
  urgently(() => wakes.wake("outbox"));
  await until(() => expect(claims.length).toBeGreaterThan(before + 20));
  expect(new Set(claims.map(({ lane, urgent }) => `${lane} ${urgent}`))).toEqual(
    new Set(["urgent true", "ordinary false"]),
  );
});
