import type { LinkageId } from "../../kernel/index.ts";
import type { LinkageCommandType } from "./command.ts";
import { mayHold } from "./condition.ts";
import { knownRefusalOf } from "./guard.ts";
import type { GuardName } from "./guard.ts";
import { getLinkage } from "./linkage.ts";
import type { LinkageFile } from "./linkage.ts";
import type { LinkageRefusalCode } from "./refusal.ts";
import { LINKAGE_RULES } from "./rules.ts";
import type { LinkageRules } from "./rules.ts";

const COMMANDS = [
  "negotiate",
  "hold",
  "ruling",
  "withdraw",
  "add",
  "close",
  "reopen",
  "accept",
  "absorb",
  "return",
  "progress",
  "conclude",
  "readAdditions",
  "shown",
  "sign",
  "end",
  "readNotice",
  "grant",
  "decline",
  "endSupport",
] as const satisfies readonly LinkageCommandType[];

const OFFER: readonly GuardName[] = ["holder", "confirmedGrant", "oneOpenOffer"];

/**
 * The commands a screen may show now, read from the same table rows that decide: on one linkage, or with null on the
 * request itself. `push` is always among them (P3), and on the
 * request `notify` and `askSupport`, which move nothing, and `askJoint` (section 4). What only the command can tell (its target, the clock) is not asked,
 * so a shown command can still be refused.
 */
export function allowedLinkageCommands(
  file: LinkageFile,
  linkageId: LinkageId | null,
  rules: LinkageRules = LINKAGE_RULES,
): readonly LinkageCommandType[] {
  const opening: readonly LinkageCommandType[] = offerRefusal(file) === null ? ["push", "offer"] : ["push"];
  if (linkageId === null) return [...opening, "notify", "askSupport", "askJoint"];
  const linkage = getLinkage(file, linkageId);
  const onIt = COMMANDS.filter((type) =>
    rules
      .rowsFor(linkage.kind, linkage.role, linkage.state, `command:${type}`)
      .some((row) => mayHold(row.when ?? [], linkage) && knownRefusalOf(row.guards ?? [], file, linkage) === null),
  );
  const holdsIt = linkage.role === "R" && linkage.state === "accepted";
  return holdsIt ? [...opening, ...onIt] : ["push", ...onIt];
}

/** Why the request cannot be offered to anybody now; null when it can. */
export function offerRefusal(file: LinkageFile): LinkageRefusalCode | null {
  return knownRefusalOf(OFFER, file, null);
}
