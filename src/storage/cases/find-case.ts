import type { CommandRecord } from "../../app/ports/store.ts";
import type { CaseId, CommandId, LinkageId, OrderId, RequestNo, UserId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import type { Statement } from "../statement.ts";
import { run, statement } from "../statement.ts";
import { isUuid } from "./parse.ts";

// Parts split off under one number share it: the number names the first of them.
const BY_NO = statement(`
  select case_id from liandong.cases where home_region = $1 and request_no = $2 order by registered_at, case_id limit 1`);
const BY_LINKAGE = statement(`select case_id from liandong.linkages where home_region = $1 and linkage_id = $2`);
const BY_ORDER = statement(`select case_id from liandong.orders where home_region = $1 and order_id = $2`);
const COMMAND = statement(`
  select digest, answer, user_id from liandong.commands where home_region = $1 and command_id = $2`);

async function caseIdBy(store: Store, hot: Statement, key: string): Promise<CaseId | null> {
  const [row] = await run<{ case_id: CaseId }>(store.pool, hot, [store.home, key]);
  return row?.case_id ?? null;
}

/** The request a number belongs to; of several under one number the one registered first. */
export function findCaseByNo(store: Store, requestNo: RequestNo): Promise<CaseId | null> {
  return caseIdBy(store, BY_NO, requestNo);
}

export async function findCaseByLinkage(store: Store, linkageId: LinkageId): Promise<CaseId | null> {
  return isUuid(linkageId) ? caseIdBy(store, BY_LINKAGE, linkageId) : null;
}

export async function findCaseByOrder(store: Store, orderId: OrderId): Promise<CaseId | null> {
  return isUuid(orderId) ? caseIdBy(store, BY_ORDER, orderId) : null;
}

/** What a command was answered when it was carried out. */
export async function findCommand(store: Store, id: CommandId): Promise<CommandRecord | null> {
  if (!isUuid(id)) return null;
  type Row = { readonly digest: string; readonly answer: unknown; readonly user_id: UserId | null };
  const [row] = await run<Row>(store.pool, COMMAND, [store.home, id]);
  return row === undefined ? null : { digest: row.digest, answer: row.answer, user: row.user_id };
}
