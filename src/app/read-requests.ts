import { may } from "../core/access/index.ts";
import type { Actor } from "../core/access/index.ts";
import type { Case } from "../core/case/index.ts";
import { maskNumbersInText } from "../core/disclosure/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { ActorRef, RequestNo, Result, Sealed } from "../kernel/index.ts";
import type { Deps } from "./deps.ts";
import { findTarget } from "./find-target.ts";
import type { LeftBehind } from "./give-command.ts";
import type { Page, QueueFilter } from "./ports/queries.ts";
import type { StoredFile } from "./ports/store.ts";
import { present, presentRevealed, readerOf } from "./present/door.ts";
import type { Show } from "./present/door.ts";
import type { Presented } from "./present-brand.ts";
import { refsOf, requestView, subjectOf } from "./present/request-view.ts";
import { refsIn, timelineLine } from "./present/timeline-view.ts";
import { fileOf } from "./write-file.ts";

export type ReadRefusal =
  | { readonly code: "REQUEST_UNKNOWN" }
  | { readonly code: "FORBIDDEN" }
  | { readonly code: "FIELD_UNKNOWN" };

async function open(deps: Deps, actor: Actor, no: RequestNo): Promise<Result<StoredFile, ReadRefusal>> {
  const found = await findTarget(deps.store, { kind: "request", no });
  if (found === null) return err({ code: "REQUEST_UNKNOWN" });
  return may(actor, "readRequest", subjectOf(fileOf(found))) ? ok(found) : err({ code: "FORBIDDEN" });
}

/** One request as this reader may see it now. Errors: REQUEST_UNKNOWN, FORBIDDEN. @source nmg:2.3.2 @req REQ-57 */
export async function readRequest(
  deps: Deps,
  actor: Actor,
  no: RequestNo,
): Promise<Result<Presented<object>, ReadRefusal>> {
  const found = await open(deps, actor, no);
  return found.ok ? ok(await showRequest(deps, actor, found.value)) : found;
}

/**
 * The request as the reader's own command left it, without loading again what that command has just written. Errors: FORBIDDEN.
 * @source nmg:2.3.2 @req REQ-57
 */
export async function readLeftBehind(
  deps: Deps,
  actor: Actor,
  { stored, known }: LeftBehind,
): Promise<Result<Presented<object>, ReadRefusal>> {
  if (!may(actor, "readRequest", subjectOf(fileOf(stored)))) return err({ code: "FORBIDDEN" });
  return ok(await showRequest(deps, actor, stored, known));
}

function showRequest(
  deps: Deps,
  actor: Actor,
  stored: StoredFile,
  known: LeftBehind["known"] = new Map(),
): Promise<Presented<object>> {
  const file = fileOf(stored);
  const asked = [{ state: stored.case, wrappedKey: stored.wrappedKey, refs: refsOf(file), known }];
  return present(deps, readerOf(actor, "request"), asked, (show) =>
    requestView(deps, actor, file, stored.case, show(stored.case.id)),
  );
}

/** The history of one request, oldest first, with what every step rests on. @source nmg:2.3.1 @req REQ-13 @req REQ-57 */
export async function readTimeline(
  deps: Deps,
  actor: Actor,
  no: RequestNo,
  nameOf: (by: ActorRef) => string | null,
): Promise<Result<Presented<object>, ReadRefusal>> {
  const found = await open(deps, actor, no);
  if (!found.ok) return found;
  const { value: stored } = found;
  const rows = await deps.queries.timeline(stored.case.id);
  const asked = [{ state: stored.case, wrappedKey: stored.wrappedKey, refs: rows.flatMap((r) => refsIn(r.body)) }];
  return ok(
    await present(deps, readerOf(actor, "timeline"), asked, (show) => ({
      rows: rows.map((r) => timelineLine(r, show(stored.case.id), nameOf)),
    })),
  );
}

/** One masked field in clear, for a reason that is kept. Errors: REQUEST_UNKNOWN, FORBIDDEN, FIELD_UNKNOWN. @req REQ-57 */
export async function revealField(
  deps: Deps,
  actor: Actor,
  no: RequestNo,
  field: string,
  reason: string,
): Promise<Result<Presented<object>, ReadRefusal>> {
  const found = await open(deps, actor, no);
  if (!found.ok) return found;
  const { value: stored } = found;
  if (!may(actor, "revealField", subjectOf(fileOf(stored)))) return err({ code: "FORBIDDEN" });
  const ref = stored.case.sealed[field];
  if (ref === undefined || field === "checkCode") return err({ code: "FIELD_UNKNOWN" });
  return ok(
    await presentRevealed(deps, readerOf(actor, "reveal"), {
      state: stored.case,
      wrappedKey: stored.wrappedKey,
      ref,
      reason,
    }),
  );
}

const SUMMARY_LENGTH = 80;

/** A page of the desk's queue: one masked line a request. @source nmg:2.2.1 @req REQ-13 */
export async function readQueue(
  deps: Deps,
  actor: Actor,
  filter: QueueFilter,
): Promise<Result<Presented<Page<object>>, ReadRefusal>> {
  if (!may(actor, "readQueue", null)) return err({ code: "FORBIDDEN" });
  const page = await deps.queries.queue({ ...filter, regions: actor.regions });
  const rules = deps.rules();
  const asked = page.rows.map((r) => ({ state: r.case, wrappedKey: r.wrappedKey, refs: lineRefs(r.case) }));
  return ok(
    await present(deps, readerOf(actor, "queue"), asked, (show) => ({
      next: page.next,
      rows: page.rows.map(({ index, case: state }) => {
        const item = index.item === null ? null : rules.item(index.item);
        return {
          requestNo: index.requestNo,
          caseId: index.caseId,
          status: index.status,
          responsible: index.responsible,
          danger: index.danger,
          dangerOpen: index.dangerOpen,
          item: index.item,
          itemName: item?.nameZh ?? null,
          itemNameEn: item?.nameEn ?? null,
          place: index.place,
          placeName: index.place === null ? null : rules.placeName(index.place),
          peer: index.peer,
          units: index.units,
          registeredAt: index.registeredAt,
          changedAt: index.changedAt,
          requester: shownText(show(index.caseId), state, "requester.name"),
          summary: summaryOf(shownText(show(index.caseId), state, "text")),
        };
      }),
    })),
  );
}

function lineRefs(state: Case): readonly Sealed[] {
  return [state.sealed["requester.name"], state.sealed["text"]].filter((r) => r !== undefined);
}

function shownText(show: Show, state: Case, field: string): string | null {
  const ref = state.sealed[field];
  return ref === undefined ? null : show(ref).value;
}

function summaryOf(text: string | null): string {
  return maskNumbersInText(
    Array.from(text ?? "")
      .slice(0, SUMMARY_LENGTH)
      .join(""),
  );
}
