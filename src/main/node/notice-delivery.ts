import { join } from "node:path";
import { openCaseKey, openValue } from "../../app/case-keys.ts";
import type { Deps } from "../../app/deps.ts";
import type { NoticeRow } from "../../app/ports/store.ts";
import type { Notify } from "../../app/ports/notify.ts";
import type { NodeConfig } from "../config/load.ts";
import { createFileSender, createHttpSender, noticeText } from "../../notify/index.ts";

/** Makes text and address of a notice at the last moment and hands it to the sender. The number of a requester comes from the vault and is logged as read. */
export function createDeliver(
  deps: Deps,
  config: Pick<NodeConfig, "storage" | "notify">,
): (notice: NoticeRow) => Promise<void> {
  const sender = senderOf(config);
  return async (notice) => {
    const { address, checkCode } = await addressOf(deps, notice);
    if (address === null) throw new Error("NOTICE_ADDRESS_UNKNOWN");
    const told = notice.template === "requestRegistered" && checkCode !== null ? { checkCode } : {};
    const text = noticeText(notice.template, { ...notice.params, ...told });
    if (!text.ok) throw new Error(text.error.code);
    await sender.send({ notice, address, text: text.value });
  };
}

const GATEWAY_MS = 10_000;

/** The gateway where one is configured, else files that somebody reads. */
function senderOf({ notify, storage }: Pick<NodeConfig, "storage" | "notify">): Notify {
  if (notify?.url === undefined) return createFileSender(join(storage.files, "notices"));
  return createHttpSender({ url: notify.url, secret: notify.secret ?? "", fetch, timeoutMs: GATEWAY_MS });
}

type Address = { readonly address: string | null; readonly checkCode: string | null };

async function addressOf(deps: Deps, notice: NoticeRow): Promise<Address> {
  if (notice.unit !== null) return { address: deps.rules().unit(notice.unit)?.dutyPhone ?? null, checkCode: null };
  if (notice.caseId === null) return { address: null, checkCode: null };
  const stored = await deps.store.loadFile(notice.caseId);
  const phone = stored?.case.sealed["requester.phone"];
  if (stored === null || phone === undefined || stored.wrappedKey === null) return { address: null, checkCode: null };
  const caseKey = await openCaseKey(deps.keys, notice.caseId, stored.wrappedKey);
  const rows = await deps.store.loadVault([
    { caseId: notice.caseId, ...phone },
    { caseId: notice.caseId, field: "checkCode", version: 1 },
  ]);
  await deps.readLog.write([
    {
      at: deps.clock.now(),
      reader: { kind: "user", id: "notify" },
      purpose: `notice ${notice.template}`,
      caseIds: [notice.caseId],
      fields: ["requester.phone"],
    },
  ]);
  const value = (field: string): string | null => {
    const row = rows.find((r) => r.field === field);
    return row === undefined ? null : openValue(deps.keys, caseKey, row).value;
  };
  return { address: value("requester.phone"), checkCode: value("checkCode") };
}
