import type { CaseFile, FileContext, FileDecision, FileInput, FileRefusal } from "../core/file/index.ts";
import type { Verdict } from "../core/case/index.ts";
import { decideFile, TIME_LIMIT_TABLE } from "../core/file/index.ts";
import type { CaseId, Instant, ItemCode, Result } from "../kernel/index.ts";
import { msBetween, ok } from "../kernel/index.ts";
import type { CaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import type { Commit, CommitOutcome, StoredFile, VaultRow } from "./ports/store.ts";
import { toCommit } from "./to-commit.ts";

/** How many fresh ids one input may use up: a push, its government order, a hand-over, and the clocks of all of them. */
const IDS = 12;

/**
 * What the rules are told besides the file. Whether a seat is on duty is asked for a push alone, which is the only thing
 * whose rules look at it; all else is told `false`.
 */
export async function contextOf(deps: Deps, input: FileInput): Promise<FileContext> {
  const pushed = input.via === "message" && input.message.body.type === "push";
  const rules = deps.rules();
  const { node } = deps;
  return {
    self: node.self,
    side: node.side,
    home: node.home,
    peers: deps.peers(),
    routing: deps.routing,
    catalogueVersion: rules.catalogueVersion,
    followPolicy: node.followPolicy,
    regime: node.regime,
    verdictOf: (item, by) => verdictBy(deps, item, by) ?? rules.verdictOf(item, "person"),
    governmentDesk: rules.governmentDesk,
    ringOrder: rules.ringOrder,
    callbackAttempts: node.callbackAttempts,
    exclusionBounds: rules.exclusionBounds,
    linkagePolicy: { ...node.linkagePolicy, ...rules.handOverTimes },
    linkageRules: node.linkageRules,
    rejects: () => null,
    seatOnDuty: pushed && (await deps.seatOnDuty()),
    dutyPhone: node.dutyPhone,
    clock: rules.clock,
    ids: Array.from({ length: IDS }, deps.ids.next),
  };
}

/** What another desk's version says, when it is here; it is looked up in memory and nothing waits for it. */
function verdictBy({ rules, rulesBy }: Deps, item: ItemCode, version: string | undefined): Verdict | null {
  if (version === undefined || version === rules().catalogueVersion) return null;
  return rulesBy?.(version, null)?.verdictOf(item, "person") ?? null;
}

export const NOTHING: CaseFile = { case: null, linkages: [], orders: [], clocks: [] };

export function fileOf(stored: StoredFile | null): CaseFile {
  if (stored === null) return NOTHING;
  return { case: stored.case, linkages: stored.linkages, orders: stored.orders, clocks: stored.clocks };
}

/** So often clocks are decided with the rest. What is written by others still longer goes without them: they follow with the next step. */
const TRIES_WITH_CLOCKS = 4;

type Writing = {
  /** How often this was decided before and somebody else wrote first. */
  readonly attempt: number;
  readonly before: CaseFile;
  readonly input: FileInput;
  readonly caseKey: CaseKey;
  readonly vault: readonly VaultRow[];
  readonly phoneIndex: string | null;
  readonly inbox: Commit["inbox"];
  readonly command: Commit["command"];
  /** Marks that are answered with the change. */
  readonly alarms?: Commit["alarms"];
  /** Acts of reading to be kept with the change, made of what it leaves. */
  readonly reads?: (file: CaseFile) => Promise<Commit["reads"]>;
};

/** A decision and what became of writing it. */
export type Written = { readonly decision: FileDecision; readonly outcome: CommitOutcome };

/**
 * Decides and writes in one step: the commit holds everything or nothing.
 * Afterwards everybody who waits is woken; waking is a hint, the tables are the truth.
 */
export async function writeFile(deps: Deps, writing: Writing): Promise<Result<Written, FileRefusal>> {
  const context = await contextOf(deps, writing.input);
  const alone = writing.attempt >= TRIES_WITH_CLOCKS && !isAboutClocks(writing.input);
  const decided = alone ? decideAlone(writing, context) : decideFile(writing.before, writing.input, context);
  if (!decided.ok) return decided;
  const decision = decided.value;
  const commit = toCommit(deps, decision, {
    ...writing,
    at: writing.input.at,
    cause: causeOf(writing.input),
    reads: (await writing.reads?.(decision.file)) ?? [],
    fired: firedBy(writing.input, writing.before.case?.id ?? null),
  });
  if (isEmpty(commit)) return ok({ decision, outcome: "done" });
  const outcome = await deps.store.commit(commit);
  if (outcome === "done") {
    wakeAll(deps, commit, writing.input.at);
    ringAll(deps, commit);
    for (const { code, detail } of decision.faults)
      deps.onFault?.("clocks", `${code}, request ${decision.file.case?.id ?? ""}: ${detail}`);
  }
  return ok({ decision, outcome });
}

/** What would say nothing without clocks. */
function isAboutClocks(input: FileInput): boolean {
  if (input.via === "command") return TIME_LIMIT_TABLE.some(({ command }) => command === input.command.type);
  return input.via === "clockTimer";
}

/** Decides as if there were no clocks. Those that are kept go on as they were, and are what the request is due by. */
function decideAlone({ before, input }: Writing, context: FileContext): ReturnType<typeof decideFile> {
  const clock = { ...context.clock, policyFor: () => null };
  const decided = decideFile({ ...before, clocks: [] }, input, { ...context, clock });
  if (!decided.ok) return decided;
  return ok({ ...decided.value, file: { ...decided.value.file, clocks: before.clocks } });
}

function causeOf(input: FileInput): string {
  switch (input.via) {
    case "command":
      return input.id;
    case "message":
      return input.message.id;
    case "receipt":
      return `receipt:${input.seq}`;
    case "timer":
    case "caseTimer":
      return `timer:${input.timer}`;
    case "clockTimer":
    case "clocks":
      return "timer:clock";
  }
}

function firedBy(input: FileInput, caseId: CaseId | null): Commit["timers"][number] | null {
  if (input.via === "timer") return { cancel: input.timer, owner: "linkage", ownerId: input.linkageId };
  if (caseId === null) return null;
  if (input.via === "clockTimer") return { cancel: "mark", owner: "clock", ownerId: input.clockId, caseId };
  return input.via === "caseTimer" ? { cancel: input.timer, owner: "case", ownerId: caseId } : null;
}

function isEmpty(commit: Commit): boolean {
  return (
    commit.streams.length === 0 &&
    commit.inbox === null &&
    commit.command === null &&
    commit.alarms.length === 0 &&
    commit.timers.length === 0
  );
}

/** The red task is stored already; a switch that cannot be reached changes nothing about it. */
function ringAll(deps: Deps, commit: Commit): void {
  for (const alarm of commit.alarms) {
    if (!("raise" in alarm) || alarm.dial === null) continue;
    const { subject, caseId, dial, raise } = alarm;
    deps.phone.ring({ subject, caseId, number: dial, reason: raise }).catch(() => undefined);
  }
}

function wakeAll(deps: Deps, commit: Commit, at: Instant): void {
  deps.wake.wake("feed");
  if (commit.alarms.length > 0) deps.wake.wake("alarms");
  if (commit.outbox.length > 0) deps.wake.wake("outbox");
  if (commit.timers.some((timer) => "set" in timer && msBetween(at, timer.dueAt) < SOON_MS)) deps.wake.wake("timers");
}

/** The loop of the timers looks by itself four times a second; only what is due before that is worth a hint. */
const SOON_MS = 250;
