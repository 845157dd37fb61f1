import { textOf } from "../client/json.ts";
import { pause } from "../client/retry.ts";
import type { Session } from "../client/session.ts";
import type { Frontier, Totals } from "./checkpoint.ts";
import { NO_TOTALS } from "./checkpoint.ts";
import type { Line } from "./lines.ts";
import { bodyOf, keyOf } from "./record.ts";
import type { RejectCode, SourceRecord } from "./record.ts";
import type { Reject } from "./rejects.ts";

export type ImportJob = {
  readonly session: Session;
  readonly node: string;
  readonly lines: AsyncIterable<Line>;
  /** Lines up to this one were settled by a former run. */
  readonly after: number;
  /** Only lines up to this one. */
  readonly upTo: number;
  readonly inFlight: number;
  /** Registrations a second at most; null = as fast as the desk answers. */
  readonly perSecond: number | null;
  readonly frontier: Frontier;
  readonly reject: (reject: Reject) => void;
  readonly onSettled: (line: number, totals: Totals) => void;
  readonly signal: AbortSignal;
};

/**
 * Registers all lines with `inFlight` calls at a time. Returns when every line is settled, or on the signal when what was
 * under way is settled. Throws what the session throws when the desk stays silent; settled lines stay settled.
 */
export async function registerAll(job: ImportJob): Promise<void> {
  const lines = job.lines[Symbol.asyncIterator]();
  const pace = createPace(job.perSecond, job.signal);
  let failed = false;
  const worker = async (): Promise<void> => {
    while (!job.signal.aborted && !failed) {
      const next = await lines.next();
      if (next.done === true || next.value.no > job.upTo) return;
      const line = next.value;
      if (line.no <= job.after) continue;
      try {
        settle(job, line.no, await settleLine(job, line, pace));
      } catch (fault) {
        failed = true;
        throw fault;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: job.inFlight }, worker));
  const broken = ends.find((end) => end.status === "rejected");
  if (broken !== undefined) throw broken.reason;
}

function settle(job: ImportJob, line: number, totals: Totals): void {
  job.frontier.settle(line, totals);
  job.onSettled(line, totals);
}

async function settleLine(job: ImportJob, { no, parsed }: Line, pace: () => Promise<void>): Promise<Totals> {
  if (parsed === null) return NO_TOTALS;
  if (!parsed.ok) return rejected(job, { line: no, code: parsed.code, id: parsed.id });
  await pace();
  const outcome = await registerOne(job.session, job.node, parsed.record);
  if (outcome === "registered") return { ...NO_TOTALS, registered: 1 };
  if (outcome === "known") return { ...NO_TOTALS, known: 1 };
  return rejected(job, { line: no, code: outcome, id: parsed.record.id });
}

function rejected(job: ImportJob, reject: Reject): Totals {
  job.reject(reject);
  return { ...NO_TOTALS, rejected: 1 };
}

async function registerOne(
  session: Session,
  node: string,
  record: SourceRecord,
): Promise<"registered" | "known" | RejectCode> {
  const key = keyOf(node, record.id);
  const answer = await session.call({ method: "POST", path: "/requests", body: bodyOf(record), key });
  if (answer.code === "IDEMPOTENCY_KEY_REUSED") return "CHANGED_SINCE_IMPORT";
  if (answer.code !== null) return `REFUSED_${answer.code}`;
  if (textOf(answer.body["requestNo"]) === null) return "REFUSED_NO_NUMBER";
  return answer.body["repeated"] === true ? "known" : "registered";
}

/** Lets one caller through every 1/rate seconds. */
function createPace(perSecond: number | null, signal: AbortSignal): () => Promise<void> {
  let nextAt = 0;
  return async () => {
    if (perSecond === null) return;
    const now = Date.now();
    const at = Math.max(now, nextAt);
    nextAt = at + 1000 / perSecond;
    if (at > now) await pause(at - now, signal);
  };
}
