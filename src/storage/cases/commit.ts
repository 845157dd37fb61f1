import type { Commit, CommitOutcome } from "../../app/ports/store.ts";
import { isUrgent } from "../../app/ports/urgency.ts";
import type { Store } from "../open-store.ts";
import type { Statement } from "../statement.ts";
import { run, sqlFault, statement } from "../statement.ts";
import { writeTogether } from "../write-together.ts";
import { checkCommit } from "./check-commit.ts";
import { CLOCK_SECTIONS } from "./commit-clocks.ts";
import { EFFECT_SECTIONS } from "./commit-effects.ts";
import type { CommitSection } from "./commit-section.ts";
import { TRUTH_SECTIONS } from "./commit-truth.ts";

const SECTIONS: readonly CommitSection[] = [...TRUTH_SECTIONS, ...CLOCK_SECTIONS, ...EFFECT_SECTIONS];

/** This command or this message was committed before. */
const DUPLICATE = new Set(["commands_pkey", "inbox_pkey"]);
/** Somebody else wrote the same version of something in this file first. */
const CONFLICT = new Set([
  "events_pkey",
  "cases_pkey",
  "linkages_pkey",
  "orders_pkey",
  "clocks_pkey",
  "vault_pkey",
  "case_keys_pkey",
  "outbox_conversation_key",
]);
const UNIQUE_VIOLATION = "23505";
const DIVISION_BY_ZERO = "22012";

type Part = { readonly section: CommitSection; readonly values: readonly unknown[] };

/** One statement per set of sections and their sizes, made on first use: some hundred occur, each planned once a connection. */
const statements = new Map<string, Statement>();

/**
 * The columns of the last SELECT are read from left to right, which fixes what runs first: the command or the message, whose
 * repeat is a duplicate and never a conflict, then the rows that carry a version. The server carries out the rest afterwards;
 * counting those rows too cost a sixth of the statement. A guard that touched fewer rows than it was given divides by zero, the
 * only way to make one plain SQL statement undo itself.
 */
function compose(parts: readonly Part[]): Statement {
  let used = 1;
  const ctes: string[] = [];
  const columns: string[] = [];
  for (const { section, values } of parts) {
    const first = used + 1;
    used += values.length;
    ctes.push(section.text((index) => `$${first + index}`, values.length));
    if (section.awaited === undefined) continue;
    const count = `(select count(*) from ${section.awaited.cte})`;
    columns.push(section.awaited.guarded ? `1 / (case when ${count} = $${used}::integer then 1 else 0 end)` : count);
  }
  return statement(`with ${ctes.join(",\n  ")}\nselect ${columns.join(",\n  ") || "1"}`);
}

function outcomeOf(error: unknown): CommitOutcome | null {
  const { code, constraint } = sqlFault(error);
  if (code === UNIQUE_VIOLATION && DUPLICATE.has(constraint)) return "duplicate";
  if (code === UNIQUE_VIOLATION && CONFLICT.has(constraint)) return "conflict";
  if (code === DIVISION_BY_ZERO) return "conflict";
  return null;
}

/** The parts of one commit, or of several that only add rows. */
function partsOf(commits: readonly Commit[]): readonly Part[] {
  const [only] = commits.length === 1 ? commits : [];
  return SECTIONS.flatMap((section) => {
    const values =
      "valuesOfAll" in section ? section.valuesOfAll(commits) : only === undefined ? null : section.values(only);
    return values === null ? [] : [{ section, values }];
  });
}

async function write(store: Store, commits: readonly Commit[]): Promise<void> {
  const parts = partsOf(commits);
  if (parts.length === 0) return;
  const key = parts.map(({ section, values }) => `${section.name} ${values.length}`).join("+");
  const known = statements.get(key) ?? compose(parts);
  statements.set(key, known);
  await run(store.pool, known, [store.home, ...parts.flatMap(({ values }) => values)]);
}

/**
 * Statements of gathered registrations that may be under way: what comes meanwhile goes with the next one. A registration has some
 * 150 values, and a statement may have 65,535.
 */
const TOGETHER = { atOnce: 2, atMost: 32 };

/**
 * Whether a commit may go with others: it has a command, by which a second try is found out, it only adds rows, and nobody is in
 * danger. A danger never waits for what others write, nor can it fail with them (P3).
 */
function mayShare(change: Commit): boolean {
  if (change.command === null || change.index === null || change.index.danger || isUrgent()) return false;
  return SECTIONS.every((section) => "valuesOfAll" in section || section.values(change) === null);
}

/**
 * Writes everything of one use case in one statement, or nothing of it. Who came second gets a value, not an error:
 * "conflict" = load again and decide again; "duplicate" = answer what was answered then.
 *
 * Registrations that come at the same moment share one statement and one flush to disk: in the hour of a storm that is what a desk
 * writes. When one of them cannot be written each is written alone.
 */
export function createCommit(store: Store): (change: Commit) => Promise<CommitOutcome> {
  const together = writeTogether<Commit>((commits) => write(store, commits), TOGETHER);
  return async (change) => {
    checkCommit(store.home, change);
    try {
      await (mayShare(change) ? together(change) : write(store, [change]));
      return "done";
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome === null) throw error;
      return outcome;
    }
  };
}
