import { type Body, textIn } from "../legacy/body.ts";

/** M0 order, M1 警单, M2 confirm, M3 return, M4 feedback, M5 call-back; docs/legacy.md, 2.1. */
export type Kind = keyof typeof MESSAGES;
export type Message = { readonly [member: string]: string };

export const MESSAGES = {
  M0: {
    path: "order",
    members: ["FLOWID", "LXR", "LXDH", "BJRXBDM", "BJDZ", "BJNR", "BJSJ", "Title", "SFBM", "XZQHDM"],
  },
  M1: {
    path: "alarm",
    members: [
      "BJDH",
      "BJDHYHM",
      "LXDH",
      "BJDZ",
      "BJNR",
      "BJRXBDM",
      "BJSJ",
      "JJDBH",
      "LSH",
      "JJLX",
      "JJYBH",
      "JJDWDM",
      "JJDWMC",
      "GXDWDM",
      "GXDWMC",
      "GXDWDH",
      "JQLBDM",
      "JQLBMC",
      "SFBM",
      "Title",
      "XZQHDM",
    ],
  },
  M2: { path: "confirm", members: ["FLOWID", "JJDBH", "RECEIVE", "RECEIVETIME"] },
  M3: { path: "return", members: ["FLOWID", "JJDBH", "HANDLEUSERNAME", "HANDLEBMNAME", "HANDLEOPINION", "HANDLETIME"] },
  M4: {
    path: "feedback",
    members: ["FLOWID", "JJDBH", "FKSJ", "CJCZQK", "JQCLJGSM", "FKYBH", "FKYXM", "FKDWDM", "FKDWMC"],
  },
  M5: { path: "callback", members: ["FLOWID", "JJDBH", "HFSJ", "DHHFHSQK", "CLJGDM", "CLJGMC"] },
} as const satisfies Record<string, { readonly path: string; readonly members: readonly string[] }>;

export const KINDS = ["M0", "M1", "M2", "M3", "M4", "M5"] as const satisfies readonly Kind[];

/** Result of a call-back: the table has three levels, the comment of the message five. Both are in use. */
export const RESULTS = {
  http: { "1": "非常满意", "2": "满意", "3": "基本满意", "4": "不满意", "5": "非常不满意" },
  tables: { "1": "满意", "2": "基本满意", "3": "不满意" },
} as const satisfies Record<string, Record<string, string>>;

/** The members of a kind as texts, all of them; what else came is dropped. */
export function messageOf(kind: Kind, body: Body): Message {
  return Object.fromEntries(MESSAGES[kind].members.map((member) => [member, textIn(body, member)]));
}

/** What a newer message replaces an older one by: the alarm number, and without one the order number. */
export function keyOf(message: Message): string {
  return message["JJDBH"] || message["FLOWID"] || "";
}
