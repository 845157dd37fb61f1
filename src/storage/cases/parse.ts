import type { DueTimer, NoticeRow } from "../../app/ports/store.ts";
import type { Case } from "../../core/case/index.ts";
import type { Clock } from "../../core/clock/index.ts";
import type { Linkage, LinkageMessage } from "../../core/linkage/index.ts";
import type { Order } from "../../core/order/index.ts";
import { isInstant } from "../../kernel/index.ts";
import type { CaseId, Instant, UnitCode } from "../../kernel/index.ts";

/** Our own rows come back as what we wrote; these checks catch a row of another kind or of a half-done restore. */
function recordWith(value: unknown, what: string, fields: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`stored ${what} is not an object`);
  const record = value as Readonly<Record<string, unknown>>;
  for (const field of fields) {
    if (record[field] === undefined) throw new Error(`stored ${what} has no ${field}`);
  }
  return record;
}

/** A stored state row of a request. */
export function parseCase(value: unknown): Case {
  recordWith(value, "case", ["id", "requestNo", "status", "version"]);
  return value as Case;
}

/** A stored state row of an order. */
export function parseOrder(value: unknown): Order {
  recordWith(value, "order", ["id", "caseId", "unit", "status", "dispatchedAt"]);
  return value as Order;
}

/** A clock as stored; null = it cannot be read. Only here that is no fault: nothing waits for a clock. */
export function parseClock(value: unknown): Clock | null {
  const known = isRecord(value) && CLOCK_FIELDS.every((field) => value[field] !== undefined);
  if (!known || !Array.isArray(value["spans"]) || !Number.isInteger(value["version"])) return null;
  const { policy } = value;
  return isRecord(policy) && Array.isArray(policy["marks"]) ? (value as Clock) : null;
}

const CLOCK_FIELDS = ["id", "subject", "status", "owner", "marked"];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A stored state row of a linkage; its inside is known to core/linkage only. */
export function parseLinkage(value: unknown): Linkage {
  recordWith(value, "linkage", []);
  return value as Linkage;
}

/** A stored message between nodes. */
export function parseMessage(value: unknown): LinkageMessage {
  recordWith(value, "message", ["id", "conversation", "seq", "sender", "receiver", "body"]);
  return value as LinkageMessage;
}

/** What the list of a handling unit filters and sorts by. */
export function orderColumns(state: unknown): {
  readonly unit: UnitCode;
  readonly open: boolean;
  readonly dispatchedAt: Instant;
} {
  const { unit, endedAt, dispatchedAt } = parseOrder(state);
  if (!isInstant(dispatchedAt)) throw new Error("an order without the instant of its dispatch");
  return { unit, open: endedAt === null, dispatchedAt };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be an id at all; what cannot is not in the database, so it is not asked for. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** A stored timer; owner and kind were checked when it was set. */
export function parseTimer(owner: string, ownerId: string, caseId: CaseId, kind: string, dueAt: Instant): DueTimer {
  return { owner: owner as DueTimer["owner"], ownerId, caseId, kind: kind as DueTimer["kind"], dueAt };
}

/** A stored message to a person. */
export function parseNotice(
  id: string,
  caseId: CaseId | null,
  to: string,
  unit: UnitCode | null,
  template: string,
  params: unknown,
): NoticeRow {
  recordWith(params, "notice", []);
  return { id, caseId, to: to as NoticeRow["to"], unit, template, params: params as NoticeRow["params"] };
}
