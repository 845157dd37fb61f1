import type { TimelineEntry } from "./contract-types.ts";

/**
 * What the request's own copy keeps of something that the hand-over tells in the same step: each of these is the other's echo, and the
 * line after it is the one that says it to a reader. A step that is not named tells something of its own.
 */
const ECHOES: Readonly<Record<string, RegExp>> = {
  CaseReceived: /^message\.(offer|push|notice|support|joint)$/,
  CaseOffered: /^message\.offer$/,
  CaseInformed: /^message\.(notice|support)$/,
  CaseAmended: /^(message\.\w+|command\.end)$/,
  CaseHandedOver: /^message\.accepted$/,
  CaseAccepted: /^(command\.accept|message\.(offer|bound))$/,
  CaseStoodDown: /^(message\.withdrawn|command\.return)$/,
  CaseResultReceived: /^message\.concluded$/,
  CaseReopened: /^(command\.reopen|message\.(reopen|reopened))$/,
  CaseClosed: /^message\.closed$/,
  "command.conclude": /^CaseConcluded$/,
  "command.close": /^CaseClosed$/,
};

/** Whether an entry corrects a coded fact: which one it is stands nowhere else. */
function corrects({ details }: TimelineEntry): boolean {
  const { facts } = details;
  return typeof facts === "object" && facts !== null && Object.keys(facts).length > 0;
}

function isEchoOf(echo: TimelineEntry, row: TimelineEntry): boolean {
  if (echo === row || echo.cause !== row.cause || ECHOES[echo.type]?.test(row.type) !== true) return false;
  return echo.type !== "CaseAmended" || !corrects(echo);
}

/** One entry that says what both said. Where they differ the one that is left has the word. */
function joined(row: TimelineEntry, echoes: readonly TimelineEntry[]): TimelineEntry {
  if (echoes.length === 0) return row;
  const all = [...echoes, row];
  const texts = new Map(all.flatMap((one) => one.texts.map((text) => [text.field, text])));
  return { ...row, details: Object.assign({}, ...all.map(({ details }) => details)), texts: [...texts.values()] };
}

/**
 * The history with every event standing once, though the request and its hand-over both keep it: entries of one cause that say the
 * same become one, with the words, codes and times of both. In the order of `rows`. @source nmg:2.3.1
 */
export function toldOnce(rows: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const leadOf = new Map(
    rows.flatMap((echo) => {
      const lead = rows.find((row) => isEchoOf(echo, row));
      return lead === undefined ? [] : [[echo, lead] as const];
    }),
  );
  return rows.flatMap((row) => {
    if (leadOf.has(row)) return [];
    return [
      joined(
        row,
        rows.filter((echo) => leadOf.get(echo) === row),
      ),
    ];
  });
}
