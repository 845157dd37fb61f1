import { randomUUID } from "node:crypto";
import type { Side } from "../client/accounts.ts";
import { listOf, parseObject, textOf } from "../client/json.ts";
import { findingsOf, isOpen } from "./audit.ts";
import type { Both, Finding } from "./audit.ts";
import { seatClerk } from "./clerk.ts";
import { openDesk } from "./desk.ts";
import type { Desk } from "./desk.ts";
import { createDraw } from "./draw.ts";
import { funnelOf, spreadOf, stagesOf } from "./funnel.ts";
import type { ReplayOptions } from "./options.ts";
import type { Report } from "./report.ts";
import { parseSeen } from "./seen.ts";
import type { Seen } from "./seen.ts";
import { makeStory } from "./story.ts";
import type { Choices, Story, Text } from "./story.ts";
import { count, createTally } from "./tally.ts";
import type { Tally } from "./tally.ts";
import { gatherTeam, give } from "./team.ts";
import type { Team } from "./team.ts";

type Desks = Readonly<Record<Side, Desk>>;
type Stage = {
  readonly options: ReplayOptions;
  readonly desks: Desks;
  readonly tally: Tally;
  readonly stories: Map<string, Story>;
  readonly say: (line: string) => void;
};

/** Plays the texts against both desks and reports. `stop` ends the arrival of callers; what is there is still counted. */
export async function replay(
  options: ReplayOptions,
  texts: readonly Text[],
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<Report> {
  const since = Date.now();
  const tally = createTally();
  const closing = new AbortController();
  const pace = { speed: options.speed, signal: closing.signal };
  const gather = (side: Side): Promise<Team> =>
    gatherTeam(side, options.urls[side], options.accounts, options.seats, tally);
  const teams = { hotline: await gather("hotline"), police: await gather("police") };
  const desks = {
    hotline: await openDesk(teams.hotline, pace, tally),
    police: await openDesk(teams.police, pace, tally),
  };
  const stage: Stage = { options, desks, tally, stories: new Map(), say };
  for (const side of ["hotline", "police"] as const) {
    for (const { session } of teams[side].clerks) {
      seatClerk({ side, session, storyOf: (no) => stage.stories.get(no) ?? null, pace, tally });
    }
  }
  say(`at work: ${peopleOf(teams.hotline)} at 12345, ${peopleOf(teams.police)} at 110`);
  const asked = await arrivals(stage, texts, stop);
  const drained = await drain(stage, stop);
  closing.abort();
  return reportOf(stage, { asked, drained, since });
}

function peopleOf(team: Team): string {
  return `${team.everybody.length} seats and ${team.clerks.length} unit clerks`;
}

/** Callers come in a Poisson stream; nobody waits for the one before. Returns how many called. */
async function arrivals(stage: Stage, texts: readonly Text[], stop: AbortSignal): Promise<number> {
  const { options, desks, say } = stage;
  const choices = { hotline: await choicesOf(desks.hotline.team), police: await choicesOf(desks.police.team) };
  const draw = createDraw(`${options.seed}/arrivals`);
  const all = options.limit ?? texts.length;
  const calls: Promise<void>[] = [];
  let dueAt = Date.now();
  let saidAt = Date.now();
  let index = 0;
  for (; index < all && !stop.aborted; index++) {
    dueAt += draw.gap(String(index), options.ratePerSecond) * 1000;
    if (dueAt > Date.now()) await new Promise((done) => setTimeout(done, dueAt - Date.now()));
    const text = texts[index % texts.length];
    if (text === undefined) break;
    calls.push(call(stage, makeStory(options.seed, index, text, choices)));
    if (Date.now() - saidAt > 5_000) {
      saidAt = Date.now();
      say(`callers ${index + 1} of ${all}, open ${openOf(stage)}`);
    }
  }
  await Promise.all(calls);
  return index;
}

async function call(stage: Stage, story: Story): Promise<void> {
  const desk = stage.desks[story.desk];
  const other = stage.desks[story.desk === "hotline" ? "police" : "hotline"];
  const session = desk.team.somebody("callTaker");
  try {
    const answer = await give(stage.tally, session, "register", {
      method: "POST",
      path: "/requests",
      body: story.body,
      key: randomUUID(),
    });
    const no = textOf(answer.body["requestNo"]);
    if (answer.code !== null || no === null) {
      count(stage.tally.refusedAt, `register ${answer.code}`);
      return count(stage.tally.refused, answer.code ?? "NO_NUMBER");
    }
    count(stage.tally.done, "register");
    stage.stories.set(no, story);
    other.adopt(no, story, null);
    desk.adopt(no, story, parseSeen(parseObject(answer.body["view"])));
  } catch (fault) {
    count(stage.tally.remarks, `registration: ${fault instanceof Error ? fault.name : "fault"}`);
  }
}

async function choicesOf(team: Team): Promise<Choices> {
  const meta = parseObject(await team.read("/meta"));
  const lists = parseObject(meta["lists"]);
  const codes = (value: unknown): readonly string[] =>
    listOf(value).flatMap((row) => textOf(parseObject(row)["code"]) ?? []);
  return {
    items: await itemsOf(team),
    places: codes(meta["places"]).filter((code) => /^\d{6}$/.test(code)),
    requestKinds: codes(lists["requestKinds"]),
    fields: codes(lists["fields"]),
    requesterTypes: codes(lists["requesterTypes"]),
  };
}

/** The whole catalogue: a page holds at most 200 items, so it is asked for letter by letter. */
async function itemsOf(team: Team): Promise<Choices["items"]> {
  const found = new Map<string, Choices["items"][number]>();
  for (const query of ["", ..."ABCDN"]) {
    const body = await team.read(`/catalogue/items?limit=200${query === "" ? "" : `&q=${query}`}`);
    for (const row of listOf(body?.["rows"]).map(parseObject)) {
      const code = textOf(row["code"]);
      if (code !== null)
        found.set(code, { code, mode: textOf(row["mode"]) ?? "", urgency: textOf(row["urgency"]) ?? "" });
    }
  }
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function bothOf(stage: Stage, no: string): Both {
  return { no, hotline: stage.desks.hotline.lastSeen(no), police: stage.desks.police.lastSeen(no) };
}

function openOf(stage: Stage): number {
  return [...stage.stories.keys()].filter((no) => isOpen(bothOf(stage, no))).length;
}

/** Waits until everything is finished as far as people can see. false = the time was over first. */
async function drain(stage: Stage, stop: AbortSignal): Promise<boolean> {
  const until = Date.now() + stage.options.drainSeconds * 1000;
  let saidAt = 0;
  while (Date.now() < until && !stop.aborted) {
    const open = openOf(stage);
    const busy = [...stage.stories.keys()].some((no) => stage.desks.hotline.busy(no) || stage.desks.police.busy(no));
    if (open === 0 && !busy) return true;
    if (Date.now() - saidAt > 5_000) {
      saidAt = Date.now();
      stage.say(`no more callers, open ${open}`);
    }
    await new Promise((done) => setTimeout(done, 500));
  }
  return false;
}

const ASK_AGAIN = 8;

/** Asks both desks about every request. What looks wrong is asked again: between two desks things travel. */
async function audit(stage: Stage): Promise<readonly (Both & { readonly findings: readonly Finding[] })[]> {
  const read = async (side: Side, no: string): Promise<Seen | null> =>
    parseSeen((await stage.desks[side].team.read(`/requests/${no}`)) ?? {});
  const once = async (no: string): Promise<Both> => ({
    no,
    hotline: await read("hotline", no),
    police: await read("police", no),
  });
  const results: (Both & { readonly findings: readonly Finding[] })[] = [];
  const rest = [...stage.stories.keys()];
  const worker = async (): Promise<void> => {
    for (let no = rest.pop(); no !== undefined; no = rest.pop()) {
      let both = await once(no);
      for (let i = 0; i < ASK_AGAIN && findingsOf(both).length > 0; i++) {
        await new Promise((done) => setTimeout(done, 1_000));
        both = await once(no);
      }
      results.push({ ...both, findings: findingsOf(both) });
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return results;
}

async function reportOf(
  stage: Stage,
  run: { readonly asked: number; readonly drained: boolean; readonly since: number },
): Promise<Report> {
  const { options, tally, desks, stories } = stage;
  const audited = await audit(stage);
  const withDesk = audited.map((both) => ({ ...both, desk: stories.get(both.no)?.desk ?? "hotline" }));
  const found = (name: Finding): number => audited.filter((one) => one.findings.includes(name)).length;
  const repeats = new Map<string, number>();
  for (const side of ["hotline", "police"] as const)
    for (const session of [...desks[side].team.everybody, ...desks[side].team.clerks.map((c) => c.session)])
      for (const [reason, times] of session.repeats) count(repeats, reason, times);
  return {
    seed: options.seed,
    file: options.file.split("/").at(-1) ?? options.file,
    speed: options.speed,
    ratePerSecond: options.ratePerSecond,
    wallSeconds: (Date.now() - run.since) / 1000,
    asked: run.asked,
    notRegistered: run.asked - stories.size,
    drained: run.drained,
    funnel: funnelOf(withDesk),
    actions: Object.fromEntries([...tally.done].filter(([name]) => !name.includes(" "))),
    stageSeconds: stagesOf(audited),
    callMs: Object.fromEntries([...tally.callMs].map(([name, list]) => [name, spreadOf(list)])),
    refusals: Object.fromEntries(tally.refused),
    refusalsByCommand: Object.fromEntries(tally.refusedAt),
    refusalsOfWrongCommands: Object.fromEntries(tally.refusedWrong),
    repeatedCalls: Object.fromEntries(repeats),
    remarks: Object.fromEntries(tally.remarks),
    faults: Object.fromEntries(tally.faults),
    givenUp: [...desks.hotline.givenUp, ...desks.police.givenUp],
    findings: {
      ownerless: found("ownerless"),
      dangerOwnerless: found("dangerOwnerless"),
      unknown: found("unknown"),
      stuck: found("stuck"),
    },
    examples: audited
      .filter((one) => one.findings.length > 0 || isOpen(one))
      .slice(0, 50)
      .map((one) => ({ no: one.no, findings: one.findings, state: stateOf(one) })),
  };
}

function stateOf({ hotline, police }: Both): string {
  const say = (name: string, seen: Seen | null): string => {
    if (seen === null) return `${name} -`;
    const linkages = seen.linkages.map((l) => `${l.kind}/${l.role}/${l.state}`).join(" ");
    const orders = seen.orders.map((o) => `${o.kind}/${o.status}`).join(" ");
    return `${name} ${seen.status}${seen.responsible ? " responsible" : ""}${seen.dangerOpen ? " dangerOpen" : ""} [${linkages}] [${orders}] ${seen.item ?? "no item"}`;
  };
  return `${say("12345", hotline)}; ${say("110", police)}`;
}
