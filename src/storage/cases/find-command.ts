import type { CommandRecord } from "../../app/ports/store.ts";
import type { CommandId, UserId } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { run, statement } from "../statement.ts";
import { isUuid } from "./parse.ts";

const COMMAND = statement(`
  select digest, answer, user_id from liandong.commands where home_region = $1 and command_id = $2`);

/** What a command was answered when it was carried out. */
export async function findCommand(store: Store, id: CommandId): Promise<CommandRecord | null> {
  if (!isUuid(id)) return null;
  type Row = { readonly digest: string; readonly answer: unknown; readonly user_id: UserId | null };
  const [row] = await run<Row>(store.pool, COMMAND, [store.home, id]);
  return row === undefined ? null : { digest: row.digest, answer: row.answer, user: row.user_id };
}
