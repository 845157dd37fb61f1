import { HAND_OVER_RECEIVER } from "./hand-over-receiver.ts";
import { HAND_OVER_SENDER } from "./hand-over-sender.ts";
import { JOINT } from "./joint-table.ts";
import type { LinkageRole, LinkageState } from "./linkage.ts";
import type { LinkageKind } from "./message.ts";
import { NOTICE } from "./notice-table.ts";
import type { Row } from "./row.ts";
import { SUPPORT } from "./support-table.ts";
import { URGENT } from "./urgent-table.ts";
import type { LinkageTrigger } from "./work.ts";

/** The table of each kind. A kind without a table is not served yet and cannot be born. */
export type LinkageTables = Readonly<Partial<Record<LinkageKind, readonly Row[]>>>;

/** Tables made ready for looking up. */
export type LinkageRules = {
  readonly tables: LinkageTables;
  /** Rows for this step in the order of the table; `-` for a birth. */
  readonly rowsFor: (
    kind: LinkageKind,
    role: LinkageRole,
    from: LinkageState | "-",
    on: LinkageTrigger,
  ) => readonly Row[];
};

const HAND_OVER: readonly Row[] = [...HAND_OVER_SENDER, ...HAND_OVER_RECEIVER];

/** The tables as they ship. */
export const LINKAGE_TABLES: LinkageTables = {
  clear: HAND_OVER,
  afterInitialResponse: HAND_OVER,
  urgent: URGENT,
  joint: JOINT,
  notice: NOTICE,
  support: SUPPORT,
};

/** Makes tables ready; tests pass altered ones. A kind without a table throws when looked up. */
export function rulesOf(tables: LinkageTables): LinkageRules {
  const index = new Map<string, Row[]>();
  for (const [kind, rows] of Object.entries(tables)) {
    for (const row of rows) {
      for (const from of row.from) {
        const key = keyOf(kind, row.role, from, row.on);
        index.set(key, [...(index.get(key) ?? []), row]);
      }
    }
  }
  return {
    tables,
    rowsFor: (kind, role, from, on) => {
      if (tables[kind] === undefined) throw new Error(`no table for linkages of kind ${kind}`);
      const exact = index.get(keyOf(kind, role, from, on)) ?? [];
      const any = on.startsWith("message:") ? (index.get(keyOf(kind, role, from, "message:any")) ?? []) : [];
      return any.length === 0 ? exact : [...exact, ...any];
    },
  };
}

/** What the program runs on. */
export const LINKAGE_RULES: LinkageRules = rulesOf(LINKAGE_TABLES);

function keyOf(kind: string, role: LinkageRole, from: LinkageState | "-", on: LinkageTrigger): string {
  return `${kind} ${role} ${from} ${on}`;
}
