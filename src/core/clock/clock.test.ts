import { describe, expect, test } from "vitest";
import {
  allowedClockCommands,
  CLOCK_TABLE,
  evolveClock,
  passedUnits,
  pendingMarks,
  planClockTimer,
  sharesOf,
} from "./index.ts";
import type { Clock, ClockCommand, ClockStatus } from "./index.ts";
import { aCalendar, aPolicy, HEATING, Run, shanghai, shown, WORKS } from "./small-calendar.test-data.ts";

const DONE = { type: "stop", outcome: "done" } as const;
const ASK = { type: "askExtension", amount: 4, reason: "materials" } as const;
const APPROVE = { type: "approveExtension", amount: null } as const;
const HANDED = { type: "changeOwner", owner: HEATING, policy: null } as const;
const HOUR = 3_600_000;

describe("day limits (REQ-70)", () => {
  test("five working days begin on the next working day and end as the fifth closes (yn:4.3.3)", () => {
    expect(new Run({ at: "2025-03-03 00:00" }).due).toBe("2025-03-10 18:00");
    expect(new Run({ at: "2025-03-03 23:59" }).due).toBe("2025-03-10 18:00");
    expect(new Run({ at: "2025-03-08 12:00" }).due).toBe("2025-03-14 18:00");
  });

  test("a working day is lost when it closes during a pause, and only then (nmg:2.2.5)", () => {
    const within = new Run({ at: "2025-03-03 09:00" })
      .does("2025-03-04 10:00", { type: "awaitRequester" })
      .does("2025-03-04 17:59", { type: "resume" });
    expect(within.due).toBe("2025-03-10 18:00");
    const over = new Run({ at: "2025-03-03 09:00" })
      .does("2025-03-04 17:59", { type: "awaitRequester" })
      .does("2025-03-05 09:00", { type: "resume" });
    expect(over.due).toBe("2025-03-11 18:00");
    expect(passedUnits(over.clock, over.calendar, shanghai("2025-03-06 19:00"))).toBe(2);
  });

  test("the rest of the first day does not count after a hand-over on that day either", () => {
    expect(new Run({ at: "2025-03-03 09:00" }).does("2025-03-03 15:00", HANDED).due).toBe("2025-03-10 18:00");
  });

  test("natural days end at midnight, whatever the weekday", () => {
    const policy = aPolicy({ unit: "naturalDays", amount: 3 });
    expect(new Run({ at: "2025-03-06 23:00", policy }).due).toBe("2025-03-10 00:00");
    expect(new Run({ at: "2025-03-06 23:00", policy }).clock.due?.provisional).toBe(false);
  });

  test("a day with a night shift closes the next morning; the first one is left out", () => {
    const policy = aPolicy({ hours: "night@1", amount: 1 });
    expect(new Run({ at: "2025-03-03 23:00", policy }).due).toBe("2025-03-05 06:00");
  });

  test("hours differ by weekday and by season, and a make-up Sunday is worked as a Monday", () => {
    expect(new Run({ at: "2025-03-06 09:00", policy: aPolicy({ hours: "short-friday@1", amount: 1 }) }).due).toBe(
      "2025-03-07 12:00",
    );
    const season = aPolicy({ hours: "season@1", amount: 1 });
    expect(new Run({ at: "2025-04-29 09:00", policy: season }).due).toBe("2025-04-30 17:00");
    expect(new Run({ at: "2025-05-05 09:00", policy: season }).due).toBe("2025-05-06 16:00");
    expect(new Run({ at: "2025-01-24 09:00", policy: aPolicy({ hours: "short-friday@1", amount: 1 }) }).due).toBe(
      "2025-01-26 17:00",
    );
  });
});

describe("extensions (延期, nmg:2.2.5)", () => {
  test("an extension counts only when somebody else approves it, never longer than asked", () => {
    const run = new Run({ at: "2025-03-03 09:00" }).does("2025-03-05 09:00", ASK, "clerk");
    expect(run.due).toBe("2025-03-10 18:00");
    expect(run.tries("2025-03-05 10:00", APPROVE, "clerk")).toMatchObject({ error: { code: "EXTENSION_BY_SAME" } });
    expect(run.tries("2025-03-05 10:00", { type: "approveExtension", amount: 5 }, "boss")).toMatchObject({
      error: { code: "EXTENSION_TOO_LONG", left: 4 },
    });
    run.does("2025-03-05 10:00", { type: "approveExtension", amount: 2 }, "boss");
    expect([run.due, run.clock.extended, run.clock.asked]).toEqual(["2025-03-12 18:00", 2, null]);
  });

  test("asked in time it may be approved late; asked late it is refused", () => {
    const late = new Run({ at: "2025-03-03 09:00" });
    expect(late.tries("2025-03-10 18:01", ASK)).toMatchObject({ error: { code: "EXTENSION_TOO_LATE" } });
    const run = new Run({ at: "2025-03-03 09:00" })
      .does("2025-03-10 17:00", ASK, "clerk")
      .does("2025-03-10 18:00", { type: "mark", mark: "due" })
      .does("2025-03-11 09:00", APPROVE, "boss");
    expect([run.due, run.clock.marked]).toEqual(["2025-03-14 18:00", {}]);
  });

  test("all extensions together stay within what the rule leaves, one question at a time", () => {
    const run = new Run({ at: "2025-03-03 09:00" }).does("2025-03-05 09:00", { ...ASK, amount: 7 }, "clerk");
    expect(run.tries("2025-03-05 09:00", ASK)).toMatchObject({ error: { code: "EXTENSION_PENDING" } });
    run.does("2025-03-05 10:00", APPROVE, "boss");
    expect(run.tries("2025-03-05 11:00", ASK)).toMatchObject({ error: { code: "EXTENSION_TOO_LONG", left: 3 } });
    run
      .does("2025-03-05 11:00", { ...ASK, amount: 3 }, "clerk")
      .does("2025-03-05 12:00", { type: "refuseExtension", reason: "noNeed" }, "boss");
    expect([run.clock.extended, run.clock.asked]).toEqual([7, null]);
    expect(run.tries("2025-03-05 12:00", APPROVE, "boss")).toMatchObject({ error: { code: "EXTENSION_NOT_ASKED" } });
  });
});

describe("pause, owner, end (nmg:2.2.1, nmg:2.2.2)", () => {
  test("what must not wait cannot be paused", () => {
    const run = new Run({ at: "2025-03-03 09:00", policy: aPolicy({ pausable: false }) });
    for (const command of [{ type: "pause", reason: "x" }, { type: "awaitRequester" }] as const)
      expect(run.tries("2025-03-03 10:00", command)).toEqual({ ok: false, error: { code: "CLOCK_NOT_PAUSABLE" } });
  });

  test("a pause after the due time does not undo it", () => {
    const run = new Run({ at: "2025-03-03 09:00" })
      .does("2025-03-11 09:00", { type: "pause", reason: "siteClosed" })
      .does("2025-03-20 09:00", { type: "resume" });
    expect(run.due).toBe("2025-03-10 18:00");
  });

  test("each owner keeps the share they had, and the shares add up", () => {
    const run = new Run({ at: "2025-03-03 09:00" })
      .does("2025-03-03 11:00", HANDED)
      .does("2025-03-03 15:30", { type: "changeOwner", owner: WORKS, policy: null })
      .does("2025-03-03 16:00", { type: "pause", reason: "siteClosed" });
    expect(sharesOf(run.clock, run.calendar, shanghai("2025-03-09 09:00"))).toEqual([
      { owner: WORKS, runningMs: 2.5 * HOUR, workedMs: 2.5 * HOUR },
      { owner: HEATING, runningMs: 4.5 * HOUR, workedMs: 2 * HOUR },
    ]);
    expect(run.tries("2025-03-03 17:00", { type: "changeOwner", owner: WORKS, policy: null })).toMatchObject({
      error: { code: "CLOCK_OWNER_SAME" },
    });
  });

  test("a matter sent back runs on with what is left, or for a new limit from then", () => {
    const rest = new Run({ at: "2025-03-03 09:00" })
      .does("2025-03-06 09:00", DONE)
      .does("2025-03-12 09:00", { type: "reopen", owner: WORKS, amount: null });
    // Tuesday and Wednesday had closed; three working days are left and Wednesday the 12th is the first.
    expect(rest.due).toBe("2025-03-14 18:00");
    const fresh = new Run({ at: "2025-03-03 09:00" })
      .does("2025-03-11 09:00", DONE)
      .does("2025-03-12 09:00", { type: "reopen", owner: HEATING, amount: 2 });
    expect([fresh.due, fresh.clock.outcome, fresh.clock.owner]).toEqual(["2025-03-14 18:00", null, HEATING]);
    expect(sharesOf(fresh.clock, fresh.calendar, shanghai("2025-03-12 09:00"))).toHaveLength(2);
  });

  test("a clock of the machine set back harms nothing", () => {
    const run = new Run({ at: "2025-03-03 09:00" }).does("2025-03-03 08:00", { type: "awaitRequester" });
    expect(run.clock.spans).toEqual([
      { owner: WORKS, from: shanghai("2025-03-03 09:00"), to: shanghai("2025-03-03 09:00") },
    ]);
    expect(run.does("2025-03-03 08:30", { type: "resume" }).due).toBe("2025-03-10 18:00");
  });

  test("hours the calendar does not know are refused, not guessed", () => {
    const bare = aCalendar({ shifts: [] });
    expect(() => new Run({ at: "2025-03-03 09:00", calendar: bare })).toThrow("CLOCK_HOURS_UNKNOWN");
    const natural = new Run({ at: "2025-03-03 09:00", calendar: bare, policy: aPolicy({ unit: "naturalHours" }) });
    expect(natural.due).toBe("2025-03-03 14:00");
  });
});

describe("tiers run inside the limit of the tier above (nmg:2.2.5)", () => {
  const child = (parent: Clock): Run =>
    new Run({ at: "2025-03-04 09:00", parent, id: "order-2", policy: aPolicy({ amount: 8 }) });

  test("a lower tier is due no later than the upper one, and follows it when it moves to earlier", () => {
    const parent = new Run({ at: "2025-03-03 09:00" });
    const lower = child(parent.clock);
    expect([parent.due, lower.due]).toEqual(["2025-03-10 18:00", "2025-03-10 18:00"]);
    parent.does("2025-03-04 10:00", { type: "changeOwner", owner: HEATING, policy: aPolicy({ amount: 3 }) });
    expect(lower.does("2025-03-04 10:00", { type: "followParent", parent: parent.clock }).due).toBe("2025-03-06 18:00");
    expect(lower.tries("2025-03-04 11:00", { type: "followParent", parent: parent.clock })).toEqual({
      ok: true,
      value: [],
    });
  });

  test("an extension above reaches the lower tier only by decision, and never further", () => {
    const parent = new Run({ at: "2025-03-03 09:00" });
    const lower = child(parent.clock);
    parent.does("2025-03-05 09:00", ASK, "clerk").does("2025-03-05 10:00", APPROVE, "boss");
    lower.does("2025-03-05 10:00", { type: "followParent", parent: parent.clock });
    expect([parent.due, lower.due]).toEqual(["2025-03-14 18:00", "2025-03-10 18:00"]);
    expect(lower.tries("2025-03-05 11:00", { type: "passOn", parent: parent.clock, amount: 5 })).toMatchObject({
      error: { code: "EXTENSION_TOO_LONG", left: 4 },
    });
    lower.does("2025-03-05 11:00", { type: "passOn", parent: parent.clock, amount: 3 });
    expect(lower.due).toBe("2025-03-13 18:00");
  });

  test("while the upper tier waits for the requester its limit does not bind; afterwards it does, moved", () => {
    const parent = new Run({ at: "2025-03-03 09:00" });
    const lower = child(parent.clock);
    parent.does("2025-03-04 10:00", { type: "awaitRequester" });
    lower.does("2025-03-04 10:00", { type: "followParent", parent: parent.clock });
    expect(lower.due).toBe("2025-03-14 18:00");
    parent.does("2025-03-05 10:00", { type: "resume" });
    lower.does("2025-03-05 10:00", { type: "followParent", parent: parent.clock });
    expect([parent.due, lower.due]).toEqual(["2025-03-11 18:00", "2025-03-11 18:00"]);
  });

  test("no tier begins under one that has stopped, nor follows a stranger", () => {
    const parent = new Run({ at: "2025-03-03 09:00" });
    const lower = child(parent.clock);
    const stranger = new Run({ at: "2025-03-03 09:00", id: "order-9" }).clock;
    expect(lower.tries("2025-03-04 10:00", { type: "followParent", parent: stranger })).toMatchObject({
      error: { code: "CLOCK_NOT_OF_PARENT" },
    });
    expect(() => child(parent.does("2025-03-04 09:00", DONE).clock)).toThrow("CLOCK_NOT_IN_STATE");
  });
});

describe("marks and their timers (nmg:2.2.5)", () => {
  test("the one timer of a clock is set at the start for its first mark, moved by a resume, cancelled by a pause and by the end", () => {
    const run = new Run({ at: "2025-03-03 09:00" });
    const born = run.clock;
    expect(pendingMarks(born).map((one) => [one.mark, shown(one.at)])).toEqual([
      ["reminder", "2025-03-08 18:00"],
      ["supervision", "2025-03-09 18:00"],
      ["due", "2025-03-10 18:00"],
      ["overdue", "2025-03-11 18:00"],
    ]);
    expect(planClockTimer(null, born, false)).toEqual({ setFor: shanghai("2025-03-08 18:00") });
    const paused = run.does("2025-03-03 10:00", { type: "awaitRequester" }).clock;
    expect(planClockTimer(born, paused, false)).toBe("cancel");
    const resumed = run.does("2025-03-05 10:00", { type: "resume" }).clock;
    expect(planClockTimer(paused, resumed, false)).toEqual({ setFor: shanghai("2025-03-09 18:00") });
    const acted = run.does("2025-03-05 10:30", { type: "act" }).clock;
    expect(planClockTimer(resumed, acted, false)).toBeNull();
    expect(planClockTimer(acted, run.does("2025-03-05 11:00", DONE).clock, false)).toBe("cancel");
  });

  test("a timer that fires early says nothing and is set again; one that fires twice says it once; then comes the next mark", () => {
    const run = new Run({ at: "2025-03-03 09:00" });
    const before = run.clock;
    const early = run.does("2025-03-08 17:59", { type: "mark", mark: "reminder" }).clock;
    expect(run.events).toHaveLength(1);
    expect(planClockTimer(before, early, true)).toEqual({ setFor: shanghai("2025-03-08 18:00") });
    run.does("2025-03-08 18:00", { type: "mark", mark: "reminder" });
    expect(planClockTimer(early, run.clock, true)).toEqual({ setFor: shanghai("2025-03-09 18:00") });
    run.does("2025-03-08 18:01", { type: "mark", mark: "reminder" });
    expect(run.events).toHaveLength(2);
  });

  test("after a long silence an overdue clock is called out once, with the periods that passed", () => {
    const run = new Run({ at: "2025-03-03 09:00" });
    for (const mark of ["reminder", "supervision", "due", "overdue"] as const)
      run.does("2025-03-20 19:00", { type: "mark", mark });
    expect(run.events.at(-1)).toMatchObject({ mark: "overdue", times: 10, audience: "supervisor" });
    expect(planClockTimer(run.clock, run.clock, true)).toEqual({ setFor: shanghai("2025-03-21 18:00") });
  });

  test("a reminder that would come before the start is left out", () => {
    const run = new Run({ at: "2025-03-03 09:00", policy: aPolicy({ amount: 1 }) });
    expect(pendingMarks(run.clock).map(({ mark }) => mark)).toEqual(["supervision", "due", "overdue"]);
  });

  test("a mark that was called out is not repeated for a due time it has passed already", () => {
    const run = new Run({ at: "2025-03-03 09:00" })
      .does("2025-03-09 09:00", { type: "mark", mark: "reminder" })
      .does("2025-03-09 10:00", { ...ASK, amount: 1 }, "clerk")
      .does("2025-03-10 10:00", APPROVE, "boss");
    expect([run.due, run.clock.marked]).toEqual(["2025-03-11 18:00", { reminder: 1 }]);
  });
});

describe("the table of clocks", () => {
  const COMMANDS: Readonly<Record<string, ClockCommand>> = {
    pause: { type: "pause", reason: "x" },
    awaitRequester: { type: "awaitRequester" },
    resume: { type: "resume" },
    stop: DONE,
    reopen: { type: "reopen", owner: WORKS, amount: 1 },
    act: { type: "act" },
    changeOwner: HANDED,
    askExtension: ASK,
    judgedAnew: { type: "judgedAnew", policy: aPolicy({ limit: "reply-urgent", amount: 1 }) },
  };

  test("every state is reached, every state has an exit, and each row leads where it says", () => {
    const states: readonly ClockStatus[] = ["running", "paused", "awaitingRequester", "stopped"];
    for (const state of states) {
      expect(CLOCK_TABLE.some((row) => row.to === state)).toBe(true);
      expect(CLOCK_TABLE.some((row) => (row.from as readonly string[]).includes(state) && row.to !== "same")).toBe(
        true,
      );
    }
    const into: Readonly<Record<ClockStatus, readonly ClockCommand[]>> = {
      running: [],
      paused: [{ type: "pause", reason: "x" }],
      awaitingRequester: [{ type: "awaitRequester" }],
      stopped: [DONE],
    };
    for (const state of states) {
      for (const [name, command] of Object.entries(COMMANDS)) {
        const run = new Run({ at: "2025-03-03 09:00" });
        for (const step of into[state]) run.does("2025-03-03 10:00", step);
        const allowed = allowedClockCommands(state).includes(command.type);
        expect([state, name, run.tries("2025-03-03 11:00", command).ok]).toEqual([state, name, allowed]);
        const to = CLOCK_TABLE.find((row) => row.command === name)?.to;
        if (allowed) expect(run.does("2025-03-03 11:00", command).clock.status).toBe(to === "same" ? state : to);
      }
    }
  });

  test("replaying the events gives the stored value", () => {
    const run = new Run({ at: "2025-03-03 09:00" })
      .does("2025-03-03 10:00", HANDED)
      .does("2025-03-04 10:00", { type: "pause", reason: "x" })
      .does("2025-03-06 10:00", { type: "resume" })
      .does("2025-03-06 11:00", ASK, "clerk")
      .does("2025-03-06 12:00", APPROVE, "boss")
      .does("2025-03-07 12:00", DONE);
    expect(run.events.reduce<Clock | null>(evolveClock, null)).toEqual(run.clock);
    expect(run.clock.version).toBe(run.events.length);
  });
});
