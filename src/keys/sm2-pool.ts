import { Worker } from "node:worker_threads";
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

/**
 * Opens `size` worker threads (1 to 4) that sign with the given pair. A thread that dies refuses what it was doing and
 * is replaced. The threads keep the process alive only while something is asked of them.
 */
export function openSm2Pool(own: Sm2WorkerData, size: number): Sm2Pool {
  let nextId = 0;
  let closed = false;
  const seats: Seat[] = [];
  for (let i = 0; i < size; i++) seats.push(openSeat());

  function openSeat(): Seat {
    const seat: Seat = { worker: openWorker(), waiting: new Map() };
    attend(seat);
    return seat;
  }

  function openWorker(): Worker {
    const worker = new Worker(new URL("./sm2-worker.ts", import.meta.url), { workerData: own });
    worker.unref();
    return worker;
  }

  function attend(seat: Seat): void {
    const worker = seat.worker;
    worker.on("message", (answer: Sm2Answer) => {
      const waiting = seat.waiting.get(answer.id);
      seat.waiting.delete(answer.id);
      if (seat.waiting.size === 0) worker.unref();
      if (answer.value === null) waiting?.reject(new Error(answer.fault ?? "SM2 worker fault"));
      else waiting?.resolve(answer.value);
    });
    worker.on("error", () => undefined);
    worker.on("exit", () => {
      for (const waiting of seat.waiting.values()) waiting.reject(new Error("the SM2 worker thread ended"));
      seat.waiting.clear();
      if (closed) return;
      seat.worker = openWorker();
      attend(seat);
    });
  }

  function leastBusy(): Seat {
    const [first, ...rest] = seats;
    if (first === undefined) throw new Error("an SM2 pool has at least one thread");
    return rest.reduce((best, seat) => (seat.waiting.size < best.waiting.size ? seat : best), first);
  }

  function ask(request: Sm2Request): Promise<string | boolean> {
    if (closed) return Promise.reject(new Error("the SM2 pool is closed"));
    const seat = leastBusy();
    return new Promise((resolve, reject) => {
      seat.waiting.set(request.id, { resolve, reject });
      seat.worker.ref();
      // A thread of this process has no origin to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      seat.worker.postMessage(request);
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
