import { describe, expect, test } from "vitest";
import { msBetween } from "../../kernel/index.ts";
import { addLimit, nextDue, pendingMarks, recountedEvent, scoreClocks, sharesOf, workedMsBetween } from "./index.ts";
import {
  aCalendar,
  aPolicy,
  aShift,
  HEATING,
  Run,
  shanghai,
  shown,
  SMALL,
  someone,
  WORKS,
} from "./small-calendar.test-data.ts";

const HOUR = 3_600_000;
const HANDED = { type: "changeOwner", owner: HEATING, policy: null } as const;
const DONE = { type: "stop", outcome: "done" } as const;

/**
 * What users of other systems asked of their clocks, one test each (nmg:2.2.5, REQ-70). Where we decided otherwise, or where a clock can
 * do more than any rule of today asks of it, the title says so and names the decision.
 */
describe("the users' wishes about clocks", () => {
  test("the clock changes with the group that takes over, and takes another limit where one is given; no sheet names one by unit yet (zammad #5624; ADR 0012.18)", () => {
    const own = aPolicy({ limit: "reply-heating", amount: 2 });
    const run = new Run({ at: "2025-03-03 09:00" });
    expect(run.due).toBe("2025-03-10 18:00");
    run.does("2025-03-04 10:00", HANDED);
    expect([run.clock.owner, run.due]).toEqual([HEATING, "2025-03-10 18:00"]);
    run.does("2025-03-04 11:00", { type: "changeOwner", owner: WORKS, policy: own });
    expect([run.clock.policy.limit, run.due]).toEqual(["reply-heating", "2025-03-05 18:00"]);
  });

  test("a first-response limit is not overruled by the handling limit (zammad #5177)", () => {
    const first = new Run({ at: "2025-03-03 09:00", policy: aPolicy({ stage: "firstContact", amount: 1 }) });
    const reply = new Run({ at: "2025-03-03 09:00" });
    expect(first.clock.id).not.toBe(reply.clock.id);
    reply.does("2025-03-03 10:00", { type: "awaitRequester" });
    expect(nextDue([reply.clock, first.clock])?.id).toBe(first.clock.id);
    first.does("2025-03-04 09:00", DONE);
    reply.does("2025-03-04 09:30", { type: "resume" });
    expect([shown(first.clock.due?.at), first.clock.outcome, reply.clock.status]).toEqual([
      "2025-03-04 18:00",
      "done",
      "running",
    ]);
  });

  test("the minutes of a response are stored when the clock stops (zammad #2579)", () => {
    const run = new Run({ at: "2025-03-03 11:00" })
      .does("2025-03-03 15:30", { type: "pause", reason: "siteClosed" })
      .does("2025-03-03 16:30", { type: "resume" })
      .does("2025-03-03 19:00", DONE);
    // 11:00-15:30 and 16:30-19:00 ran; of these 11:00-12:00, 14:30-15:30 and 16:30-18:00 lie in the hours.
    expect(run.clock.response).toEqual({ elapsedMinutes: 480, runningMinutes: 420, workedMinutes: 210 });
  });

  test("forgotten items are escalated to the one in charge, again and again (chatwoot #6889)", () => {
    const run = new Run({ at: "2025-03-03 09:00" });
    expect(pendingMarks(run.clock).map((p) => [p.mark, shown(p.at), p.audience])).toEqual([
      ["reminder", "2025-03-08 18:00", "owner"],
      ["supervision", "2025-03-09 18:00", "supervisor"],
      ["due", "2025-03-10 18:00", "desk"],
      ["overdue", "2025-03-11 18:00", "supervisor"],
    ]);
    run
      .does("2025-03-09 18:00", { type: "mark", mark: "supervision" })
      .does("2025-03-10 18:00", { type: "mark", mark: "due" })
      .does("2025-03-11 18:00", { type: "mark", mark: "overdue" });
    const overdue = pendingMarks(run.clock).find((p) => p.mark === "overdue");
    expect([shown(overdue?.at), overdue?.times]).toEqual(["2025-03-12 18:00", 2]);
  });

  const back = aPolicy({ giveBackMinutes: 30 });

  test("an owner who does nothing for N minutes is called out to the desk and keeps the item: no timer takes it away, otherwise than wished (chatwoot #13515; ADR 0012.17, nmg:2.2.2)", () => {
    const run = new Run({ at: "2025-03-03 09:00", policy: back }).does("2025-03-03 09:10", { type: "act" });
    expect(pendingMarks(run.clock).some((p) => p.mark === "giveBack")).toBe(false);
    run.does("2025-03-03 15:00", HANDED).does("2025-03-03 15:30", { type: "mark", mark: "giveBack" });
    expect(run.events.at(-1)).toMatchObject({ type: "ClockMarked", mark: "giveBack" });
    expect([run.clock.owner, run.clock.previousOwner]).toEqual([HEATING, WORKS]);
  });

  test("an owner who acted is not marked (chatwoot #13516)", () => {
    const run = new Run({ at: "2025-03-03 09:00", policy: back })
      .does("2025-03-03 09:10", HANDED)
      .does("2025-03-03 09:20", { type: "act" });
    expect(run.tries("2025-03-03 09:40", { type: "mark", mark: "giveBack" })).toEqual({ ok: true, value: [] });
  });

  test("a day may have several work periods (chatwoot #14009)", () => {
    const calendar = aCalendar({
      shifts: [
        aShift("a", "three@1", "12345", "06:00", "09:00"),
        aShift("b", "three@1", "12345", "11:00", "13:00"),
        aShift("c", "three@1", "12345", "20:00", "23:00"),
      ],
    });
    const end = addLimit(calendar, shanghai("2025-03-03 08:00"), { amount: 5, unit: "workingHours", hours: "three@1" });
    expect(shown(end)).toBe("2025-03-03 22:00");
  });

  test("shifts that overlap, the night's with the morning's, are counted once (chatwoot #14009)", () => {
    const shifts = [
      aShift("night", "two@1", "12345", "22:00", "06:00"),
      aShift("early", "two@1", "12345", "05:00", "09:00"),
    ];
    const [from, to] = [shanghai("2025-03-04 00:00"), shanghai("2025-03-05 00:00")];
    expect(workedMsBetween(aCalendar({ shifts }), "two@1", from, to)).toBe(11 * HOUR);
  });

  test("a clock takes another limit with another team where one is given; no sheet names one by unit yet; once solved it never runs on (chatwoot #10178; ADR 0012.18)", () => {
    const team = aPolicy({ limit: "reply-team", unit: "workingHours", amount: 21 });
    const moved = new Run({ at: "2025-03-03 08:30" }).does("2025-03-03 12:00", { ...HANDED, policy: team });
    expect([moved.due, moved.clock.policy.limit]).toEqual(["2025-03-05 18:00", "reply-team"]);
    const run = new Run({ at: "2025-03-03 09:00" }).does("2025-03-04 09:00", DONE);
    expect(pendingMarks(run.clock)).toEqual([]);
    const later = shanghai("2025-06-04 09:00");
    expect(sharesOf(run.clock, run.calendar, later)).toEqual(
      sharesOf(run.clock, run.calendar, shanghai("2025-03-04 09:00")),
    );
    for (const command of [{ type: "resume" }, { type: "act" }, HANDED, { type: "awaitRequester" }] as const)
      expect(run.tries("2025-03-05 09:00", command)).toEqual({
        ok: false,
        error: { code: "CLOCK_NOT_IN_STATE", state: "stopped" },
      });
  });

  test("the share kept in time is known for each owner and team (chatwoot #9747)", () => {
    const kept = new Run({ at: "2025-03-03 09:00", id: "a" }).does("2025-03-04 09:00", DONE);
    const late = new Run({ at: "2025-03-03 09:00", id: "b" })
      .does("2025-03-11 09:00", HANDED)
      .does("2025-03-12 09:00", DONE);
    const open = new Run({ at: "2025-03-10 09:00", id: "c" });
    const void_ = new Run({ at: "2025-03-03 09:00", id: "d" }).does("2025-03-20 09:00", {
      type: "stop",
      outcome: "cancelled",
    });
    const clocks = [kept, late, open, void_].map((run) => run.clock);
    // The second fell due on the 10th, a day before the heating company took it over: it is not theirs.
    expect(Object.fromEntries(scoreClocks(clocks, shanghai("2025-03-12 10:00")))).toEqual({
      [WORKS]: { met: 1, missed: 1, open: 1, rate: 0.5, missedIds: ["b/reply"] },
    });
    const teams = scoreClocks(clocks, shanghai("2025-03-20 10:00"), () => "city");
    expect(teams.get("city")).toMatchObject({ met: 1, missed: 2, rate: 1 / 3 });
  });

  test("deadlines count business hours (chatwoot PR 13392)", () => {
    const friday = shanghai("2025-03-07 16:00");
    const four = addLimit(aCalendar(), friday, { amount: 4, unit: "workingHours", hours: "office@1" });
    expect(shown(four)).toBe("2025-03-10 10:30");
  });

  test("who is alerted is chosen; limits and hours of running cases stay as they were (chatwoot PR 15407)", () => {
    const run = new Run({ at: "2025-03-03 09:00", policy: aPolicy({ unit: "workingHours", amount: 14 }) });
    expect(run.due).toBe("2025-03-05 09:00");
    const edited = aCalendar({
      version: "cn@2",
      shifts: [...SMALL.shifts, aShift("long", "office@2", "12345", "00:00", "24:00")],
    });
    expect(edited.hoursOn("office", "2025-03-03")).toBe("office@2");
    run
      .does("2025-03-03 10:00", { type: "awaitRequester" }, "user-1", edited)
      .does("2025-03-03 10:00", { type: "resume" }, "user-1", edited);
    expect([run.due, run.clock.policy.hours]).toEqual(["2025-03-05 09:00", "office@1"]);
    const told = aPolicy({ marks: [{ mark: "reminder", minutes: 60, audience: "desk" }] });
    const other = new Run({ at: "2025-03-03 09:00", policy: told });
    expect(pendingMarks(other.clock).map((p) => [p.mark, p.audience])).toEqual([["reminder", "desk"]]);
  });

  test("the clock pauses while the requester is awaited (osTicket #6524)", () => {
    const run = new Run({ at: "2025-03-03 09:00", policy: aPolicy({ unit: "workingHours", amount: 7 }) });
    expect(run.due).toBe("2025-03-04 09:00");
    run.does("2025-03-03 10:00", { type: "awaitRequester" });
    expect([run.due, run.clock.status, pendingMarks(run.clock)]).toEqual([null, "awaitingRequester", []]);
    run.does("2025-03-05 14:30", { type: "resume" });
    // One hour was used; three and a half are left of the day of the answer, two and a half of the next.
    expect(run.due).toBe("2025-03-06 11:00");
  });

  test("holidays do not count (osTicket #1168)", () => {
    expect(new Run({ at: "2025-01-24 09:00", policy: aPolicy({ amount: 3 }) }).due).toBe("2025-02-05 18:00");
  });

  test("a make-up working day counts although it is a Sunday (osTicket #2131)", () => {
    expect(new Run({ at: "2025-01-24 09:00", policy: aPolicy({ amount: 1 }) }).due).toBe("2025-01-26 18:00");
  });

  test("holidays entered later move the due times of open cases (osTicket #4969)", () => {
    const run = new Run({ at: "2027-03-01 09:00" });
    expect([run.due, run.clock.due?.provisional]).toEqual(["2027-03-08 18:00", true]);
    const later = aCalendar({
      version: "cn@2",
      years: SMALL.years.map((y) => ({ ...y, status: "published" as const })),
      days: [
        ...SMALL.days.filter((d) => d.kind !== "festival"),
        { day: "2027-03-03", kind: "holiday", nameZh: "示例", nameEn: "Example" },
      ],
    });
    const head = { at: shanghai("2027-03-01 12:00"), by: someone(), cause: "cn@2" };
    const due = { at: shanghai("2027-03-09 18:00"), provisional: false };
    expect(run.due).toBe("2027-03-08 18:00");
    expect(recountedEvent(run.clock, null, head, later)).toMatchObject({ due, calendarVersion: "cn@2" });
  });

  test("the lunch break does not count (frappe/helpdesk #2212)", () => {
    const [before, after] = [shanghai("2025-03-03 11:00"), shanghai("2025-03-03 15:30")];
    expect(workedMsBetween(aCalendar(), "office@1", before, after)).toBe(2 * HOUR);
    expect(msBetween(before, after)).toBe(4.5 * HOUR);
  });
});
