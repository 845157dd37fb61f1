import { timingSafeEqual } from "node:crypto";
import type { Case } from "../core/case/index.ts";
import { parseCheckCode } from "../core/request-number/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { RequestNo, Result } from "../kernel/index.ts";
import { openCaseKey, openTexts, refKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import { findTarget } from "./find-target.ts";

/** How far a request has come, in words the public knows; nothing that was said and nobody's name. */
export type PublicStage = "received" | "handling" | "withOtherDesk" | "concluded" | "closed";

const STAGES: Readonly<Record<Case["status"], PublicStage>> = {
  registered: "received",
  offered: "received",
  accepted: "handling",
  handling: "handling",
  concluded: "concluded",
  handedOver: "withOtherDesk",
  stoodDown: "withOtherDesk",
  closed: "closed",
};

/**
 * What the requester may see with number and check code. A wrong number and a wrong code are the same refusal.
 * Errors: STATUS_UNKNOWN. @source nmg:2.3.1
 */
export async function readPublicStatus(
  deps: Deps,
  no: RequestNo,
  code: string,
): Promise<
  Result<
    { readonly requestNo: RequestNo; readonly stage: PublicStage; readonly changedAt: string },
    { readonly code: "STATUS_UNKNOWN" }
  >
> {
  const stored = await findTarget(deps.store, { kind: "request", no });
  const asked = parseCheckCode(code);
  if (stored === null || stored.wrappedKey === null || asked === null) return err({ code: "STATUS_UNKNOWN" });
  const [row] = await deps.store.loadVault([{ caseId: stored.case.id, field: "checkCode", version: 1 }]);
  if (row === undefined) return err({ code: "STATUS_UNKNOWN" });
  const caseKey = await openCaseKey(deps.keys, stored.case.id, stored.wrappedKey);
  const value = openTexts(deps.keys, caseKey, [row]).get(refKey(row)) ?? "";
  const same = value.length === asked.length && timingSafeEqual(Buffer.from(value), Buffer.from(asked));
  if (!same) return err({ code: "STATUS_UNKNOWN" });
  return ok({ requestNo: no, stage: STAGES[stored.case.status], changedAt: stored.case.changedAt });
}
