import { may } from "../core/access/index.ts";
import type { Actor } from "../core/access/index.ts";
import type { Linkage, LinkageEvent } from "../core/linkage/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { Instant, RequestNo, Result } from "../kernel/index.ts";
import type { Deps } from "./deps.ts";
import type { QueuedCase, QueueFilter } from "./ports/queries.ts";
import { SILENT_CLOCK_EVENTS } from "./present/timeline-view.ts";
import { fileOf } from "./write-file.ts";

/** A push that this person sent and nobody has signed yet: of which request, and when it left last. Nothing of the matter itself. */
export type OwnPush = { readonly requestNo: RequestNo; readonly at: Instant };

const OPEN_DANGERS: QueueFilter = {
  view: "danger",
  status: null,
  item: null,
  place: null,
  unit: null,
  phoneIndex: null,
  regions: null,
  cursor: null,
  /** Asked once, when a screen is loaded: more open dangers than this no one desk has. */
  limit: 200,
};

/**
 * The pushes of this person that are open and unsigned, newest first, so that a screen that was loaded anew says of them what it
 * said before. Whose push it was is read from the log: the newest one counts, whether it began the danger or added to it.
 * Errors: FORBIDDEN. @source nmg:2.2.1
 */
export async function readOwnPushes(
  deps: Deps,
  actor: Actor,
): Promise<Result<{ readonly rows: readonly OwnPush[] }, { readonly code: "FORBIDDEN" }>> {
  if (!may(actor, "readQueue", null)) return err({ code: "FORBIDDEN" });
  const { rows } = await deps.queries.queue({ ...OPEN_DANGERS, regions: actor.regions });
  const own: OwnPush[] = [];
  for (const { index } of rows) {
    const pushed = await lastPushBy(deps, actor, index);
    if (pushed !== null) own.push({ requestNo: index.requestNo, at: pushed });
  }
  return ok({ rows: own.sort((a, b) => (a.at > b.at ? -1 : 1)) });
}

async function lastPushBy(
  deps: Deps,
  actor: Actor,
  { requestNo, caseId }: QueuedCase["index"],
): Promise<Instant | null> {
  const { linkages } = fileOf(await deps.store.loadFile(caseId));
  const unsigned = linkages.flatMap((one) => (isUnsigned(one) ? [one.id] : []));
  if (unsigned.length === 0) return null;
  const history = await deps.store.findHistory(requestNo, SILENT_CLOCK_EVENTS);
  const pushes = (history?.events ?? []).filter(
    ({ stream, streamId, body }) =>
      stream === "linkage" && unsigned.some((id) => id === streamId) && isPushBy(actor, parseCause(body)),
  );
  return pushes.at(-1)?.at ?? null;
}

function isUnsigned({ kind, role, state, signedAt }: Linkage): boolean {
  return kind === "urgent" && role === "S" && state !== "ended" && signedAt === null;
}

function isPushBy(actor: Actor, { sent, cause }: Pick<LinkageEvent, "sent" | "cause">): boolean {
  return sent.some(({ type }) => type === "push") && cause.by?.kind === "user" && cause.by.id === actor.id;
}

/** Who caused an event and what it said has had this shape in every version of a linkage's events. */
function parseCause(body: unknown): Pick<LinkageEvent, "sent" | "cause"> {
  return body as Pick<LinkageEvent, "sent" | "cause">;
}
