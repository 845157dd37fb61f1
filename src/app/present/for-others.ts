import { ACCESS_TABLE } from "../../core/access/index.ts";
import type { Action, Actor, Role } from "../../core/access/index.ts";
import type { CommandName } from "../command-input.ts";
import type { ForOthersCard } from "./cards.ts";

type Row = { readonly action: Action; readonly roles: readonly Role[]; readonly unitRoles?: readonly Role[] };
const table: readonly Row[] = ACCESS_TABLE;

/** Who may give what, said once: every request that is shown asks it for each of its open commands. */
const ROLES: ReadonlyMap<Action, readonly Role[]> = new Map(
  table.map(({ action, roles, unitRoles = [] }) => [action, [...new Set([...roles, ...unitRoles])]]),
);

/** The permission a command needs. */
export function actionOf(name: CommandName): Action {
  return name === "orderDanger" ? "danger" : name;
}

/** Those of the open commands that only other roles may give, so that a screen can say who does it. @req REQ-56 */
export function forOthers(actor: Pick<Actor, "roles">, names: readonly CommandName[]): readonly ForOthersCard[] {
  return names.flatMap((command): readonly ForOthersCard[] => {
    const roles = ROLES.get(actionOf(command)) ?? [];
    return roles.length === 0 || roles.some((one) => actor.roles.includes(one)) ? [] : [{ command, roles }];
  });
}
