import { isDay } from "../../core/catalogue/index.ts";
import { checkSuccessor } from "../../core/directory/index.ts";
import type { DirectoryEntry, Retirement } from "../../core/directory/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Instant, RequestNo, Result, UnitCode } from "../../kernel/index.ts";
import { createStores, createUnits } from "../../storage/index.ts";
import type { Store } from "../../storage/index.ts";
import { parseEntry } from "../node/seed.ts";

/** An order a unit still has. */
export type OpenOrder = { readonly requestNo: RequestNo; readonly dispatchedAt: Instant; readonly status: string };

/**
 * Why a unit does not retire. UNIT_UNKNOWN: `code` is no unit here; DAY_UNKNOWN: that is no day; SUCCESSOR_UNFIT: of the other side, the
 * unit itself, or one that in the end retires too.
 */
export type RetireRefusal =
  | { readonly code: "UNIT_UNKNOWN"; readonly unit: string }
  | { readonly code: "DAY_UNKNOWN" }
  | { readonly code: "SUCCESSOR_UNFIT" };

const PAGE = 200;

/**
 * From a day on a unit takes no new order; null = it takes them again. Nothing is deleted or moved: its open orders stay with it and
 * are given back, newest first. Doing the same again changes nothing. @source nmg:2.3.2 @source yn:4.2.1
 */
export async function retireUnit(
  store: Store,
  code: string,
  retired: { readonly from: string; readonly successor: string } | null,
  at: Instant,
): Promise<Result<readonly OpenOrder[], RetireRefusal>> {
  const table = createUnits(store, parseEntry);
  const units = await table.units();
  const find = (unit: string): DirectoryEntry | null => units.find((entry) => entry.code === unit) ?? null;
  const entry = find(code);
  if (entry === null) return err({ code: "UNIT_UNKNOWN", unit: code });
  const { retired: _before, ...stays } = entry;
  if (retired === null) {
    await table.saveUnits([stays], at);
    return ok([]);
  }
  if (!isDay(retired.from)) return err({ code: "DAY_UNKNOWN" });
  const allowed = checkSuccessor(find, entry, retired.successor);
  if (!allowed.ok)
    return err(
      allowed.error.code === "UNIT_UNKNOWN"
        ? { code: "UNIT_UNKNOWN", unit: retired.successor }
        : { code: "SUCCESSOR_UNFIT" },
    );
  const given: Retirement = { from: retired.from, successor: retired.successor as UnitCode };
  await table.saveUnits([{ ...stays, retired: given }], at);
  return ok(await openOrdersOf(store, entry.code));
}

async function openOrdersOf(store: Store, unit: UnitCode): Promise<readonly OpenOrder[]> {
  const { queries } = createStores(store);
  const orders: OpenOrder[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof queries.unitOrders>> = await queries.unitOrders(unit, true, cursor, PAGE);
    for (const { order, case: state } of page.rows)
      orders.push({ requestNo: state.requestNo, dispatchedAt: order.dispatchedAt, status: order.status });
    cursor = page.next;
  } while (cursor !== null);
  return orders;
}
