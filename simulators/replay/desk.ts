import { randomUUID } from "node:crypto";
import { listOf, parseObject, textOf } from "../client/json.ts";
import type { Answer } from "../client/session.ts";
import { pathOf, WRONG } from "./commands.ts";
import { CHANCES, DELAYS } from "./mixes.ts";
import { DESK_STEPS } from "./people.ts";
import type { Mind, Step, Wish } from "./step.ts";
import { parseSeen } from "./seen.ts";
import type { Seen } from "./seen.ts";
import type { Story } from "./story.ts";
import { count } from "./tally.ts";
import type { Tally } from "./tally.ts";
import { allPages, followStreams, give } from "./team.ts";
import type { Team } from "./team.ts";
import { chooseUnits } from "./unit-choice.ts";
import type { UnitChoice } from "./unit-choice.ts";

export type Pace = { readonly speed: number; readonly signal: AbortSignal };

/** The room of one desk: who notices what, and what is done about it. */
export type Desk = {
  readonly team: Team;
  /** From now on this request is one of the replay's; requests of others are left alone. */
  readonly adopt: (no: string, story: Story, view: Seen | null) => void;
  readonly lastSeen: (no: string) => Seen | null;
  /** Whether somebody here is about to do something on it. */
  readonly busy: (no: string) => boolean;
  readonly givenUp: ReadonlySet<string>;
};

type Matter = {
  readonly no: string;
  readonly story: Story;
  readonly did: Set<string>;
  readonly pending: Set<string>;
  readonly refusals: Map<string, number>;
  seen: Seen | null;
  changed: boolean;
  looking: boolean;
  lookAgain: boolean;
  lookedAt: number;
};

type Room = {
  readonly team: Team;
  readonly pace: Pace;
  readonly tally: Tally;
  readonly lists: Pick<Mind, "returnReasons" | "guidanceReasons" | "clerks">;
  readonly matters: Map<string, Matter>;
  readonly byCase: Map<string, string>;
  readonly noticed: Set<string>;
  readonly unitFor: UnitChoice;
  readonly givenUp: Set<string>;
};

const REFUSALS_AT_MOST = 8;
/** "Not yet" or "look again": nothing is wrong with the command, so nobody gives up; one tries again a little later. */
const NOT_YET = ["ETAG_STALE", "CONFLICT", "CONCLUSION_NOT_HELD", "NOT_CONFIRMED"];
const NOT_YET_MS = 1_500;
const POLL_MS = 10_000;
/** A push is looked at at once; what else moves, when the screen has settled. */
const URGENT_MS = 20;
const NOTICE_MS = 400;

export async function openDesk(team: Team, pace: Pace, tally: Tally): Promise<Desk> {
  const lists = parseObject((await team.read("/meta"))?.["lists"]);
  const codes = (name: string): readonly string[] =>
    listOf(lists[name]).flatMap((row) => textOf(parseObject(row)["code"]) ?? []);
  const room: Room = {
    team,
    pace,
    tally,
    lists: {
      returnReasons: codes("returnReasons"),
      guidanceReasons: codes("guidanceReasons"),
      clerks: new Set(team.clerks.map((clerk) => clerk.unit)),
    },
    matters: new Map(),
    byCase: new Map(),
    noticed: new Set(),
    unitFor: chooseUnits(team),
    givenUp: new Set(),
  };
  followStreams(
    team.everybody,
    (frame) => {
      const no = frame.requestNo ?? room.byCase.get(frame.caseId);
      if (no !== undefined) notice(room, no, frame.type.includes("push") || !room.matters.has(no));
    },
    () => void poll(room),
    pace.signal,
  );
  void keepPolling(room);
  return {
    team,
    givenUp: room.givenUp,
    adopt: (no, story, view) => adopt(room, no, story, view),
    lastSeen: (no) => room.matters.get(no)?.seen ?? null,
    busy: (no) => {
      const matter = room.matters.get(no);
      return matter !== undefined && (matter.looking || matter.pending.size > 0);
    },
  };
}

function adopt(room: Room, no: string, story: Story, view: Seen | null): void {
  const matter: Matter = {
    no,
    story,
    did: new Set(),
    pending: new Set(),
    refusals: new Map(),
    seen: null,
    changed: false,
    looking: false,
    lookAgain: false,
    lookedAt: 0,
  };
  room.matters.set(no, matter);
  if (view !== null) consider(room, matter, view);
  else if (room.noticed.delete(no)) notice(room, no, true);
}

/** Something moved on the screen. */
function notice(room: Room, no: string, urgent = false): void {
  const matter = room.matters.get(no);
  if (matter === undefined) {
    if (room.noticed.size > 50_000) room.noticed.clear();
    room.noticed.add(no);
    return;
  }
  matter.changed = true;
  if (matter.looking) {
    matter.lookAgain = true;
    return;
  }
  matter.looking = true;
  setTimeout(() => void look(room, matter), urgent ? URGENT_MS : NOTICE_MS);
}

async function look(room: Room, matter: Matter): Promise<void> {
  if (room.pace.signal.aborted) return;
  matter.changed = false;
  matter.lookedAt = Date.now();
  const seen = parseSeen((await room.team.read(`/requests/${matter.no}`).catch(() => null)) ?? {});
  matter.looking = false;
  if (seen !== null) consider(room, matter, seen);
  if (!matter.lookAgain) return;
  matter.lookAgain = false;
  notice(room, matter.no);
}

/** Decides who will do what: at most one step a lane is under way. */
function consider(room: Room, matter: Matter, seen: Seen): void {
  if (matter.seen !== null && Number(seen.etag) < Number(matter.seen.etag)) return;
  matter.seen = seen;
  room.byCase.set(seen.caseId, seen.no);
  for (const lane of ["danger", "handOver", "order", "ordinary"] as const) {
    if (matter.pending.has(lane)) continue;
    const step = stepFor(room, matter, seen, lane);
    if (step === null) continue;
    matter.pending.add(lane);
    const ms =
      (matter.story.draw.seconds(`${room.team.side} ${step.name}`, DELAYS[step.delay]) * 1000) / room.pace.speed;
    setTimeout(() => void act(room, matter, step), ms);
  }
}

function mindOf(room: Room, matter: Matter): Mind {
  return { desk: room.team.side, story: matter.story, ...room.lists };
}

function stepFor(room: Room, matter: Matter, seen: Seen, lane: Step["lane"]): Step | null {
  const mind = mindOf(room, matter);
  const { draw } = matter.story;
  return (
    DESK_STEPS.find(
      (step) =>
        step.lane === lane &&
        !(step.once === true && matter.did.has(step.name)) &&
        (step.chance === undefined || draw.chance(`${mind.desk} ${step.name}`, CHANCES[step.chance])) &&
        (matter.refusals.get(step.name) ?? 0) < REFUSALS_AT_MOST &&
        step.see(seen, mind) !== null,
    ) ?? null
  );
}

/** The moment has come. A person whose screen changed meanwhile looks again first. */
async function act(room: Room, matter: Matter, planned: Step): Promise<void> {
  try {
    if (room.pace.signal.aborted) return;
    if (matter.changed || matter.looking) {
      const fresh = parseSeen((await room.team.read(`/requests/${matter.no}`)) ?? {});
      if (fresh !== null && Number(fresh.etag) >= Number(matter.seen?.etag ?? 0)) matter.seen = fresh;
    }
    const seen = matter.seen;
    const step = seen === null ? null : stepFor(room, matter, seen, planned.lane);
    if (seen === null || step === null || step.name !== planned.name) return;
    const wish = step.see(seen, mindOf(room, matter));
    if (wish !== null) await carryOut(room, matter, step, seen, wish);
  } catch (fault) {
    count(room.tally.remarks, `${planned.name}: ${fault instanceof Error ? fault.name : "fault"}`);
  } finally {
    matter.pending.delete(planned.lane);
    notice(room, matter.no);
  }
}

async function carryOut(room: Room, matter: Matter, step: Step, seen: Seen, wish: Wish): Promise<void> {
  const unit = wish.unit === undefined ? null : await room.unitFor(seen, wish.unit);
  if (wish.unit !== undefined && unit === null) return void count(room.tally.remarks, "no unit to dispatch to");
  const body = unit === null ? wish.body : { ...wish.body, unit };
  const times = `${room.team.side} ${step.name} ${matter.refusals.get(step.name) ?? 0}`;
  if (matter.story.draw.chance(`wrong ${times}`, CHANCES.wrongCommand)) await giveWrong(room, matter, step, seen);
  const asked = { ...wish, body };
  const answers = matter.story.draw.chance(`two ${times}`, CHANCES.twoAtOnce)
    ? await twoAtOnce(room, step, seen, asked)
    : [await one(room, step, seen, asked, matter.story.draw.chance(`press ${times}`, CHANCES.pressedTwice))];
  const good = answers.find((answer) => answer.code === null);
  for (const answer of answers) if (answer.code !== null) refused(room, wish.command, answer.code);
  if (good === undefined) {
    if (answers.every((answer) => NOT_YET.includes(answer.code ?? ""))) return waitALittle(answers);
    const before = matter.refusals.get(step.name) ?? 0;
    matter.refusals.set(step.name, before + 1);
    if (before + 1 >= REFUSALS_AT_MOST)
      room.givenUp.add(`${room.team.side} ${matter.no} ${step.name} ${answers[0]?.code}`);
    return;
  }
  matter.refusals.delete(step.name);
  matter.did.add(step.name);
  count(room.tally.done, wish.command);
  count(room.tally.done, `${room.team.side} ${step.name}`);
}

/** Somebody else's change is looked at at once; what the other desk owes is waited for. */
async function waitALittle(answers: readonly Answer[]): Promise<void> {
  if (answers.some((answer) => answer.code === "ETAG_STALE" || answer.code === "CONFLICT")) return;
  await new Promise((done) => setTimeout(done, NOT_YET_MS));
}

async function one(room: Room, step: Step, seen: Seen, wish: Wish, pressedTwice: boolean): Promise<Answer> {
  const session = room.team.somebody(step.who);
  const call = { method: "POST", path: pathOf(wish), body: wish.body, key: randomUUID(), ifMatch: seen.etag } as const;
  const answer = await give(room.tally, session, "command", call);
  if (!pressedTwice || answer.code !== null) return answer;
  const again = await give(room.tally, session, "command", call);
  count(room.tally.remarks, again.body["repeated"] === true ? "pressed twice, done once" : "PRESSED TWICE, DONE TWICE");
  return answer;
}

/** Two people press the same thing on the same picture. Who comes second is refused and looks again. */
async function twoAtOnce(room: Room, step: Step, seen: Seen, wish: Wish): Promise<readonly Answer[]> {
  const first = room.team.somebody(step.who);
  const second = room.team.somebodyElse(step.who, first);
  const answers = await Promise.all(
    [first, second].map((session) =>
      give(room.tally, session, "command", {
        method: "POST",
        path: pathOf(wish),
        body: wish.body,
        key: randomUUID(),
        ifMatch: seen.etag,
      }),
    ),
  );
  const both = answers.every((answer) => answer.code === null);
  // A danger key is never refused for being late, so both may count there.
  if (!both) count(room.tally.remarks, "two at once, one accepted at most");
  else if (wish.command === "danger") count(room.tally.remarks, "danger pressed by two");
  else count(room.tally.faults, `both of two accepted: ${wish.command}`);
  return answers;
}

async function giveWrong(room: Room, matter: Matter, step: Step, seen: Seen): Promise<void> {
  const make = matter.story.draw.pick(`wrong ${step.name}`, WRONG);
  if (make === null) return;
  const wish = make(seen);
  const session = room.team.somebody(step.who);
  const answer = await give(room.tally, session, "command", {
    method: "POST",
    path: pathOf(wish),
    body: wish.body,
    key: randomUUID(),
  });
  if (answer.code === null) count(room.tally.faults, `wrong command accepted: ${wish.command}`);
  else count(room.tally.refusedWrong, answer.code);
}

function refused(room: Room, command: string, code: string): void {
  count(room.tally.refused, code);
  count(room.tally.refusedAt, `${command} ${code}`);
}

async function keepPolling(room: Room): Promise<void> {
  while (!room.pace.signal.aborted) {
    await new Promise((done) => setTimeout(done, POLL_MS));
    await poll(room).catch(() => undefined);
  }
}

/** Looks through the queues, for what the live stream did not bring. */
async function poll(room: Room): Promise<void> {
  for (const view of ["danger", "incoming", "mine"]) {
    const rows = await allPages(room.team.read, `/requests?view=${view}&limit=200`, 5);
    for (const row of rows) {
      const matter = room.matters.get(textOf(row["requestNo"]) ?? "");
      if (matter === undefined || matter.pending.size > 0 || Date.now() - matter.lookedAt < POLL_MS) continue;
      notice(room, matter.no);
    }
  }
}
