import { type Kind, KINDS, MESSAGES } from "./messages.ts";

/** The table of a kind in the intermediate database. */
export function tableOf(kind: Kind): string {
  return `jhk.lk_${MESSAGES[kind].path}`;
}

/** Columns of a kind besides those that every table has. `flowid` is among those of every table. */
export function columnsOf(kind: Kind): readonly string[] {
  return MESSAGES[kind].members.filter((member) => member !== "FLOWID").map((member) => member.toLowerCase());
}

/** Statements that make schema and tables where they are not there yet; docs/legacy.md, 2.3. */
export function schemaStatements(oneRowPerFlow: boolean): readonly string[] {
  return [
    "create schema if not exists jhk",
    ...KINDS.flatMap((kind) => {
      const table = tableOf(kind);
      const unique = `create unique index if not exists lk_${MESSAGES[kind].path}_flowid on ${table} (flowid, fx)`;
      return [tableStatement(kind), ...(oneRowPerFlow ? [unique] : [])];
    }),
  ];
}

function tableStatement(kind: Kind): string {
  const own = columnsOf(kind).map((column) => `  ${column} text not null default ''`);
  const link = kind === "M0" || kind === "M1" ? ["  ljzt text not null default ''"] : [];
  const columns = [
    "  xh bigserial primary key",
    "  fx text not null check (fx in ('1', '2'))",
    "  flowid text not null",
    ...own,
    ...link,
    "  pushstatus text not null default '0' check (pushstatus in ('0', '1', '2'))",
    "  pushtime timestamp",
    "  acktime timestamp",
    "  xt_rksj timestamp not null default (now() at time zone 'Asia/Shanghai')",
    "  xt_gxsj timestamp not null default (now() at time zone 'Asia/Shanghai')",
    "  seatno text not null default ''",
  ];
  return `create table if not exists ${tableOf(kind)} (\n${columns.join(",\n")}\n)`;
}
