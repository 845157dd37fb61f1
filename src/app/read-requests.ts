import { may } from "../core/access/index.ts";
import type { Actor } from "../core/access/index.ts";
import { nextStep } from "../core/case/index.ts";
import type { Case } from "../core/case/index.ts";
import type { Clock } from "../core/clock/index.ts";
import { upcast } from "../core/evidence/index.ts";
import { maskNumbersInText, showingOf } from "../core/disclosure/index.ts";
import { dangerOpen, isConfidential } from "../core/file/index.ts";
import type { CaseFile } from "../core/file/index.ts";
import { parseRequestNo } from "../core/request-number/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { ActorRef, RequestNo, Result, Sealed } from "../kernel/index.ts";
import type { Deps } from "./deps.ts";
import { findTarget } from "./find-target.ts";
import type { LeftBehind } from "./left-behind.ts";
import type { Page, QueuedCase, QueueFilter } from "./ports/queries.ts";
import type { StoredFile, WholeFile } from "./ports/store.ts";
import type { QueueLine, RequestCard, RevealedField, TimelineLine } from "./present/cards.ts";
import { present, presentRevealed, readerOf } from "./present/door.ts";
import type { Reader, Show } from "./present/door.ts";
import type { Presented } from "./present-brand.ts";
import { refsOf, requestView, subjectOf } from "./present/request-view.ts";
import { refsIn, SILENT_CLOCK_EVENTS, timelineLine } from "./present/timeline-view.ts";
import { judgedItem } from "./present/judged-item.ts";
import { fileOf } from "./write-file.ts";

export type ReadRefusal =
  | { readonly code: "REQUEST_UNKNOWN" }
  | { readonly code: "REQUEST_NO_MISTYPED" }
  | { readonly code: "FORBIDDEN" }
  | { readonly code: "FIELD_UNKNOWN" };

/** A number that nobody ever gave out is a slip of the hand: it says so, so that nobody thinks the request is lost. */
function unknown(no: RequestNo): ReadRefusal {
  return parseRequestNo(no).ok ? { code: "REQUEST_UNKNOWN" } : { code: "REQUEST_NO_MISTYPED" };
}

async function open(deps: Deps, actor: Actor, no: RequestNo): Promise<Result<StoredFile, ReadRefusal>> {
  const found = await findTarget(deps.store, { kind: "request", no });
  if (found === null) return err(unknown(no));
  return may(actor, "readRequest", subjectOf(fileOf(found))) ? ok(found) : err({ code: "FORBIDDEN" });
}

/** What was found of a number, if this reader may see it. */
function ifPermitted<T extends { readonly stored: Omit<StoredFile, "clocks"> }>(
  actor: Actor,
  no: RequestNo,
  found: T | null,
): Result<T, ReadRefusal> {
  if (found === null) return err(unknown(no));
  const subject = subjectOf(found.stored);
  return may(actor, "readRequest", subject) ? ok(found) : err({ code: "FORBIDDEN" });
}

/** One request as this reader may see it now. Errors: REQUEST_UNKNOWN, FORBIDDEN. @source nmg:2.3.2 @req REQ-57 */
export async function readRequest(
  deps: Deps,
  actor: Actor,
  no: RequestNo,
): Promise<Result<Presented<RequestCard>, ReadRefusal>> {
  const found = ifPermitted(actor, no, await deps.store.findWhole(no));
  return found.ok ? ok(await showRequest(deps, actor, found.value, "request")) : found;
}

/**
 * The request as the answer to a command of this reader, without loading again what that command writes. Who was permitted to
 * write sees what came of it, also when the command itself took the request out of the reader's divisions: a saved change is
 * never told as a refusal. @source nmg:2.3.2 @req REQ-57
 */
export function showLeft(deps: Deps, actor: Actor, left: LeftBehind): Promise<Presented<RequestCard>> {
  return showRequest(deps, actor, left, "answer");
}

/** The same for a command that was carried out before. Errors: REQUEST_UNKNOWN. */
export async function readAgain(
  deps: Deps,
  actor: Actor,
  no: RequestNo,
): Promise<Result<Presented<RequestCard>, ReadRefusal>> {
  const stored = await findTarget(deps.store, { kind: "request", no });
  if (stored === null) return err({ code: "REQUEST_UNKNOWN" });
  return ok(await showRequest(deps, actor, { stored }, "answer"));
}

function showRequest(
  deps: Deps,
  actor: Actor,
  { stored, known, vault }: Partial<LeftBehind & WholeFile> & Pick<LeftBehind, "stored">,
  purpose: string,
): Promise<Presented<RequestCard>> {
  const reader = inDanger(readerOf(actor, purpose), fileOf(stored));
  const file = reader.viewer === "unit" ? ownOrders(fileOf(stored), actor) : fileOf(stored);
  const asked = [{ state: stored.case, wrappedKey: stored.wrappedKey, refs: refsOf(file), known, vault }];
  return present(deps, reader, asked, (show) => requestView(deps, actor, file, stored.case, show(stored.case.id)));
}

/** A unit sees its own orders of a request, not what other units or the desk were told or answered. @source nmg:2.3.2 @req REQ-56 */
function ownOrders(file: CaseFile, actor: Actor): CaseFile {
  const orders = file.orders.filter((o) => o.unit === actor.unit);
  const isOwn = ({ subject }: Clock): boolean => orders.some(({ id }) => id === subject);
  return { ...file, orders, clocks: file.clocks.map((clock) => (isOwn(clock) ? clock : withoutWords(clock))) };
}

/** What the desk said of the time of the whole request is between the desk and its supervisor. */
function withoutWords(clock: Clock): Clock {
  return { ...clock, pauseNote: null, asked: clock.asked === null ? null : { ...clock.asked, note: null } };
}

/** While danger is open the desk sees number and name at once, and the read log says so. @source nmg:2.2.1 */
function inDanger(reader: Reader, file: CaseFile): Reader {
  return reader.viewer === "desk" && dangerOpen(file)
    ? { ...reader, viewer: "deskDanger", purpose: `${reader.purpose}, danger open` }
    : reader;
}

/** The history of one request, oldest first, with what every step rests on. @source nmg:2.3.1 @req REQ-13 @req REQ-57 */
export async function readTimeline(
  deps: Deps,
  actor: Actor,
  no: RequestNo,
  nameOf: (by: ActorRef) => string | null,
): Promise<Result<Presented<{ readonly rows: readonly TimelineLine[] }>, ReadRefusal>> {
  const found = ifPermitted(actor, no, await deps.store.findHistory(no, SILENT_CLOCK_EVENTS));
  if (!found.ok) return found;
  const { stored, vault, events } = found.value;
  const rows = events.map((stored) => {
    const body = upcast(stored);
    return { row: { ...stored, body }, refs: refsIn(body) };
  });
  const refs = rows.flatMap((r) => r.refs);
  const peers = new Map<string, string>(stored.linkages.map(({ id, peer }) => [id, peer]));
  const behind = { nameOf, peerOf: (id: string) => peers.get(id) ?? null };
  const asked = [{ state: stored.case, wrappedKey: stored.wrappedKey, refs, vault }];
  return ok(
    await present(deps, readerOf(actor, "timeline"), asked, (show) => ({
      rows: rows.map(({ row, refs: told }) => timelineLine(row, told, show(stored.case.id), behind)),
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
): Promise<Result<Presented<RevealedField>, ReadRefusal>> {
  const found = await open(deps, actor, no);
  if (!found.ok) return found;
  const { value: stored } = found;
  if (!may(actor, "revealField", subjectOf(fileOf(stored)))) return err({ code: "FORBIDDEN" });
  // The name comes from outside: what every object inherits is no field.
  const ref = Object.hasOwn(stored.case.sealed, field) ? stored.case.sealed[field] : undefined;
  if (ref === undefined || showingOf("desk", field, isConfidential(stored.case)) === "hidden")
    return err({ code: "FIELD_UNKNOWN" });
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
): Promise<Result<Presented<Page<QueueLine>>, ReadRefusal>> {
  if (!may(actor, "readQueue", null)) return err({ code: "FORBIDDEN" });
  return ok(
    await showLines(deps, readerOf(actor, "queue"), await deps.queries.queue({ ...filter, regions: actor.regions })),
  );
}

/** Found requests as lines of a queue, as this reader may see them. */
export function showLines(deps: Deps, reader: Reader, page: Page<QueuedCase>): Promise<Presented<Page<QueueLine>>> {
  const asked = page.rows.map((r) => ({ state: r.case, wrappedKey: r.wrappedKey, refs: lineRefs(r.case) }));
  return present(deps, reader, asked, (show) => ({
    next: page.next,
    rows: page.rows.map((row) => lineOf(deps, row, show(row.index.caseId))),
  }));
}

function lineOf(deps: Deps, { index, case: state, handOver, unread }: QueuedCase, show: Show): QueueLine {
  const rules = deps.rules();
  const item = judgedItem(deps, state.verdict) ?? toldItem(deps, state);
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
    place: state.place,
    placeName: state.place === null ? null : rules.placeName(state.place),
    peer: index.peer,
    handOver,
    next: nextStep(state, { holder: index.responsible, callbackAttempts: deps.node.callbackAttempts }),
    additionsUnread: unread,
    units: index.units,
    due: index.due,
    registeredAt: index.registeredAt,
    changedAt: index.changedAt,
    requester: shownText(show, state, "requester.name"),
    summary: summaryOf(shownText(show, state, "text")),
  };
}

/** As the other desk judged it, where this one has not: the row says of the matter what the request says. */
function toldItem(deps: Deps, { told }: Case): ReturnType<typeof judgedItem> {
  const said = told?.item?.value;
  return typeof said === "string" ? deps.rules().item(said) : null;
}

function lineRefs(state: Case): readonly Sealed[] {
  return [state.sealed["requester.name"], state.sealed["text"]].filter((r) => r !== undefined);
}

function shownText(show: Show, state: Case, field: string): string | null {
  const ref = state.sealed[field];
  return ref === undefined ? null : show(ref).value;
}

function summaryOf(text: string | null): string {
  // Masked before it is cut: half a number at the cut would not be known as one.
  return Array.from(maskNumbersInText(text ?? ""))
    .slice(0, SUMMARY_LENGTH)
    .join("");
}
