import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { hashPassword } from "../../app/sessions/index.ts";
import type { Role } from "../../app/ports/accounts.ts";
import { instantOf } from "../../kernel/index.ts";
import type { RegionCode, UnitCode, UserId } from "../../kernel/index.ts";
import { createStores, migrate, openStore } from "../../storage/index.ts";
import { loadConfig } from "../config/load.ts";
import { createIds } from "../ids.ts";
import { parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";

/** Every role there is, and who that is. */
const ROLE_WORDS: Readonly<Record<Role, readonly [zh: string, en: string]>> = {
  callTaker: ["话务员、接警员", "takes calls"],
  dispatcher: ["派单员、指挥席", "gives orders to units, concludes"],
  unitClerk: ["承办单位（须给出 --unit）", "answers the orders of a unit (needs --unit)"],
  supervisor: ["值班长", "answers for the desk"],
  operator: ["系统运维", "keeps the node running"],
};
const ROLES: readonly Role[] = Object.keys(ROLE_WORDS).filter((name): name is Role => name in ROLE_WORDS);
const SHORTEST_PASSWORD = 12;

/** Makes an account, or changes one: the first accounts of a production node come from here. */
export const userCommand: Command = {
  name: "user",
  summary: [
    "新建或修改账号（口令从文件或标准输入读取）",
    "add or change an account (password from a file or standard input)",
  ],
  usage: [
    "user set LOGIN --config FILE --name NAME --roles ROLE,ROLE [--regions 150100] [--unit CODE] [--password-file FILE] [--inactive]",
    ...Object.entries(ROLE_WORDS).map(([role, [zh, en]]) => `       ${role.padEnd(10)} ${zh} ${en}`),
  ].join("\n"),
  run: async (args) => {
    const { values, flags, rest } = parseArguments(args, {
      values: ["config", "name", "roles", "regions", "unit", "password-file"],
      flags: ["inactive"],
    });
    const login = rest[1];
    if (rest[0] !== "set" || login === undefined || values["config"] === undefined)
      throw new UsageError("须为 expected: user set LOGIN --config FILE …");
    const config = loadConfig(values["config"], process.env);
    const url = config.database.migratorUrl ?? config.database.url;
    await migrate(url);
    const store = openStore(url, { home: config.node.region, max: 1 });
    try {
      const { accounts } = createStores(store);
      const known = await accounts.findByLogin(login);
      const password = flags.has("inactive") && known !== null ? null : readPassword(values["password-file"]);
      const at = instantOf(Date.now());
      await accounts.saveUser(
        {
          id: known?.user.id ?? (createIds(Date.now).next() as UserId),
          login,
          displayName: values["name"] ?? known?.user.displayName ?? login,
          roles: rolesOf(values["roles"]) ?? known?.user.roles ?? [],
          regions: regionsOf(values["regions"]) ?? known?.user.regions ?? [config.node.region],
          unit: values["unit"] === undefined ? (known?.user.unit ?? null) : (values["unit"] as UnitCode),
          active: !flags.has("inactive"),
          demo: false,
        },
        password === null ? null : await hashPassword(password, randomBytes(16)),
        at,
      );
      say(`${known === null ? "已新建 added" : "已修改 changed"} ${login}`);
      return 0;
    } finally {
      await store.close();
    }
  },
};

function regionsOf(text: string | undefined): readonly RegionCode[] | null {
  return text === undefined ? null : text.split(",").map((code) => code as RegionCode);
}

function rolesOf(text: string | undefined): readonly Role[] | null {
  if (text === undefined) return null;
  return text.split(",").map((name) => {
    const role = ROLES.find((known) => known === name);
    if (role === undefined) throw new UsageError(`没有角色 no role ${name}；可用 roles are ${ROLES.join(", ")}`);
    return role;
  });
}

function readPassword(file: string | undefined): string {
  const password = readFileSync(file ?? 0, "utf8").replace(/\r?\n$/, "");
  if (password.length < SHORTEST_PASSWORD)
    throw new UsageError(
      `口令至少 ${SHORTEST_PASSWORD} 个字符 the password needs at least ${SHORTEST_PASSWORD} characters`,
    );
  return password;
}
