import { randomBytes } from "node:crypto";
import { hashPassword } from "../../app/sessions/index.ts";
import type { Accounts, Role, User } from "../../app/ports/accounts.ts";
import type { Instant, RegionCode, UnitCode, UserId } from "../../kernel/index.ts";

/** An account of the demonstration with its password, as it is printed. Functions, never people. */
export type DemoAccount = {
  readonly node: "hotline" | "police";
  readonly login: string;
  readonly password: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly unit: string | null;
};

type Row = Omit<DemoAccount, "password" | "node">;

const HOTLINE: readonly Row[] = [
  { login: "agent1", displayName: "12345话务席01", roles: ["callTaker"], unit: null },
  { login: "agent2", displayName: "12345话务席02", roles: ["callTaker"], unit: null },
  { login: "dispatcher", displayName: "12345派单席", roles: ["callTaker", "dispatcher"], unit: null },
  { login: "supervisor", displayName: "12345值班长", roles: ["callTaker", "dispatcher", "supervisor"], unit: null },
  { login: "unit1", displayName: "市政设施值班", roles: ["unitClerk"], unit: "x150100-municipalWorks" },
  { login: "unit2", displayName: "城市管理值班", roles: ["unitClerk"], unit: "x150100-urbanManagement" },
  { login: "duty", displayName: "政府值班室", roles: ["unitClerk"], unit: "x150100-governmentDutyDesk" },
  { login: "operator", displayName: "系统运维", roles: ["operator"], unit: null },
];

const POLICE: readonly Row[] = [
  { login: "taker1", displayName: "110接警席01", roles: ["callTaker"], unit: null },
  { login: "taker2", displayName: "110接警席02", roles: ["callTaker"], unit: null },
  { login: "dispatcher", displayName: "110指挥席", roles: ["callTaker", "dispatcher"], unit: null },
  { login: "supervisor", displayName: "110值班长", roles: ["callTaker", "dispatcher", "supervisor"], unit: null },
  { login: "patrol", displayName: "指挥中心处警单元", roles: ["unitClerk"], unit: "x150100-policeCommand" },
  { login: "operator", displayName: "系统运维", roles: ["operator"], unit: null },
];

/** Makes the accounts of both desks with fresh passwords. */
export function inventAccounts(): readonly DemoAccount[] {
  const of = (node: DemoAccount["node"], rows: readonly Row[]): DemoAccount[] =>
    rows.map((row) => ({ ...row, node, password: randomBytes(6).toString("base64url") }));
  return [...of("hotline", HOTLINE), ...of("police", POLICE)];
}

/** Puts one desk's demonstration accounts into its database, once. */
export async function saveDemoAccounts(
  accounts: Accounts,
  given: readonly DemoAccount[],
  region: RegionCode,
  newId: () => string,
  at: Instant,
): Promise<void> {
  for (const account of given) {
    if ((await accounts.findByLogin(account.login)) !== null) continue;
    const user: User = {
      id: newId() as UserId,
      login: account.login,
      displayName: account.displayName,
      roles: account.roles,
      regions: [region],
      unit: account.unit === null ? null : (account.unit as UnitCode),
      active: true,
      demo: true,
    };
    await accounts.saveUser(user, await hashPassword(account.password, randomBytes(16)), at);
  }
}
