import { parseObject, parseText, textOf } from "../client/json.ts";
import { GaveUpError, PATIENCE, pause, StoppedError } from "../client/retry.ts";
import { createSession, LoginError } from "../client/session.ts";
import type { Session } from "../client/session.ts";
import {
  createFrontier,
  dropCheckpoint,
  fingerprintOf,
  loadCheckpoint,
  NO_TOTALS,
  nothingTaken,
  plus,
  saveCheckpoint,
} from "./checkpoint.ts";
import type { Totals } from "./checkpoint.ts";
import { readLines } from "./lines.ts";
import { IMPORT_HELP, loginNeeded, readOptions, UsageError } from "./options.ts";
import type { ImportOptions } from "./options.ts";
import { showProgress } from "./progress.ts";
import type { RejectCode } from "./record.ts";
import { registerAll } from "./register-all.ts";
import { openRejects } from "./rejects.ts";

const CHECKPOINT_EVERY_MS = 500;
const META_MS = 5_000;

async function dryRun(options: ImportOptions): Promise<number> {
  const rejects = new Map<RejectCode, number>();
  let [read, good] = [0, 0];
  for await (const { no, parsed } of readLines(options.file)) {
    if (options.limit !== null && no > options.limit) break;
    if (parsed === null) continue;
    read += 1;
    if (parsed.ok) good += 1;
    else rejects.set(parsed.code, (rejects.get(parsed.code) ?? 0) + 1);
  }
  console.log(`试运行 dry run: 读取 read ${read}，可登记 good ${good} → ${options.to}，拒收 rejected ${read - good}`);
  for (const [code, count] of rejects) console.log(`  ${code}: ${count}`);
  return nothingTaken({ registered: good, known: 0, rejected: read - good }) ? 1 : 0;
}

async function countLines(options: ImportOptions): Promise<number> {
  let last = 0;
  for await (const { no } of readLines(options.file)) last = no;
  return Math.min(last, options.limit ?? last);
}

async function importFile(options: ImportOptions): Promise<number> {
  const stop = stopOnSignals();
  const { to, login, password } = options;
  if (options.implied) await sayWhoseAccount(to, login ?? "", stop);
  const session = createSession({ url: to, login: login ?? "", password: password ?? "" }, stop);
  const node = textOf((await session.call({ method: "GET", path: "/meta" })).body["nodeCode"]);
  if (node === null) throw new UsageError(`${to} 没有说明是哪个平台 does not say which node it is; is it a desk?`);

  const file = fingerprintOf(options.file);
  const former = loadCheckpoint(options.checkpoint, node, file);
  if (former !== null)
    console.log(`从第 ${former.line} 行之后继续 going on after line ${former.line} of a stopped run`);
  const frontier = createFrontier({ line: former?.line ?? 0, totals: former?.totals ?? NO_TOTALS });
  const save = (): void => saveCheckpoint(options.checkpoint, { node, file, ...frontier.at() });
  const of = await countLines(options);
  const startedAt = Date.now();
  let totals: Totals = NO_TOTALS;
  let [done, savedAt] = [0, 0];
  const seconds = (): number => (Date.now() - startedAt) / 1000;
  const hide = showProgress(() => ({ done, of: of - (former?.line ?? 0), totals, seconds: seconds() }));
  let fault: unknown = null;
  try {
    await registerAll({
      session,
      node,
      lines: readLines(options.file),
      after: former?.line ?? 0,
      upTo: options.limit ?? Number.POSITIVE_INFINITY,
      inFlight: options.inFlight,
      perSecond: options.perSecond,
      frontier,
      reject: openRejects(options.rejects, former?.line ?? 0),
      onSettled: (_, more) => {
        done += 1;
        totals = plus(totals, more);
        if (Date.now() - savedAt < CHECKPOINT_EVERY_MS) return;
        savedAt = Date.now();
        save();
      },
      signal: stop,
    });
  } catch (caught) {
    fault = caught;
  }
  hide();
  const complete = fault === null && !stop.aborted;
  if (complete) dropCheckpoint(options.checkpoint);
  else save();
  report(session, options, { done, totals, seconds: seconds(), former: former?.totals ?? null });
  const end = endOf(fault, complete, options);
  return nothingTaken(plus(totals, former?.totals ?? NO_TOTALS)) ? 1 : end;
}

function report(
  session: Session,
  options: ImportOptions,
  run: {
    readonly done: number;
    readonly totals: Totals;
    readonly seconds: number;
    readonly former: Totals | null;
  },
): void {
  const { done, totals, seconds, former } = run;
  const perSecond = ((totals.registered + totals.known) / Math.max(seconds, 0.001)).toFixed(1);
  console.log(
    `读取 read ${done} 行 lines / ${seconds.toFixed(1)} s: ${totalsText(totals)}; 每秒 per second ${perSecond}`,
  );
  if (former !== null) console.log(`中断之前 before it stopped: ${totalsText(former)}`);
  if (totals.rejected + (former?.rejected ?? 0) > 0) console.log(`拒收行 rejected lines: ${options.rejects}`);
  for (const [reason, count] of session.repeats) console.log(`重试 asked again (${reason}): ${count}`);
}

function totalsText({ registered, known, rejected }: Totals): string {
  return `新登记 registered ${registered}, 已有 already there ${known}, 拒收 rejected ${rejected}`;
}

/** Nobody named an account: the demonstration's is used where a demonstration answers, and said; nowhere else. */
async function sayWhoseAccount(to: string, login: string, stop: AbortSignal): Promise<void> {
  if (!(await isDemonstration(to, stop))) throw loginNeeded(to);
  console.log(`演示平台：使用演示账号 ${login} demonstration: registering with its account ${login}`);
}

/** What the desk says of itself to anybody; one that restarts is waited for. */
async function isDemonstration(to: string, stop: AbortSignal): Promise<boolean> {
  const since = Date.now();
  for (;;) {
    const answer = await fetch(`${to}/api/meta`, { signal: AbortSignal.timeout(META_MS) }).catch(() => null);
    if (answer !== null && answer.status < 500) return parseObject(parseText(await answer.text()))["demo"] === true;
    if (Date.now() - since > PATIENCE.giveUpAfterMs) throw new GaveUpError("meta");
    await pause(PATIENCE.mostMs, stop);
  }
}

function endOf(fault: unknown, complete: boolean, options: ImportOptions): number {
  if (complete) return 0;
  if (fault === null || fault instanceof StoppedError)
    console.log("已中断，再运行同一命令即可继续 stopped; the same command goes on from here");
  else if (fault instanceof GaveUpError)
    console.error(
      `${options.to} 无响应 stayed silent (${fault.message})；再运行同一命令即可继续 the same command goes on from here`,
    );
  else throw fault;
  return 1;
}

/** The first Ctrl-C ends cleanly, the second at once. */
function stopOnSignals(): AbortSignal {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return stop.signal;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env["LIANDONG_ACCOUNTS"]);
  if (options === "help") {
    console.log(IMPORT_HELP);
    return 0;
  }
  return options.dryRun ? dryRun(options) : importFile(options);
}

try {
  process.exitCode = await main();
} catch (fault) {
  const wrongCall =
    fault instanceof UsageError || (fault instanceof Error && "code" in fault && fault.code === "ENOENT");
  if (
    !wrongCall &&
    !(fault instanceof LoginError) &&
    !(fault instanceof GaveUpError) &&
    !(fault instanceof StoppedError)
  )
    throw fault;
  console.error(
    `${fault instanceof Error ? fault.message : String(fault)}${wrongCall ? "\n用法 see: npx liandong import --help" : ""}`,
  );
  process.exitCode = wrongCall ? 2 : 1;
}
