import type { Seat } from "./seat.ts";

/** What one open screen noted: milliseconds (of `performance.now`) at which each request had got so far. */
export type Sightings = {
  /** The first frame that tells of the request came over the live stream. */
  readonly frame: ReadonlyMap<string, number>;
  /** The list of alarms that names the push was here. */
  readonly alarm: ReadonlyMap<string, number>;
  /** The request itself was read and its node has taken "shown": the sender is released. */
  readonly shown: ReadonlyMap<string, number>;
  /** The request stood in the answer of the incoming queue. */
  readonly queued: ReadonlyMap<string, number>;
};

export type OpenScreen = Sightings & { readonly faults: readonly string[]; readonly close: () => Promise<void> };

type AlarmRow = {
  readonly kind: string;
  readonly subject: string;
  readonly requestNo: string | null;
  readonly level: number;
};
type LinkageRow = { readonly id: string; readonly pushNo: number; readonly allowed: readonly string[] };

/** Signs and accepts so long after seeing, as a quick person would; alarms and queue stay as short as at a desk that keeps up. */
const PERSON_MS = 2_500;
/** A session may ask 50 times a second; under a rain of frames the alarms are read ten times a second. */
const ALARMS_REST_MS = 100;
/** Screens read the queue again once for a burst of frames. */
const QUEUE_PAUSE_MS = 150;

/**
 * A seat on duty with its live stream open, doing what the desk's page does: a frame makes it read the alarms at once and
 * the incoming queue after a short pause; a push is read and then confirmed as shown, later signed; an offer is accepted.
 */
export async function openScreen(seat: Seat): Promise<OpenScreen> {
  const [frame, alarm, shown, queued] = [new Map(), new Map(), new Map(), new Map()] as const;
  const faults: string[] = [];
  const pending = new Set<Promise<unknown>>();
  const state = { closed: false };
  const go = (work: Promise<unknown>): void => {
    const kept: Promise<unknown> = work
      .catch((fault: unknown) => faults.push(String(fault)))
      .finally(() => pending.delete(kept));
    pending.add(kept);
  };
  const later = (work: () => Promise<unknown>): void => {
    go(sleep(PERSON_MS).then(() => (state.closed ? undefined : work())));
  };
  const see = async ({ subject, requestNo }: AlarmRow): Promise<void> => {
    const { linkages } = await seat.get<{ readonly linkages: readonly LinkageRow[] }>(`/requests/${requestNo}`);
    const pushNo = linkages.find((l) => l.id === subject)?.pushNo;
    // A second screen of the same desk may have said it first; both are on duty and either releases the sender.
    await seat.trySend(`/linkages/${subject}/shown`, { pushNo });
    if (requestNo !== null) first(shown, requestNo);
    later(() => seat.trySend(`/linkages/${subject}/sign`, {}));
  };
  const accept = async (requestNo: string): Promise<void> => {
    const { linkages } = await seat.get<{ readonly linkages: readonly LinkageRow[] }>(`/requests/${requestNo}`);
    const offered = linkages.find((l) => l.allowed.includes("acceptOffer"));
    if (offered !== undefined) await seat.trySend(`/linkages/${offered.id}/accept`, {});
  };
  const readAlarms = coalesced(
    async () => {
      const { rows } = await seat.get<{ readonly rows: readonly AlarmRow[] }>("/alarms");
      for (const row of rows) {
        if (row.kind !== "urgentPush" || row.requestNo === null || alarm.has(row.requestNo)) continue;
        first(alarm, row.requestNo);
        go(see(row));
      }
    },
    { pauseMs: 0, restMs: ALARMS_REST_MS },
    go,
  );
  const readQueue = coalesced(
    async () => {
      const { rows } = await seat.get<{ readonly rows: readonly { readonly requestNo: string }[] }>(
        "/requests?view=incoming&limit=50",
      );
      for (const { requestNo } of rows) {
        if (queued.has(requestNo)) continue;
        first(queued, requestNo);
        later(() => accept(requestNo));
      }
    },
    { pauseMs: QUEUE_PAUSE_MS, restMs: 0 },
    go,
  );
  const stop = await seat.listen((requestNo) => {
    if (requestNo !== null) first(frame, requestNo);
    readAlarms();
    readQueue();
  });
  await seat.send("PUT", "/session/duty", { onDuty: true });
  return {
    frame,
    alarm,
    shown,
    queued,
    faults,
    close: async () => {
      state.closed = true;
      stop();
      await Promise.all(pending);
    },
  };
}

function first(map: Map<string, number>, key: string): void {
  if (!map.has(key)) map.set(key, performance.now());
}

/**
 * One reading at a time and none sooner than `restMs` after the one before; whatever asks meanwhile gets one more reading
 * afterwards, together. `pauseMs` is waited before each.
 */
function coalesced(
  read: () => Promise<void>,
  { pauseMs, restMs }: { readonly pauseMs: number; readonly restMs: number },
  go: (work: Promise<unknown>) => void,
): () => void {
  const state = { running: false, again: false };
  const run = async (): Promise<void> => {
    state.running = true;
    try {
      do {
        if (pauseMs > 0) await sleep(pauseMs);
        state.again = false;
        await read();
        if (restMs > 0) await sleep(restMs);
      } while (state.again);
    } finally {
      state.running = false;
    }
  };
  return () => {
    if (state.running) state.again = true;
    else go(run());
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
