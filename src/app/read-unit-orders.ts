import { may } from "../core/access/index.ts";
import type { Actor } from "../core/access/index.ts";
import type { Case } from "../core/case/index.ts";
import type { Linkage } from "../core/linkage/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { CaseId, Result, Sealed, UnitCode } from "../kernel/index.ts";
import type { Deps } from "./deps.ts";
import type { Page } from "./ports/queries.ts";
import type { FieldShown, UnitOrderLine } from "./present/cards.ts";
import { present, readerOf } from "./present/door.ts";
import type { Presented } from "./present-brand.ts";
import { clockRefs } from "./present/due-view.ts";
import { orderView } from "./present/request-view.ts";
import { judgedItem } from "./present/judged-item.ts";
import type { ReadRefusal } from "./read-requests.ts";
import { fileOf } from "./write-file.ts";

const UNIT_FIELDS = ["requester.name", "requester.phone", "requester.contact", "address", "text"];

/** The orders of the clerk's own unit, with what the unit must know to handle them. @source nmg:2.2.2 @req REQ-24 */
export async function readUnitOrders(
  deps: Deps,
  actor: Actor,
  query: { readonly open: boolean; readonly cursor: string | null; readonly limit: number },
): Promise<Result<Presented<Page<UnitOrderLine>>, ReadRefusal>> {
  if (!may(actor, "readUnitOrders", null) || actor.unit === null) return err({ code: "FORBIDDEN" });
  const unit: UnitCode = actor.unit;
  const found = await deps.queries.unitOrders(unit, query.open, query.cursor, query.limit);
  // An order that was taken back is no business of the unit any more, nor is the caller's number.
  const page = { ...found, rows: found.rows.filter(({ order }) => order.status !== "recalled") };
  const rules = deps.rules();
  const pushes = await pushStates(
    deps,
    page.rows.flatMap(({ case: state }) => (state.danger ? [state.id] : [])),
  );
  const asked = mergeAsked(
    page.rows.map(({ order, clocks, case: state, wrappedKey }) => ({
      state,
      wrappedKey,
      refs: [...baseRefs(state), order.instruction, order.reply, ...clockRefs(clocks)].filter((r) => r !== null),
    })),
  );
  return ok(
    await present(deps, readerOf(actor, "unitOrders"), asked, (show) => ({
      next: page.next,
      rows: page.rows.map(({ order, clocks, case: state }) => {
        const item = judgedItem(deps, state.verdict);
        const file = { case: state, linkages: [], orders: [order], clocks };
        return {
          order: orderView(rules, actor, file, order, show(state.id)),
          push: pushes.get(state.id) ?? null,
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

/** Whoever called danger is told what became of it; a unit sees no more of a hand-over than that. @source nmg:2.2.2 */
async function pushStates(
  deps: Deps,
  ids: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, NonNullable<UnitOrderLine["push"]>>> {
  const states = new Map<CaseId, NonNullable<UnitOrderLine["push"]>>();
  for (const id of new Set(ids)) {
    const { linkages } = fileOf(await deps.store.loadFile(id));
    const pushed = linkages.filter((l) => l.kind === "urgent" && l.role === "S");
    const newest = pushed.findLast((l) => l.state !== "ended") ?? pushed.at(-1);
    if (newest !== undefined) states.set(id, pushState(newest));
  }
  return states;
}

function pushState({ state, k, kShown, signedAt }: Linkage): NonNullable<UnitOrderLine["push"]> {
  if (state === "ended") return "ended";
  if (kShown < k) return "sent";
  return signedAt === null ? "onScreen" : "signed";
}

/** What the requester said and how to reach him, as far as the unit's scope goes. */
function baseRefs(state: Case): readonly Sealed[] {
  return Object.values(state.sealed).filter((s) => UNIT_FIELDS.includes(s.field) || s.field.startsWith("note."));
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
