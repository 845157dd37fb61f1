import { ACCESS_TABLE } from "../../core/access/index.ts";
import type { Action, Actor, Role } from "../../core/access/index.ts";
import type { CommandName } from "../command-input.ts";
import type { ForOthersCard } from "./cards.ts";

type Row = { readonly action: Action; readonly roles: readonly Role[]; readonly unitRoles?: readonly Role[] };
const rows: readonly Row[] = ACCESS_TABLE;

/** The permission a command needs. */
export function actionOf(name: CommandName): Action {
  return name === "orderDanger" ? "danger" : name;
}

/** Those of the open commands that only other roles may give, so that a screen can say who does it. @req REQ-56 */
export function forOthers(actor: Pick<Actor, "roles">, names: readonly CommandName[]): readonly ForOthersCard[] {
  return names.flatMap((command): readonly ForOthersCard[] => {
    const row = rows.find((one) => one.action === actionOf(command));
    const roles = [...new Set([...(row?.roles ?? []), ...(row?.unitRoles ?? [])])];
    return roles.length === 0 || roles.some((one) => actor.roles.includes(one)) ? [] : [{ command, roles }];
  });
}
