import { describe, expect, test } from "vitest";
import { LINKAGE_TABLES, TIMERS } from "./index.ts";
import type { LinkageKind, LinkageRole, LinkageState, Row } from "./index.ts";

type Node = LinkageState | "-";

/** States that nothing leads out of. Declined is one at S alone: at R an end that crossed it still arrives. */
const END: Readonly<Record<LinkageRole, readonly LinkageState[]>> = {
  S: ["withdrawn", "rejected", "absorbed", "handedBack", "read", "declined"],
  R: ["withdrawn", "rejected", "absorbed", "handedBack", "read"],
};
const KINDS = ["clear", "afterInitialResponse", "urgent", "joint", "notice", "support"] as const;

function rowsOf(kind: LinkageKind): readonly Row[] {
  return LINKAGE_TABLES[kind] ?? [];
}

function statesOf(rows: readonly Row[], role: LinkageRole): ReadonlySet<Node> {
  return new Set(rows.filter((r) => r.role === role).flatMap((r) => [...r.from, ...(r.to === "same" ? [] : [r.to])]));
}

function reachable(rows: readonly Row[], role: LinkageRole): ReadonlySet<Node> {
  const seen = new Set<Node>(["-"]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const r of rows) {
      if (r.role !== role || r.to === "same" || seen.has(r.to) || !r.from.some((f) => seen.has(f))) continue;
      seen.add(r.to);
      grown = true;
    }
  }
  return seen;
}

function leads(role: LinkageRole, state: LinkageState): boolean {
  return rowsOf("clear").some(
    (r) => r.role === role && r.from.includes(state) && r.on.startsWith("command:") && r.to !== "same",
  );
}

const CASES = KINDS.flatMap((kind) => (["S", "R"] as const).map((role) => [kind, role] as const));

describe("the tables, walked (10)", () => {
  test.each(CASES)("every state of %s at %s is reached from birth (10)", (kind, role) => {
    const rows = rowsOf(kind);
    expect([...statesOf(rows, role)].filter((s) => !reachable(rows, role).has(s))).toEqual([]);
  });

  test.each(CASES)("every state of %s at %s that is no end has an exit (10)", (kind, role) => {
    const rows = rowsOf(kind);
    const stuck = [...statesOf(rows, role)].filter(
      (s) =>
        s !== "-" &&
        !END[role].includes(s) &&
        !(kind === "support" && s === "ended") &&
        !rows.some((r) => r.role === role && r.from.includes(s) && r.to !== "same" && r.to !== s),
    );
    expect(stuck).toEqual([]);
  });

  test("every pair of 5.4 that is no end has a command that leads on, at S or at R (10 No dead end)", () => {
    const pairs: readonly (readonly [LinkageState, LinkageState])[] = [
      ["offered", "offered"],
      ["negotiating", "negotiating"],
      ["held", "held"],
      ["returned", "returned"],
      ["accepted", "accepted"],
      ["concluded", "released"],
      ["concluded", "toCallBack"],
      ["closed", "closed"],
    ];
    expect(pairs.filter(([s, r]) => !leads("S", s) && !leads("R", r))).toEqual([]);
  });

  test("row ids are unique in a table and guards stand on commands only (10)", () => {
    for (const kind of KINDS) {
      const ids = rowsOf(kind).map((r) => r.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(rowsOf(kind).filter((r) => r.guards !== undefined && !r.on.startsWith("command:"))).toEqual([]);
    }
  });

  test("no row on the way of a push has a guard, and its conditions leave no gap (6, P3, REQ-17)", () => {
    const onPush = rowsOf("urgent").filter(
      (r) => r.on === "command:push" || r.on === "command:add" || r.on === "message:push",
    );
    expect(onPush.filter((r) => r.guards !== undefined)).toEqual([]);
    for (const from of ["-", "active", "endReported", "ended"] as const) {
      expect(onPush.some((r) => r.on === "message:push" && r.from.includes(from) && r.when === undefined)).toBe(true);
    }
    expect(onPush.find((r) => r.on === "command:push")?.when).toBeUndefined();
    expect(
      rowsOf("urgent")
        .flatMap((r) => [r.on, r.to])
        .filter((x) => /reject|return|withdraw/.test(x)),
    ).toEqual([]);
  });

  test("nothing stops a part that the other desk is asked for, and it cannot come back (4, 6, REQ-23)", () => {
    const onAsk = rowsOf("joint").filter((r) => ["command:askJoint", "command:add", "message:joint"].includes(r.on));
    expect(onAsk.filter((r) => r.guards !== undefined || r.when !== undefined)).toEqual([]);
    expect(onAsk.filter((r) => r.on === "message:joint").flatMap((r) => r.from)).toEqual([
      "-",
      "active",
      "endReported",
      "ended",
    ]);
    const words = rowsOf("joint").flatMap((r) => [r.on, r.to]);
    expect(words.filter((x) => /reject|return|withdraw/.test(x))).toEqual([]);
  });

  test("every timer of section 9 has a row where it runs, and no timer row moves responsibility (9)", () => {
    for (const timer of TIMERS) {
      const kinds = (
        { none: ["notice", "support"], danger: ["urgent"], partner: ["joint"], ordinary: ["clear"] } as const
      )[timer.part];
      const rows = kinds.flatMap(rowsOf).filter((r) => r.role === timer.role && r.on === `timer:${timer.timer}`);
      const at: readonly Node[] = rows.flatMap((r) => [...r.from]);
      expect(timer.in.filter((s) => !at.includes(s))).toEqual([]);
      expect(rows.filter((r) => !["same", "negotiating", "held", "bound"].includes(r.to))).toEqual([]);
    }
  });

  test("every row that takes a message without effect says so, and only a message is noted (2.3)", () => {
    for (const kind of KINDS) {
      expect(rowsOf(kind).filter((r) => r.noted !== undefined && !r.on.startsWith("message:"))).toEqual([]);
    }
  });
});
