import { Worker } from "node:worker_threads";
import { isUrgent } from "../app/ports/urgency.ts";
import type { Sm2Answer, Sm2Request, Sm2WorkerData } from "./sm2-worker.ts";

/** SM2 off the main thread. Answers come back in any order between two requests. */
export type Sm2Pool = {
  readonly sign: (bytes: Uint8Array) => Promise<string>;
  readonly verify: (publicKey: string, bytes: Uint8Array, signature: string) => Promise<boolean>;
  /** Ends the threads; what is under way is refused. */
  readonly close: () => Promise<void>;
};

type Waiting = { readonly resolve: (value: string | boolean) => void; readonly reject: (fault: Error) => void };
type Seat = { worker: Worker; readonly waiting: Map<number, Waiting> };
type Queued = { readonly request: Sm2Request; readonly waiting: Waiting };

/** So many ordinary requests a thread holds at most: one in hand and one ready. A danger waits for no more than these. */
const AHEAD = 2;

/**
 * The sums of a signature are small and short-lived; without a bound each thread keeps 4 MB more. The old generation has
 * room for the tables of all known peers; a thread past its limits is replaced.
 */
const LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 256 };

/**
 * Opens `size` worker threads (1 to 4) that sign with the given pair. A thread that dies refuses what it was doing and
 * is replaced. The threads keep the process alive only while something is asked of them. Ordinary requests queue here and
 * not in the threads, so what is asked for a danger goes before all of them. @source nmg:2.2.1
 */
export function openSm2Pool(own: Sm2WorkerData, size: number): Sm2Pool {
  let nextId = 0;
  let closed = false;
  const seats: Seat[] = [];
  const queue: Queued[] = [];
  for (let i = 0; i < size; i++) seats.push(openSeat());

  function openSeat(): Seat {
    const seat: Seat = { worker: openWorker(), waiting: new Map() };
    attend(seat);
    return seat;
  }

  function openWorker(): Worker {
    const worker = new Worker(new URL("./sm2-worker.ts", import.meta.url), { workerData: own, resourceLimits: LIMITS });
    worker.unref();
    return worker;
  }

  function attend(seat: Seat): void {
    const worker = seat.worker;
    worker.on("message", (answer: Sm2Answer) => {
      const waiting = seat.waiting.get(answer.id);
      seat.waiting.delete(answer.id);
      sendNext();
      if (seat.waiting.size === 0) worker.unref();
      if (answer.value === null) waiting?.reject(new Error(answer.fault ?? "SM2 worker fault"));
      else waiting?.resolve(answer.value);
    });
    worker.on("error", () => undefined);
    worker.on("exit", () => {
      for (const waiting of seat.waiting.values()) waiting.reject(new Error("the SM2 worker thread ended"));
      seat.waiting.clear();
      if (closed) {
        for (const { waiting } of queue.splice(0)) waiting.reject(new Error("the SM2 pool is closed"));
        return;
      }
      seat.worker = openWorker();
      attend(seat);
      sendNext();
    });
  }

  function leastBusy(): Seat {
    const [first, ...rest] = seats;
    if (first === undefined) throw new Error("an SM2 pool has at least one thread");
    return rest.reduce((best, seat) => (seat.waiting.size < best.waiting.size ? seat : best), first);
  }

  function send(seat: Seat, { request, waiting }: Queued): void {
    seat.waiting.set(request.id, waiting);
    seat.worker.ref();
    // A thread of this process has no origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    seat.worker.postMessage(request);
  }

  function sendNext(): void {
    for (let seat = leastBusy(); queue.length > 0 && seat.waiting.size < AHEAD; seat = leastBusy()) {
      const next = queue.shift();
      if (next !== undefined) send(seat, next);
    }
  }

  function ask(request: Sm2Request): Promise<string | boolean> {
    if (closed) return Promise.reject(new Error("the SM2 pool is closed"));
    return new Promise((resolve, reject) => {
      const asked = { request, waiting: { resolve, reject } };
      if (isUrgent()) return send(leastBusy(), asked);
      queue.push(asked);
      sendNext();
    });
  }

  return {
    sign: async (bytes) => String(await ask({ id: nextId++, act: "sign", bytes })),
    verify: async (publicKey, bytes, signature) =>
      (await ask({ id: nextId++, act: "verify", publicKey, bytes, signature })) === true,
    close: async () => {
      closed = true;
      await Promise.all(seats.map((seat) => seat.worker.terminate()));
    },
  };
}
