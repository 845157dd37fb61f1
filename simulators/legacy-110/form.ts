import { type Body, textsIn } from "../legacy/body.ts";
import { timeDigits } from "../legacy/local-time.ts";
import type { Message } from "./messages.ts";

/** One alarm form (接警单). */
export type Form = { readonly [member: string]: string };
export type Unit = { readonly code: string; readonly name: string };

/** What a person may fill, with the longest text that is kept; docs/legacy.md, 2.5. */
const MEMBERS: { readonly [member: string]: number } = {
  ...lengths(12, "XZQHDM GXDWDM"),
  ...lengths(30, "GLZJJDBH"),
  ...lengths(8, "JQLBDM JQLXDM JQXLDM JQZLDM"),
  ...lengths(4000, "BJNR"),
  ...lengths(200, "JJLX JQLYFS LHLX JJLYH JJYBH JJYXM BJSJ JJSJ JJWCSJ BJDH BJDHYHM BJRMC BJRXBDM LXDH BJDZ JQDZ"),
  ...lengths(200, "GXDWMC GXDWDH JQLBMC JQDJDM JQCLZTDM SFBM GLLX"),
};

/** A form as the system writes it: numbered, cut to the lengths, with what it fills in by itself. `count` from 1. */
export function newForm(
  input: Body,
  unit: Unit,
  at: { readonly now: number; readonly time: string },
  count: number,
): Form {
  const said = textsIn(input, Object.keys(MEMBERS));
  const cut = Object.fromEntries(Object.entries(said).map(([name, text]) => [name, text.slice(0, MEMBERS[name])]));
  const digits = timeDigits(at.now);
  return {
    ...cut,
    BJRMC: cut["BJRMC"] || "匿名",
    BJSJ: cut["BJSJ"] || at.time,
    SFBM: cut["SFBM"] || "0",
    BJRXBDM: cut["BJRXBDM"] || "0",
    JJDWDM: unit.code,
    JJDWMC: unit.name,
    JJDBH: `${unit.code}${digits}${String(count).padStart(6, "0")}`,
    LSH: `${digits.slice(0, 6)}${String(count).padStart(8, "0")}`,
  };
}

/** The form that is made when a person signs an order of 12345. */
export function formOfOrder(order: Message): Body {
  const { LXR, LXDH, BJRXBDM, BJDZ, BJNR, SFBM, XZQHDM } = order;
  return { BJRMC: LXR, LXDH, BJRXBDM, BJDZ, BJNR, SFBM, XZQHDM, JQLYFS: "12345" };
}

/** M1 of a form. The place of the incident stands in for the caller's address. */
export function pushOf(form: Form, wrongUnit: boolean): Body {
  return {
    ...form,
    BJDZ: form["BJDZ"] || form["JQDZ"],
    GXDWMC: wrongUnit ? form["JJDWMC"] : form["GXDWMC"],
    Title: `${form["JQLBMC"] ?? ""}-${form["JJLX"] ?? ""}`,
  };
}

function lengths(most: number, names: string): { readonly [member: string]: number } {
  return Object.fromEntries(names.split(" ").map((name) => [name, most]));
}
