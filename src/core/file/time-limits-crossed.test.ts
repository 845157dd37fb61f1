import { describe, expect, test } from "vitest";
import type { CommandId, Instant } from "../../kernel/index.ts";
import { plusMs } from "../../kernel/index.ts";
import { openCalendar } from "../clock/index.ts";
import type { WorkCalendar } from "../clock/index.ts";
import {
  aTimedDesk,
  clockOf,
  dispatched,
  DISPATCH,
  fire,
  HOUR,
  limits,
  orderOf,
  registered,
} from "./timed-desk.test-data.ts";
import { freshId, put, registration, sealed, tell, tick } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const note = sealed("reason.1");
const pause = (subject: string) => ({ type: "pauseClock", subject, reason: "awaitsOther", note: null }) as const;
const ask = (subject: string, amount: number) =>
  ({ type: "askExtension", subject, amount, reason: "complex", note }) as const;
const caseId = (desk: Desk): string => desk.file.case?.id ?? "";
const clockEvents = (desk: Desk) => desk.log.at(-1)?.clockEvents.flatMap(({ events }) => events) ?? [];

describe("a danger that must be dialled because no 110 is linked (nmg:2.2.1)", () => {
  const alone = (desk: Desk): Desk => {
    desk.context = { ...desk.context, peers: [] };
    return desk;
  };

  test("lets no clock stand still: neither the request's nor an order's", () => {
    const desk = alone(dispatched());
    tell(desk, { type: "danger", machineSuspected: false, sealed: [] });
    const subjects = [caseId(desk), ...desk.file.orders.filter(({ kind }) => kind === "work").map(({ id }) => id)];
    expect(subjects.map((subject) => tell(desk, pause(subject)))).toEqual(subjects.map(() => "CLOCK_DANGER_OPEN"));
  });

  test("ends every pause", () => {
    const desk = alone(dispatched());
    expect(tell(desk, pause(caseId(desk)))).toBe("ok");
    tell(desk, { type: "danger", machineSuspected: false, sealed: [] });
    expect(clockOf(desk, "conclude").status).toBe("running");
  });

  test("gives nobody more time, also when it was registered as one", () => {
    const desk = alone(aTimedDesk());
    tell(desk, registration({ danger: true }));
    expect(tell(desk, ask(orderOf(desk), 24))).toBe("CLOCK_DANGER_OPEN");
  });
});

const SHIFTS = [
  {
    code: "all",
    hours: "always@1",
    nameZh: "全天",
    nameEn: "all day",
    from: 0,
    to: 1_440,
    days: "12345",
    season: null,
    validFrom: "2020-01-01",
    validTo: null,
    source: "yn:4.3.3",
    basis: "default" as const,
  },
];

function calendar(version: string, holidays: readonly string[], shifts = SHIFTS): WorkCalendar {
  const years = [2026, 2027].map((year) => ({ year, status: "published" as const, sourceZh: "示例" }));
  const days = holidays.map((day) => ({ day, kind: "holiday" as const, nameZh: "示例", nameEn: "Example" }));
  return openCalendar({ version, years, days, shifts } as Parameters<typeof openCalendar>[0]);
}

/** A desk with a request of five working days in hand, and the means to put another calendar under it. */
function counting(holidays: readonly string[]) {
  const { clock } = limits({ unit: "workingDays", amount: 5, extensionMax: 5 });
  const desk = aTimedDesk();
  const use = (next: WorkCalendar): void => {
    desk.context = { ...desk.context, clock: { ...clock, calendar: next } };
  };
  use(calendar("cn@1", holidays));
  registered(desk);
  tell(desk, DISPATCH);
  const days = ["24", "25", "26", "27"].map((day) => `${clockOf(desk, "conclude").startedAt.slice(0, 8)}${day}`);
  return { desk, use, days };
}

describe("a calendar that was published since (nmg:2.2.5)", () => {
  test("an extension is not too late by a due time that has moved", () => {
    const { desk, use, days } = counting([]);
    const due = clockOf(desk, "conclude").due?.at ?? ("" as Instant);
    use(calendar("cn@2", days));
    const by = { kind: "user", id: "u1", node: desk.context.self } as const;
    const id = freshId() as CommandId;
    expect(put(desk, { via: "command", id, at: plusMs(due, HOUR), by, command: ask(caseId(desk), 2) })).toBe("ok");
  });

  test("nor is it said to move nothing", () => {
    const { desk, use } = counting(counting([]).days);
    use(calendar("cn@2", []));
    expect(tell(desk, ask(caseId(desk), 2))).toBe("ok");
  });

  test("what it moves is put down to nobody's command (P6)", () => {
    const { desk, use, days } = counting([]);
    use(calendar("cn@2", days));
    tell(desk, { type: "amend", facts: {}, sealed: [sealed("note.9")] });
    const moved = clockEvents(desk).filter(({ type }) => type === "ClockRecalculated");
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.map(({ by }) => by.kind)).toEqual(moved.map(() => "timer"));
  });

  test("a node that has not seen it yet counts nothing back", () => {
    const { desk, use, days } = counting([]);
    use(calendar("cn@2", days));
    put(desk, { via: "clocks", at: tick(1_000) });
    use(calendar("cn@1", []));
    put(desk, { via: "clocks", at: tick(1_000) });
    expect(clockEvents(desk)).toEqual([]);
  });
});

test("the end of a wait that cannot be counted is told to the operator, and does not ring at once again (nmg:2.2.1)", () => {
  const { desk, use } = counting([]);
  tell(desk, { type: "awaitRequester", subject: orderOf(desk), days: 2, note });
  use(calendar("cn@0", [], []));
  const waiting = clockOf(desk, "reply");
  fire(desk, waiting, waiting.awaitUntil ?? ("" as Instant));
  expect(desk.log.at(-1)?.faults).toMatchObject([{ code: "limitNotCounted" }]);
});
