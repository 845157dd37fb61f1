import { expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { plusMs } from "../kernel/index.ts";
import type { Instant, UserId } from "../kernel/index.ts";
import { aDesk } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { watchCover } from "./watch-cover.ts";

const HOUR = 3_600_000;
const DAYS_AHEAD = 7 * 24 * HOUR;
const desk = (): Desk => aDesk({ stores: createMemoryStores, keys: openPassingKeys() });

/** Times in which nobody is on duty, as hours from the start of the test: [begin, end]. */
type Open = readonly (readonly [number, number])[];

/** A roster is looked at from now on and for a week, as the directory does: a gap that is open begins now. */
function roster(here: Desk, unit: string, open: Open): () => Promise<readonly string[]> {
  const start = here.deps.clock.now();
  return async () => {
    await watchCover(here.deps, async (now) => {
      const end = plusMs(now, DAYS_AHEAD);
      const gaps = open
        .map(([from, to]) => ({ from: plusMs(start, from * HOUR), to: plusMs(start, to * HOUR) }))
        .filter(({ from, to }) => to > now && from < end)
        .map(({ from, to }) => ({ from: from < now ? now : from, to }));
      return gaps.length === 0 ? [] : [{ unit, gaps }];
    });
    const alarms = await here.deps.queries.alarms(["supervisor"]);
    return alarms.map(({ kind, subject, level, caseId, dial, acknowledgedAt }) => {
      const [code, from = ""] = subject.split("@");
      const hours = (Date.parse(from) - Date.parse(start)) / HOUR;
      return `${kind} ${code} from ${hours} level ${level} ${caseId} ${dial}${acknowledgedAt === null ? "" : " answered"}`;
    });
  };
}

async function answered(here: Desk, at: Instant = here.deps.clock.now()): Promise<void> {
  const [mark] = await here.deps.queries.alarms(["supervisor"]);
  if (mark === undefined) throw new Error("no mark to answer");
  const answer = { answer: mark.kind, subject: mark.subject, by: "s-1" as UserId, outcome: "reached", seen: null, at };
  const nothing = {
    streams: [],
    index: null,
    caseKey: null,
    vault: [],
    outbox: [],
    timers: [],
    notices: [],
    reads: [],
  };
  const { home } = here.deps.node;
  await here.deps.store.commit({ ...nothing, home, inbox: null, command: null, alarms: [answer] });
}

test("a gap in cover alarms before it begins, more so the nearer it is, and ends by itself (nmg:2.1, REQ-04)", async () => {
  const here = desk();
  const look = roster(here, "u-1", [[100, 104]]);
  expect(await look()).toEqual(["coverGap u-1 from 100 level 1 null null"]);
  here.passMs(76 * HOUR);
  expect(await look()).toEqual(["coverGap u-1 from 100 level 2 null null"]);
  here.passMs(24 * HOUR);
  expect(await look()).toEqual(["coverGap u-1 from 100 level 3 null null"]);
  here.passMs(2 * HOUR);
  expect(await look()).toEqual(["coverGap u-1 from 100 level 3 null null"]);
  here.passMs(2 * HOUR);
  expect(await look()).toEqual([]);
});

test("the gap after one that was answered alarms before it begins as well: every Saturday anew (nmg:2.1)", async () => {
  const here = desk();
  const look = roster(here, "u-1", [
    [0, 1],
    [168, 169],
  ]);
  expect(await look()).toEqual(["coverGap u-1 from 0 level 3 null null"]);
  await answered(here);
  expect(await look()).toEqual(["coverGap u-1 from 0 level 3 null null answered"]);
  here.passMs(2 * HOUR);
  expect(await look()).toEqual(["coverGap u-1 from 168 level 1 null null"]);
  here.passMs(142 * HOUR);
  expect(await look()).toEqual(["coverGap u-1 from 168 level 2 null null"]);
});

test("a gap that was filled takes its mark along, and another one as near has a mark of its own", async () => {
  const here = desk();
  await roster(here, "u-1", [[10, 11]])();
  await answered(here);
  expect(await roster(here, "u-1", [[20, 21]])()).toEqual(["coverGap u-1 from 20 level 2 null null"]);
});

test("who reads red marks is woken for them: no request changed, so the feed has nothing to say (nmg:2.1)", async () => {
  const here = desk();
  await roster(here, "u-1", [[100, 101]])();
  expect(here.wakes).toEqual(["alarms"]);
});

test("looking again at the same gap writes nothing, so that nobody is rung twice for it, also while it is open", async () => {
  const here = desk();
  const look = roster(here, "u-1", [[1, 4]]);
  await look();
  const written = here.commits.length;
  await look();
  expect(here.commits).toHaveLength(written);
  here.passMs(2 * HOUR);
  await look();
  here.passMs(HOUR);
  await look();
  expect(here.commits).toHaveLength(written + 1);
});
