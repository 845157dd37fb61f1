import type { LinkageId } from "../kernel/index.ts";
import { backOff } from "./back-off.ts";
import { openCaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import type { DueTimer } from "./ports/store.ts";
import { fileOf, writeFile } from "./write-file.ts";

const TRIES = 20;

/**
 * One due timer. It may alarm or move a dispute on; it never moves responsibility, and firing early, late or twice is harmless.
 * The commit sets or cancels it; if that fails the lease runs out and it comes again. Linkage table, section 9.
 */
export async function fireTimer(deps: Deps, timer: DueTimer): Promise<void> {
  const linkageId = timer.ownerId as LinkageId;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = await deps.store.loadFile(timer.caseId);
    if (found === null || timer.owner !== "linkage" || !found.linkages.some((l) => l.id === linkageId))
      return endOrphan(deps, timer, found === null ? null : timer.caseId);
    const written = await writeFile(deps, {
      before: fileOf(found),
      input: { via: "timer", at: deps.clock.now(), linkageId, timer: timer.kind },
      caseKey: await openCaseKey(deps.keys, timer.caseId, found.wrappedKey),
      vault: [],
      phoneIndex: found.phoneIndex,
      inbox: null,
      command: null,
    });
    if (!written.ok) throw new Error(`timer ${timer.kind} was refused: ${written.error.code}`);
    if (written.value.outcome !== "conflict") return;
    await backOff(deps, attempt);
  }
  throw new Error(`timer ${timer.kind}: written by others again and again`);
}

/** What a timer was set for is not here (a restore that lost a part, a damaged row): it ends, and an operator must look. */
async function endOrphan(deps: Deps, timer: DueTimer, caseId: DueTimer["caseId"] | null): Promise<void> {
  const { owner, ownerId, kind } = timer;
  await deps.store.commit({
    home: deps.node.home,
    streams: [],
    index: null,
    caseKey: null,
    vault: [],
    outbox: [],
    timers: [{ cancel: kind, owner, ownerId }],
    alarms: [
      {
        raise: "integrity",
        subject: ownerId,
        caseId,
        level: 1,
        dial: null,
        audience: "operator",
        at: deps.clock.now(),
      },
    ],
    notices: [],
    inbox: null,
    command: null,
  });
  deps.wake.wake("feed");
}
