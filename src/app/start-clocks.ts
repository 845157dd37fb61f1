import type { CaseId } from "../kernel/index.ts";
import { openCaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import { fileOf, writeFile } from "./write-file.ts";

/** So many requests are looked at before others may have their turn. */
const PAGE = 20;

/**
 * One page of the open requests of this desk: the clocks of each follow what it is now, so that what was registered before there were
 * limits, or written without them, gets its own, counted from now. Each request is a commit of its own; one whose clocks are as they
 * should be is not written, so that it may run as often as one likes and be cut short anywhere. Who writes a request meanwhile goes
 * first: the clocks follow what he does. Returns where to go on; null = all were seen, or limits are out of order and the operator
 * was told. @source nmg:2.2.5
 */
export async function startClocks(deps: Deps, cursor: string | null): Promise<string | null> {
  // 110 measures its own work by its own rules: it has no clocks.
  if (deps.node.side === "police") return null;
  const any = { status: null, item: null, place: null, unit: null, phoneIndex: null, regions: null };
  const { rows, next } = await deps.queries.queue({ view: "mine", ...any, cursor, limit: PAGE });
  for (const { index } of rows) {
    try {
      if (!(await follow(deps, index.caseId))) return null;
    } catch (fault) {
      deps.onFault?.("clocks", fault);
    }
  }
  return next;
}

/** false = the limits are out of order. */
async function follow(deps: Deps, caseId: CaseId): Promise<boolean> {
  const found = await deps.store.loadFile(caseId);
  if (found === null) return true;
  const written = await writeFile(deps, {
    attempt: 0,
    before: fileOf(found),
    input: { via: "clocks", at: deps.clock.now() },
    caseKey: await openCaseKey(deps.keys, caseId, found.wrappedKey),
    vault: [],
    phoneIndex: found.phoneIndex,
    inbox: null,
    command: null,
  });
  return !written.ok || written.value.decision.faults.length === 0;
}
