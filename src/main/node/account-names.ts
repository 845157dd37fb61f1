import type { Accounts } from "../../app/ports/accounts.ts";
import type { Clock } from "../../app/ports/clock.ts";
import { epochMs } from "../../kernel/index.ts";
import type { ActorRef, NodeCode } from "../../kernel/index.ts";

/** Display names of this node's accounts for histories; events hold only ids. */
export type AccountNames = { readonly learn: () => Promise<void>; readonly nameOf: (by: ActorRef) => string | null };

/** A changed display name shows in histories after this time at the latest; it is looks, not permission. */
const NAMES_MS = 5_000;

export function createAccountNames(accounts: Accounts, clock: Clock, self: NodeCode): AccountNames {
  const names = new Map<string, string>();
  const learned = { at: Number.NEGATIVE_INFINITY };
  return {
    learn: async () => {
      const now = epochMs(clock.now());
      if (Math.abs(now - learned.at) < NAMES_MS) return;
      for (const user of await accounts.users()) names.set(user.id, user.displayName);
      learned.at = now;
    },
    nameOf: (by) => (by.kind === "user" && by.node === self ? (names.get(by.id) ?? null) : null),
  };
}
