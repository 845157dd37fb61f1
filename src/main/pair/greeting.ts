import type { Role } from "../../app/ports/accounts.ts";
import type { DemoAccount } from "./demo-accounts.ts";
import { DESKS } from "./desks.ts";
import type { Desk } from "./desks.ts";

/** What a started pair tells whoever started it. */
type Started = {
  readonly urls: Readonly<Partial<Record<Desk["name"], string>>>;
  readonly accounts: readonly DemoAccount[];
};

type Group = { readonly role: Role; readonly may: Readonly<Record<Desk["side"], string>> };

/** By the highest role of an account; what it may do is core/access in half a line. */
const GROUPS: readonly Group[] = [
  {
    role: "callTaker",
    may: {
      hotline: "登记、受理、派单、移交、回访；不能办结 all but concluding",
      police: "登记、受理、派警、移交、签收推送；不能办结 all but concluding",
    },
  },
  {
    role: "dispatcher",
    may: {
      hotline: "另可办结、收回工单、替单位答复 also conclude, recall, reply",
      police: "另可办结、结束险情、替单位反馈 also conclude, end danger, reply",
    },
  },
  {
    role: "supervisor",
    may: {
      hotline: "另可看督导、重发死信 also supervision, dead letters",
      police: "另可看督导、重发死信 also supervision, dead letters",
    },
  },
  {
    role: "unitClerk",
    may: {
      hotline: "只办本单位工单：签收、到场、答复、报险 orders of the own unit",
      police: "只办本单位警单：签收、到场、反馈、报险 orders of the own unit",
    },
  },
  {
    role: "operator",
    may: {
      hotline: "看链路、告警、死信，不看诉求 links and alarms, no requests",
      police: "看链路、告警、死信，不看诉求 links and alarms, no requests",
    },
  },
];

/** Addresses and accounts, each with what it may do and the unit it acts for; no line wider than 80 columns. */
export function greeting({ urls, accounts }: Started): readonly string[] {
  const desks = DESKS.filter(({ name }) => urls[name] !== undefined).flatMap(({ name, title, side }) => [
    "",
    `${title}: ${urls[name]}`,
    ...GROUPS.flatMap(({ role, may }) => {
      const own = accounts.filter((a) => a.node === name && highest(a) === role);
      return own.length === 0 ? [] : [`  ${may[side]}`, ...own.map((a) => `    ${accountLine(a)}`)];
    }),
  ]);
  return [
    "",
    "联动 Liandong 已就绪 is ready",
    ...desks,
    "",
    "账号、单位仅供演示，口令保存在数据目录。 Accounts and units are invented.",
    "按 Ctrl-C 停止。 Press Ctrl-C to stop.",
  ];
}

function highest({ roles }: DemoAccount): Role | undefined {
  return GROUPS.findLast(({ role }) => roles.includes(role))?.role;
}

function accountLine({ login, password, displayName, unitName }: DemoAccount): string {
  return `${login.padEnd(13)} ${password}  ${unitName ?? displayName}`;
}
