import { randomBytes } from "node:crypto";
import { hashPassword } from "../../app/sessions/index.ts";
import type { Accounts, Role, User } from "../../app/ports/accounts.ts";
import { DESKS } from "./desks.ts";
import type { Desk } from "./desks.ts";
import type { Instant, RegionCode, UnitCode, UserId } from "../../kernel/index.ts";

/** An account of the demonstration with its password, as it is printed. Functions, never people. */
export type DemoAccount = {
  readonly node: Desk["name"];
  readonly login: string;
  readonly password: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly unit: string | null;
  /** Name of the unit as the invented directory has it. */
  readonly unitName: string | null;
};

type Row = Omit<DemoAccount, "password" | "node">;

const seat = (login: string, displayName: string, ...roles: readonly Role[]): Row => ({
  login,
  displayName,
  roles,
  unit: null,
  unitName: null,
});

const clerk = (login: string, unit: string, unitName: string): Row => ({
  login,
  displayName: `${unitName}值班`.replace(/(值班室?)值班$/, "$1"),
  roles: ["unitClerk"],
  unit,
  unitName,
});

/** What a demonstration sends orders to first: street lamps and roads, city management, the government's duty desk. */
const HOTLINE: readonly Row[] = [
  seat("agent1", "12345话务席01", "callTaker"),
  seat("agent2", "12345话务席02", "callTaker"),
  seat("dispatcher", "12345派单席", "callTaker", "dispatcher"),
  seat("supervisor", "12345值班长", "callTaker", "dispatcher", "supervisor"),
  clerk("unit1", "x150100-municipalWorks", "呼和浩特市市政设施管护中心"),
  clerk("unit2", "x150100-urbanManagement", "呼和浩特市城市管理综合执法局"),
  clerk("duty", "x150100-governmentDutyDesk", "呼和浩特市人民政府24小时值班室"),
  clerk("works-150102", "x150102-municipalWorks", "新城区市政设施管护中心"),
  clerk("urban-150102", "x150102-urbanManagement", "新城区城市管理综合执法局"),
  clerk("duty-150102", "x150102-governmentDutyDesk", "新城区人民政府24小时值班室"),
  clerk("works-150103", "x150103-municipalWorks", "回民区市政设施管护中心"),
  clerk("duty-150103", "x150103-governmentDutyDesk", "回民区人民政府24小时值班室"),
  clerk("works-150104", "x150104-municipalWorks", "玉泉区市政设施管护中心"),
  clerk("duty-150104", "x150104-governmentDutyDesk", "玉泉区人民政府24小时值班室"),
  clerk("works-150105", "x150105-municipalWorks", "赛罕区市政设施管护中心"),
  clerk("duty-150105", "x150105-governmentDutyDesk", "赛罕区人民政府24小时值班室"),
  seat("operator", "系统运维", "operator"),
];

const POLICE: readonly Row[] = [
  seat("taker1", "110接警席01", "callTaker"),
  seat("taker2", "110接警席02", "callTaker"),
  seat("dispatcher", "110指挥席", "callTaker", "dispatcher"),
  seat("supervisor", "110值班长", "callTaker", "dispatcher", "supervisor"),
  clerk("patrol", "x150100-policeCommand", "呼和浩特市公安局110指挥中心"),
  clerk("police-150102", "x150102-policeBranch", "呼和浩特市公安局新城区分局"),
  clerk("police-150103", "x150103-policeBranch", "呼和浩特市公安局回民区分局"),
  seat("operator", "系统运维", "operator"),
];

/** One desk each, with everything its people may do; units of its own only where the invented directory has them. */
const COUNTY: readonly Row[] = [
  seat("taker", "土左旗110接警席", "callTaker", "dispatcher"),
  seat("supervisor", "土左旗110值班长", "callTaker", "dispatcher", "supervisor"),
  clerk("patrol", "x150121-policeBranch", "土默特左旗公安局"),
  seat("operator", "系统运维", "operator"),
];
const WATER: readonly Row[] = [
  seat("desk", "供水值班席", "callTaker", "dispatcher"),
  seat("supervisor", "供水值班长", "callTaker", "dispatcher", "supervisor"),
  seat("operator", "系统运维", "operator"),
];
const CENTRE: readonly Row[] = [
  seat("desk", "综治中心值班席", "callTaker", "dispatcher"),
  seat("supervisor", "综治中心值班长", "callTaker", "dispatcher", "supervisor"),
  seat("operator", "系统运维", "operator"),
];
const ROWS: Readonly<Record<DemoAccount["node"], readonly Row[]>> = {
  hotline: HOTLINE,
  police: POLICE,
  county: COUNTY,
  water: WATER,
  centre: CENTRE,
};

/** Read from a screen and typed by hand: nothing that looks like something else (no l, I, i, 1, o, O, 0). */
const CHARACTERS = "23456789abcdefghjkmnpqrstuvwxyz";
/** Ten of 31 characters are 49 bits. */
const LENGTH = 10;
/** The largest multiple of the characters in a byte: what lies above would favour the first of them. */
const FAIR = 256 - (256 % CHARACTERS.length);

/** A fresh password of a demonstration account. */
function inventPassword(): string {
  let password = "";
  while (password.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      if (byte < FAIR && password.length < LENGTH) password += CHARACTERS.charAt(byte % CHARACTERS.length);
    }
  }
  return password;
}

/** The accounts of all desks: those made before keep their passwords, new ones get a fresh one. */
export function inventAccounts(
  known: readonly Pick<DemoAccount, "node" | "login" | "password">[] = [],
): readonly DemoAccount[] {
  const of = (node: DemoAccount["node"], rows: readonly Row[]): DemoAccount[] =>
    rows.map((row) => ({
      ...row,
      node,
      password: known.find((k) => k.node === node && k.login === row.login)?.password ?? inventPassword(),
    }));
  return DESKS.flatMap(({ name }) => of(name, ROWS[name]));
}

/** Puts one desk's demonstration accounts into its database, once. */
export async function saveDemoAccounts(
  accounts: Accounts,
  given: readonly DemoAccount[],
  region: RegionCode,
  newId: () => string,
  at: Instant,
): Promise<void> {
  const save = async (account: DemoAccount): Promise<void> => {
    if ((await accounts.findByLogin(account.login)) !== null) return;
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
  };
  await Promise.all(given.map(save));
}
