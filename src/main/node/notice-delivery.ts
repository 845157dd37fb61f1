import { join } from "node:path";
import { openCaseKey, openTexts, refKey } from "../../app/case-keys.ts";
import type { Deps } from "../../app/deps.ts";
import type { ReadLogRow } from "../../app/ports/read-log.ts";
import type { LockedValue, NoticeRow } from "../../app/ports/store.ts";
import type { Notify } from "../../app/ports/notify.ts";
import type { NodeConfig } from "../config/load.ts";
import type { CaseId } from "../../kernel/index.ts";
import { createFileSender, createHttpSender, noticeText } from "../../notify/index.ts";

/** A notice on its way: resolved when it went, rejected with why it did not. */
export type Sending = { readonly notice: NoticeRow; readonly gone: Promise<void> };

/**
 * Makes text and address of notices at the last moment and hands them to the sender. The numbers of all requesters come from the
 * vault in one question and are logged as read before the first is sent.
 */
export function createDeliver(
  deps: Deps,
  config: Pick<NodeConfig, "storage" | "notify">,
): (notices: readonly NoticeRow[]) => Promise<readonly Sending[]> {
  const sender = senderOf(config);
  return async (notices) => {
    const requesters = await requestersOf(deps, notices);
    return notices.map((notice) => ({ notice, gone: send(deps, sender, notice, requesters) }));
  };
}

async function send(deps: Deps, sender: Notify, notice: NoticeRow, requesters: Locked): Promise<void> {
  const { address, checkCode } = await addressOf(deps, requesters, notice);
  if (address === null) throw new Error("NOTICE_ADDRESS_UNKNOWN");
  const told = checkCode === null ? {} : { checkCode };
  const text = noticeText(notice.template, { ...notice.params, ...told });
  if (!text.ok) throw new Error(text.error.code);
  await sender.send({ notice, address, text: text.value });
}

const GATEWAY_MS = 10_000;

/** The gateway where one is configured, else files that somebody reads. */
function senderOf({ notify, storage }: Pick<NodeConfig, "storage" | "notify">): Notify {
  if (notify?.url === undefined) return createFileSender(join(storage.files, "notices"));
  return createHttpSender({ url: notify.url, secret: notify.secret ?? "", fetch, timeoutMs: GATEWAY_MS });
}

type Address = { readonly address: string | null; readonly checkCode: string | null };

const NOWHERE: Address = { address: null, checkCode: null };
const PHONE = "requester.phone";
const CHECK_CODE = "checkCode";

/** Sealed values of requesters as they came from the vault. */
type Locked = ReadonlyMap<CaseId, readonly LockedValue[]>;

/** Opened notice by notice: a value that cannot be opened holds up no other. */
async function addressOf(deps: Deps, locked: Locked, { unit, caseId, template }: NoticeRow): Promise<Address> {
  if (unit !== null) return { address: deps.rules().unit(unit)?.dutyPhone ?? null, checkCode: null };
  if (caseId === null) return NOWHERE;
  const open = async (field: string): Promise<string | null> => {
    const found = locked.get(caseId)?.find(({ row }) => row.field === field);
    if (found === undefined) return null;
    const caseKey = await openCaseKey(deps.keys, caseId, found.wrappedKey);
    return openTexts(deps.keys, caseKey, [found.row]).get(refKey(found.row)) ?? null;
  };
  const address = await open(PHONE);
  // Only who has just registered is told the code.
  const coded = address !== null && template === "requestRegistered";
  return { address, checkCode: coded ? await open(CHECK_CODE) : null };
}

/** Number and check code of the requesters who are written to, in one question; that they are read is logged first. */
async function requestersOf(deps: Deps, notices: readonly NoticeRow[]): Promise<Locked> {
  const told = notices.flatMap(({ template, unit, caseId }) =>
    unit === null && caseId !== null ? [{ template, caseId }] : [],
  );
  const values = await deps.store.loadStanding([...new Set(told.map(({ caseId }) => caseId))], [PHONE, CHECK_CODE]);
  const locked = new Map<CaseId, readonly LockedValue[]>();
  for (const value of values) locked.set(value.row.caseId, [...(locked.get(value.row.caseId) ?? []), value]);
  const hasPhone = (caseId: CaseId): boolean => locked.get(caseId)?.some(({ row }) => row.field === PHONE) === true;
  const at = deps.clock.now();
  const reading = told
    .filter(({ caseId }) => hasPhone(caseId))
    .map(
      ({ template, caseId }): ReadLogRow => ({
        at,
        reader: { kind: "user", id: "notify" },
        purpose: `notice ${template}`,
        caseIds: [caseId],
        fields: [PHONE],
      }),
    );
  await deps.readLog.write(reading);
  return locked;
}
