import type { Session, Side } from "./world.ts";

type User = Session["user"];

const user = (
  login: string,
  displayName: string,
  roles: User["roles"],
  unit: readonly [string, string] | null = null,
): User => ({
  id: `u-${login}`,
  login,
  displayName,
  roles,
  regions: ["150100"],
  unit: unit?.[0] ?? null,
  unitName: unit?.[1] ?? null,
});

const ACCOUNTS: Readonly<Record<Side, readonly User[]>> = {
  hotline: [
    user("seat", "坐席 07", ["callTaker", "dispatcher"]),
    user("taker", "坐席 09", ["callTaker"]),
    user("super", "值班长", ["supervisor"]),
    user("unit", "供热值班", ["unitClerk"], ["u-heat", "市供热公司值班室"]),
    user("ops", "运维", ["operator"]),
  ],
  police: [user("seat", "接警席 03", ["callTaker", "dispatcher"]), user("super", "指挥长", ["supervisor"])],
};

/** An account by its login name; everybody's password is "demo". */
export function accountOf(side: Side, login: string): User | null {
  return ACCOUNTS[side].find((one) => one.login === login) ?? null;
}
