import { afterEach, expect, test, vi } from "vitest";
import type { DueTimer, InboxStore, TimerStore } from "../app/ports/store.ts";
import type { Lane } from "../app/ports/outbox.ts";
import { isUrgent } from "../app/ports/urgency.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { epochMs, instantOf } from "../kernel/index.ts";
import type { CaseId } from "../kernel/index.ts";
import { startInbox } from "./inbox.ts";
import type { Loop } from "./loop.ts";
import { startTimers } from "./timers.ts";

const LANES = ["urgent", "ordinary"] as const;
const AT = instantOf(Date.UTC(2026, 0, 5));
const clock = { now: () => AT };
const running: Loop[] = [];
const gate: { open: () => void } = { open: () => undefined };

afterEach(async () => {
  gate.open();
  await Promise.all(running.splice(0).map((loop) => loop.stop()));
});

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5_000, interval: 5 });
const faultless = (name: string, fault: unknown): never => {
  throw new Error(name, { cause: fault });
};

/** Each lane has one thing to do, once. */
function once<T>(things: Readonly<Record<Lane, T>>): (lane: Lane | undefined) => readonly T[] {
  const left = new Set<Lane>(LANES);
  return (lane) => (lane === undefined ? [] : left.delete(lane) ? [things[lane]] : []);
}

test("a push's timer fires while an ordinary one hangs, each in its own lane (nmg:2.2.1)", async () => {
  const timer = (kind: DueTimer["kind"]): DueTimer => ({
    owner: "linkage",
    ownerId: "l",
    caseId: "c" as CaseId,
    kind,
    dueAt: AT,
  });
  const due = once({ urgent: timer("urgentSeat"), ordinary: timer("answer") });
  const timers: Pick<TimerStore, "claimDue"> = { claimDue: async (_now, _limit, _lease, lane) => due(lane) };
  const held = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  const begun: string[] = [];
  const fired: string[] = [];
  const fire = async ({ kind }: DueTimer): Promise<void> => {
    begun.push(`${kind} ${isUrgent()}`);
    if (kind === "answer") await held;
    fired.push(kind);
  };
  for (const lane of LANES) running.push(startTimers({ lane, timers, clock, fire, onFault: faultless }));
  await until(() => expect(begun.toSorted()).toEqual(["answer false", "urgentSeat true"]));
  await until(() => expect(fired).toEqual(["urgentSeat"]));
});

test("a danger that did not fold is folded again in its own lane, and within two seconds however often it failed (nmg:2.2.1)", async () => {
  const message = (lane: Lane): LinkageMessage =>
    ({ id: lane, lane, body: { type: "push" } }) as unknown as LinkageMessage;
  const kept = (lane: Lane) => ({ message: message(lane), enclosure: null, attempts: 9 });
  const failed = once({ urgent: kept("urgent"), ordinary: kept("ordinary") });
  const retries = new Map<string, number | null>();
  const inbox: Pick<InboxStore, "claimFailed" | "markFailed"> = {
    claimFailed: async (_limit, _lease, lane) => failed(lane),
    markFailed: async (id, _error, retryAt) => {
      retries.set(id, retryAt === null ? null : epochMs(retryAt) - epochMs(AT));
    },
  };
  const folded: string[] = [];
  const receive = async ({ lane }: LinkageMessage) => {
    folded.push(`${lane} ${isUrgent()}`);
    return { status: "kept", code: "X" };
  };
  const nothing = (): void => undefined;
  for (const lane of LANES)
    running.push(startInbox({ lane, inbox, clock, receive, onTrouble: nothing, onFault: nothing }));
  await until(() => expect(folded.toSorted()).toEqual(["ordinary false", "urgent true"]));
  await until(() => expect(Object.fromEntries(retries)).toEqual({ urgent: 2_000, ordinary: 60_000 }));
});
