import { may } from "../core/access/index.ts";
import type { Actor } from "../core/access/index.ts";
import type { Case } from "../core/case/index.ts";
import { maskNumbersInText } from "../core/disclosure/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { ActorRef, CaseId, RequestNo, Result, UnitCode } from "../kernel/index.ts";
import type { Deps } from "./deps.ts";
import { findTarget } from "./find-target.ts";
import type { Page, QueueFilter } from "./ports/queries.ts";
import type { StoredFile } from "./ports/store.ts";
import { present, presentRevealed, readerOf } from "./present/door.ts";
import type { FieldShown, Presented, Show } from "./present/door.ts";
import { orderView, refsOf, requestView, subjectOf } from "./present/request-view.ts";
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
  if (!found.ok) return found;
  const { value: stored } = found;
  const file = fileOf(stored);
  const asked = [{ state: stored.case, wrappedKey: stored.wrappedKey, refs: refsOf(file) }];
  return ok(
    await present(deps, readerOf(actor, "request"), asked, (show) =>
      requestView(deps, actor, file, stored.case, show(stored.case.id)),
    ),
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
  const shownRefs = (state: Case) =>
    [state.sealed["requester.name"], state.sealed["text"]].filter((r) => r !== undefined);
  const asked = page.rows.map((r) => ({ state: r.case, wrappedKey: r.wrappedKey, refs: shownRefs(r.case) }));
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

function shownText(show: Show, state: Case, field: string): string | null {
  const ref = state.sealed[field];
  return ref === undefined ? null : show(ref).value;
}

function summaryOf(text: string | null): string {
  return maskNumbersInText([...(text ?? "").slice(0, SUMMARY_LENGTH * 2)].slice(0, SUMMARY_LENGTH).join(""));
}

const UNIT_FIELDS = ["requester.name", "requester.phone", "requester.contact", "address", "text"];

/** The orders of the clerk's own unit, with what the unit must know to handle them. @source nmg:2.2.2 @req REQ-24 */
export async function readUnitOrders(
  deps: Deps,
  actor: Actor,
  query: { readonly open: boolean; readonly cursor: string | null; readonly limit: number },
): Promise<Result<Presented<Page<object>>, ReadRefusal>> {
  if (!may(actor, "readUnitOrders", null) || actor.unit === null) return err({ code: "FORBIDDEN" });
  const unit: UnitCode = actor.unit;
  const page = await deps.queries.unitOrders(unit, query.open, query.cursor, query.limit);
  const rules = deps.rules();
  const baseRefs = (state: Case) =>
    Object.values(state.sealed).filter((s) => UNIT_FIELDS.includes(s.field) || s.field.startsWith("note."));
  const asked = mergeAsked(
    page.rows.map(({ order, case: state, wrappedKey }) => ({
      state,
      wrappedKey,
      refs: [...baseRefs(state), order.instruction, order.reply].filter((r) => r !== null),
    })),
  );
  return ok(
    await present(deps, readerOf(actor, "unitOrders"), asked, (show) => ({
      next: page.next,
      rows: page.rows.map(({ order, case: state }) => {
        const item = state.verdict?.item == null ? null : rules.item(state.verdict.item);
        const file = { case: state, linkages: [], orders: [order] };
        return {
          order: orderView(rules, actor, file, order, show(state.id)),
          requestNo: state.requestNo,
          danger: state.danger,
          placeName: state.place === null ? null : rules.placeName(state.place),
          itemName: item?.nameZh ?? null,
          itemNameEn: item?.nameEn ?? null,
          registeredAt: state.registeredAt,
          fields: Object.fromEntries(baseRefs(state).map((s): [string, FieldShown] => [s.field, show(state.id)(s)])),
          allowed: may(actor, "danger", { place: state.place, units: [order.unit] }) ? ["orderDanger"] : [],
        };
      }),
    })),
  );
}

type Asked = {
  readonly state: Case;
  readonly wrappedKey: Uint8Array | null;
  readonly refs: readonly Case["sealed"][string][];
};

/** Two orders of one request on a page: its vault is opened once. */
function mergeAsked(asked: readonly Asked[]): readonly Asked[] {
  const merged = new Map<CaseId, Asked>();
  for (const a of asked) {
    const before = merged.get(a.state.id);
    merged.set(a.state.id, before === undefined ? a : { ...before, refs: [...before.refs, ...a.refs] });
  }
  return [...merged.values()];
}
