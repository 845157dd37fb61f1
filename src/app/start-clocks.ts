import type { CaseId } from "../kernel/index.ts";
import { openCaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import { fileOf, writeFile } from "./write-file.ts";

/** So many requests are looked at before others may have their turn. */
const PAGE = 20;
const FAULTY_IN_A_ROW = 5;

/**
 * One page of the open requests of this desk: the clocks of each follow what it is now, so that what was registered before there were
 * limits, or written without them, gets its own, counted from now. Each request is a commit of its own; one whose clocks are as they
 * should be is not written, so that it may run as often as one likes and be cut short anywhere. Who writes a request meanwhile goes
 * first: the clocks follow what he does. One whose limit is out of order is told to the operator and passed over; when that holds for
 * several in a row, all limits are taken to be out of order and the pass ends, so that the operator has a few marks and not one for
 * each request. Returns where to go on; null = it has ended. @source nmg:2.2.5
 */
export async function startClocks(deps: Deps, cursor: string | null): Promise<string | null> {
  // 110 measures its own work by its own rules: it has no clocks.
  if (deps.node.side === "police") return null;
  const any = { status: null, item: null, place: null, unit: null, phoneIndex: null, regions: null };
  const { rows, next } = await deps.queries.queue({ view: "mine", ...any, cursor, limit: PAGE });
  let faulty = 0;
  for (const { index } of rows) {
    try {
      faulty = (await follow(deps, index.caseId)) ? 0 : faulty + 1;
      if (faulty === FAULTY_IN_A_ROW) return null;
    } catch (fault) {
      deps.onFault?.("clocks", fault);
    }
  }
  return next;
}

/** false = its limit is out of order. */
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
