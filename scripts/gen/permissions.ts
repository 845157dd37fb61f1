import { ACCESS_TABLE } from "../../src/core/access/index.ts";
import type { Role } from "../../src/core/access/index.ts";
import { type Generator, madeBy } from "./generator.ts";
import { table } from "./markdown.ts";

const ROLES = ["callTaker", "dispatcher", "unitClerk", "supervisor", "operator"] as const satisfies readonly Role[];

type Row = { readonly action: string; readonly roles: readonly Role[]; readonly unitRoles?: readonly Role[] };

/** docs/generated/permissions.md: which role may do what, from the table that decides it. */
export const permissionsGenerator: Generator = {
  name: "permissions",
  file: "docs/generated/permissions.md",
  make: () =>
    [
      madeBy,
      "# Permissions",
      "",
      "From `ACCESS_TABLE` of `src/core/access`. An empty cell is a refusal (`FORBIDDEN`).",
      "",
      "- **region**: on requests whose place lies in one of the account's divisions; a request without a place is in everybody's.",
      "- **unit**: on requests that have an order of the account's own unit.",
      "",
      ...table(
        ["action", ...ROLES],
        ACCESS_TABLE.map((row) => [`\`${row.action}\``, ...ROLES.map((role) => scopeOf(row, role))]),
      ),
      "",
    ].join("\n"),
};

function scopeOf(row: Row, role: Role): string {
  if (row.roles.includes(role)) return "region";
  return row.unitRoles?.includes(role) === true ? "unit" : "";
}
