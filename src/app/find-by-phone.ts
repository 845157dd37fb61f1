import { may } from "../core/access/index.ts";
import type { Actor } from "../core/access/index.ts";
import { isConfidential } from "../core/file/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { Result } from "../kernel/index.ts";
import type { Deps } from "./deps.ts";
import type { Page } from "./ports/queries.ts";
import type { QueueLine } from "./present/cards.ts";
import { readerOf } from "./present/door.ts";
import type { Presented } from "./present-brand.ts";
import { showLines } from "./read-requests.ts";
import { normalPhone } from "./seal-input.ts";

/** The newest of one caller are enough to know what has been said before. */
const MOST = 20;

/** Confidential ones fall away after the question: so many of them hide no other. */
const LOOKED_AT = 200;

/** Fewer digits are no caller's number: they would gather what many have given as a joke or by mistake. */
const FEWEST_DIGITS = 5;

/** How much of the blind index the read log keeps: enough to see that one number was sought again and again, and to ask the key for it. */
const MARK = 12;

/**
 * What a caller has asked before, by the number that rings, newest first. The number is compared by its keyed index and stands nowhere
 * in clear. Every search is in the read log before anything is shown, also one that finds nothing. Confidential requests are never
 * found this way: who they came from is told only for a reason. Errors: FORBIDDEN.
 * @source nmg:2.3.2 @req REQ-57
 */
export async function findByPhone(
  deps: Deps,
  actor: Actor,
  phone: string,
): Promise<Result<Presented<Page<QueueLine>>, { readonly code: "FORBIDDEN" }>> {
  if (!may(actor, "readQueue", null)) return err({ code: "FORBIDDEN" });
  const digits = normalPhone(phone);
  const index = deps.keys.blindIndex(digits);
  const found =
    digits.length < FEWEST_DIGITS
      ? []
      : (
          await deps.queries.queue({
            view: "all",
            status: null,
            item: null,
            place: null,
            unit: null,
            phoneIndex: index,
            regions: actor.regions,
            cursor: null,
            limit: LOOKED_AT,
          })
        ).rows;
  const rows = found.filter((row) => !isConfidential(row.case)).slice(0, MOST);
  const reader = readerOf(actor, "search by number");
  await deps.readLog.write([
    {
      at: deps.clock.now(),
      reader: { kind: "user", id: actor.id },
      purpose: `${reader.purpose} ${index.slice(0, MARK)}`,
      caseIds: rows.map((row) => row.index.caseId),
      fields: ["requester.phone (sought)"],
    },
  ]);
  return ok(await showLines(deps, reader, { rows, next: null }));
}
