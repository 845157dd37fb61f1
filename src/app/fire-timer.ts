import type { FileInput } from "../core/file/index.ts";
import type { Instant } from "../kernel/index.ts";
import { backOff } from "./back-off.ts";
import { openCaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import type { DueTimer, StoredFile } from "./ports/store.ts";
import { fileOf, writeFile } from "./write-file.ts";

const TRIES = 20;

/**
 * One due timer. It may alarm or move a dispute on; it never moves responsibility, and firing early, late or twice is harmless.
 * The commit sets or cancels it; if that fails the lease runs out and it comes again. Linkage table, section 9.
 */
export async function fireTimer(deps: Deps, timer: DueTimer): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = await deps.store.loadFile(timer.caseId);
    const input = found === null ? null : inputOf(timer, found, deps.clock.now());
    if (found === null || input === null) return endOrphan(deps, timer, found === null ? null : timer.caseId);
    const written = await writeFile(deps, {
      attempt,
      before: fileOf(found),
      input,
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

/** What a due timer tells the rules; null when what it was set for is not in the file. */
function inputOf({ owner, ownerId, kind }: DueTimer, found: StoredFile, at: Instant): FileInput | null {
  if (kind === "completion")
    return owner === "case" && ownerId === found.case.id ? { via: "caseTimer", at, timer: kind } : null;
  if (kind === "mark") {
    const clock = owner === "clock" ? found.clocks.find((c) => c.id === ownerId) : undefined;
    return clock === undefined ? null : { via: "clockTimer", at, clockId: clock.id };
  }
  const linkage = owner === "linkage" ? found.linkages.find((l) => l.id === ownerId) : undefined;
  return linkage === undefined ? null : { via: "timer", at, linkageId: linkage.id, timer: kind };
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
    timers: [
      owner === "clock" ? { cancel: kind, owner, ownerId, caseId: timer.caseId } : { cancel: kind, owner, ownerId },
    ],
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
    reads: [],
    inbox: null,
    command: null,
  });
  deps.onFault?.("timers", `nothing to ring for: ${owner} ${ownerId}, ${kind}, request ${timer.caseId}`);
  deps.wake.wake("alarms");
}
