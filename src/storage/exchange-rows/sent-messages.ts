import type { LinkageMessage } from "../../core/linkage/index.ts";
import type { MessageId } from "../../kernel/index.ts";
import { parseMessage } from "../cases/parse.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";

const BY_ID = statement(`select message from liandong.outbox where home_region = $1 and message_id = any($2::uuid[])`);

/** Messages this node has sent or will send, by id: a receipt names only ids. */
export function createSentMessages(store: Store): (ids: readonly MessageId[]) => Promise<readonly LinkageMessage[]> {
  return async (ids) => {
    if (ids.length === 0) return [];
    const rows = await run<{ readonly message: unknown }>(store.pool, BY_ID, [store.home, ids]);
    return rows.map((row) => parseMessage(row.message));
  };
}
