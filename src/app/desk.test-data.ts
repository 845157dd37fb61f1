import { createHash } from "node:crypto";
import type { Actor } from "../core/access/index.ts";
import type { Verdict } from "../core/case/index.ts";
import type { PeerDesk } from "../core/file/index.ts";
import { openCalendar } from "../core/clock/index.ts";
import { DEFAULT_LINKAGE_POLICY } from "../core/linkage/index.ts";
import type { LinkageMessage } from "../core/linkage/index.ts";
import { instantOf } from "../kernel/index.ts";
import type {
  CommandId,
  ItemCode,
  LinkageId,
  NodeCode,
  OrderId,
  RegionCode,
  Result,
  UnitCode,
  UserId,
} from "../kernel/index.ts";
import type { CommandInput, CommandName } from "./command-input.ts";
import type { Deps, ItemCard, Rules, UnitCard } from "./deps.ts";
import { enclose } from "./enclose.ts";
import type { Target } from "./find-target.ts";
import { giveCommand } from "./give-command.ts";
import type { CommandDone, CommandRefusal, GivenCommand } from "./give-command.ts";
import type { Clock } from "./ports/clock.ts";
import type { Keys } from "./ports/keys.ts";
import type { DeadLetterDesk, Queries } from "./ports/queries.ts";
import type { ReadLog, ReadLogRow } from "./ports/read-log.ts";
import type { CaseStore, Commit, InboxStore, TimerStore } from "./ports/store.ts";
import type { RingTask } from "./ports/phone.ts";
import { receiveMessage } from "./receive-message.ts";
import type { Received } from "./receive-message.ts";
import { createRequestNumbers } from "./request-numbers.ts";
import type { NamedInput } from "./translate.ts";

export const HOTLINE = "hotline-150100" as NodeCode;
export const POLICE = "police-150100" as NodeCode;
export const REGION = "150100" as RegionCode;
export const PLACE = "150102" as RegionCode;
export const WORKS = "x150100-works" as UnitCode;
/** Retired; `WORKS` takes its orders. */
export const GONE = "x150100-gone" as UnitCode;
export const GOVERNMENT = "x150100-government" as UnitCode;

/** Items of the invented catalogue: an ordinary one of each desk, one of neither, one of annex part three. */
export const LAMP = "A01-05" as ItemCode;
export const THEFT = "B02-01" as ItemCode;
export const LAWSUIT = "N00-01" as ItemCode;
export const THREAT = "C01-01" as ItemCode;

/** The stores a desk stands on: those kept in memory, handed in because use cases know no adapter. */
type DeskStores = {
  readonly cases: CaseStore;
  readonly queries: Queries;
  readonly inbox: InboxStore;
  readonly timers: TimerStore;
  readonly deadLetterDesk: DeadLetterDesk;
  readonly readLog: ReadLog;
  readonly reads: readonly ReadLogRow[];
};

export type DeskParts = {
  readonly stores: (home: RegionCode, clock: Clock) => DeskStores;
  readonly keys: Keys;
  readonly side?: "hotline" | "police";
  readonly peers?: readonly PeerDesk[];
  readonly governmentDesk?: Rules["governmentDesk"];
  /** Limits of this node; absent = nobody agreed on any. */
  readonly limits?: Rules["clock"];
};

/** One desk with its use cases as shipped, a clock that stands, and a memory of what was committed. */
export type Desk = {
  readonly deps: Deps;
  readonly timers: TimerStore;
  readonly commits: readonly Commit[];
  readonly reads: readonly ReadLogRow[];
  readonly wakes: readonly string[];
  readonly rung: readonly RingTask[];
  readonly passMs: (ms: number) => void;
  /** Runs once, between the decision and the writing of the next commit. */
  readonly meanwhile: (act: () => Promise<unknown>) => void;
};

const START = Date.UTC(2026, 10, 22, 5, 18, 17, 123);

export function aDesk(parts: DeskParts): Desk {
  let nowMs = START;
  const clock: Clock = { now: () => instantOf(nowMs) };
  const stores = parts.stores(REGION, clock);
  const commits: Commit[] = [];
  const wakes: string[] = [];
  const rung: RingTask[] = [];
  const pending: (() => Promise<unknown>)[] = [];
  const side = parts.side ?? "hotline";
  const store: CaseStore = {
    ...stores.cases,
    commit: async (commit) => {
      await pending.shift()?.();
      const outcome = await stores.cases.commit(commit);
      if (outcome === "done") commits.push(commit);
      return outcome;
    },
  };
  const deps: Deps = {
    node: {
      self: side === "hotline" ? HOTLINE : POLICE,
      side,
      home: REGION,
      dutyPhone: side === "hotline" ? "12345" : "110",
      followPolicy: "handOff",
      regime: ({ to }) => (to === "police" ? "policeRules" : "hotlineMemberRules"),
      callbackAttempts: 3,
      linkagePolicy: DEFAULT_LINKAGE_POLICY,
    },
    rules: () =>
      rulesOf(parts.governmentDesk ?? (() => ({ unit: GOVERNMENT, dutyPhone: "0471-0000000" })), parts.limits),
    peers: () => parts.peers ?? [otherDesk(side)],
    store,
    inbox: stores.inbox,
    queries: stores.queries,
    readLog: stores.readLog,
    deadLetterDesk: stores.deadLetterDesk,
    keys: parts.keys,
    clock,
    ids: { next: freshId, random: (bytes) => parts.keys.randomBytes(bytes) },
    requestNos: createRequestNumbers(stores.cases, clock, REGION, side),
    wake: { wake: (topic) => wakes.push(topic) },
    phone: {
      ring: async (task) => {
        rung.push(task);
        return "byHand";
      },
    },
    seatOnDuty: async () => true,
  };
  return {
    deps,
    timers: stores.timers,
    commits,
    reads: stores.reads,
    wakes,
    rung,
    passMs: (ms) => {
      nowMs += ms;
    },
    meanwhile: (act) => pending.push(act),
  };
}

function otherDesk(side: "hotline" | "police"): PeerDesk {
  return side === "hotline"
    ? { nodeCode: POLICE, side: "police", regions: [REGION], dutyPhone: "110" }
    : { nodeCode: HOTLINE, side: "hotline", regions: [REGION], dutyPhone: "12345" };
}

const VERDICTS: Readonly<Record<string, Pick<Verdict, "side" | "mode" | "urgency">>> = {
  [LAMP]: { side: "hotline", mode: "hotlineHandles", urgency: "ordinary" },
  [THEFT]: { side: "police", mode: "policeHandles", urgency: "ordinary" },
  [LAWSUIT]: { side: "neither", mode: "guide", urgency: "ordinary" },
  [THREAT]: { side: "both", mode: "urgentBoth", urgency: "urgent" },
};

/** A node for which nobody agreed on any limit. */
const NO_LIMITS: Rules["clock"] = {
  calendar: openCalendar({ version: "cn@1", years: [], days: [], shifts: [] }),
  policyFor: () => null,
};

function rulesOf(governmentDesk: Rules["governmentDesk"], clock?: Rules["clock"]): Rules {
  return {
    catalogueVersion: "test@1",
    asked: (given) => (given.length === 0 ? [] : [{ group: "G06", answers: given, outcome: null }]),
    question: (code) => (code === "G06-1" ? { askZh: "有人被困吗？", askEn: "Is anybody trapped?" } : null),
    explain: () => null,
    verdictOf: (item, by) => {
      const found = VERDICTS[item];
      return found === undefined
        ? null
        : { ...found, item, catalogueVersion: "test@1", source: "nmg:a1.1", basis: "plan", by };
    },
    item: (item) => (VERDICTS[item] === undefined ? null : itemCard(item)),
    placeName: (place) => (place === PLACE ? "新城区" : null),
    unit: (unit) => (unit === WORKS || unit === GOVERNMENT || unit === GONE ? unitCard(unit) : null),
    retirement: (unit) => (unit === GONE ? { from: "2026-01-01", successor: unitCard(WORKS) } : null),
    governmentDesk,
    exclusionBounds: (ground) => (ground === LAWSUIT || ground === "court" ? "hotline" : null),
    clock: clock ?? NO_LIMITS,
    unitsFor: () => [],
    dutyArbiter: null,
    knownCode: (_list, code) => KNOWN_CODES.includes(code),
  };
}

const KNOWN_CODES = "phone tipOff nonUrgentHelp publicServices person outOfScope takeBack court resolved".split(" ");

function itemCard(code: string): ItemCard {
  const { side, mode, urgency } = VERDICTS[code] ?? { side: "hotline", mode: "", urgency: "" };
  const names = { className: "类", classNameEn: "class", nameZh: "事项", nameEn: "item", condition: null };
  return { code, ...names, side, mode, urgency, source: "nmg:a1.1", basis: "plan", unitKind: null };
}

function unitCard(code: UnitCode): UnitCard {
  const names = { nameZh: "市政设施", nameEn: "Municipal works" };
  return { code, ...names, side: "hotline", tier: "prefecture", region: REGION, unitKind: "works", dutyPhone: "0" };
}

let serial = 0;

/** An id of the right shape, never the same twice. */
export function freshId(): string {
  serial += 1;
  return `00000000-0000-7000-8000-${String(serial).padStart(12, "0")}`;
}

/** An account of the desk's own region; `part` makes it another one. */
export function anActor(part: Partial<Actor> = {}): Actor {
  return { id: "user-1" as UserId, roles: ["callTaker", "dispatcher"], regions: [REGION], unit: null, ...part };
}

export const SAID = "路灯不亮三天了，请回电13800001111";

/** What a call taker enters about a street lamp; `part` adds or replaces. */
export function aCall(
  part: Partial<CommandInput["register"]["fields"]> = {},
  rest: Omit<CommandInput["register"], "fields"> = {},
): CommandInput["register"] {
  const fields = {
    channel: "phone",
    place: PLACE,
    requestKind: "nonUrgentHelp",
    field: "publicServices",
    requesterType: "person",
    requesterName: "诉求人甲",
    requesterPhone: "138 0000 1111",
    address: "某路1号",
    text: SAID,
  };
  return { fields: { ...fields, ...part }, ...rest };
}

type Giving = {
  readonly target?: Target;
  readonly actor?: Actor;
  readonly id?: CommandId;
  readonly ifMatch?: number | null;
  readonly onDuty?: boolean;
  readonly show?: GivenCommand["show"];
};

/** Gives a command as a route would: a new id, the digest over target and input. */
export function give<N extends CommandName>(
  desk: Desk,
  name: N,
  body: CommandInput[N],
  {
    target = { kind: "new" },
    actor = anActor(),
    id = freshId() as CommandId,
    ifMatch = null,
    onDuty = false,
    show,
  }: Giving = {},
): Promise<Result<CommandDone, CommandRefusal>> {
  const input = parseInput(name, body);
  const digest = createHash("sm3")
    .update(JSON.stringify([target, input]))
    .digest("hex");
  return giveCommand(desk.deps, { actor, onDuty, id, digest, ifMatch, target, input, ...(show && { show }) });
}

function parseInput<N extends CommandName>(name: N, body: CommandInput[N]): NamedInput {
  return { name, body } as NamedInput;
}

/** A command that must be taken. */
export async function given(result: Promise<Result<CommandDone, CommandRefusal>>): Promise<CommandDone> {
  const done = await result;
  if (!done.ok) throw new Error(`refused: ${JSON.stringify(done.error)}`);
  return done.value;
}

/** The code of a refusal, or "ok". */
export async function codeOf(result: Promise<Result<unknown, { readonly code: string }>>): Promise<string> {
  const done = await result;
  return done.ok ? "ok" : done.error.code;
}

export function onRequest(done: CommandDone): Target {
  return { kind: "request", no: done.requestNo };
}

export function onLinkage(id: LinkageId): Target {
  return { kind: "linkage", id };
}

export function onOrder(id: OrderId): Target {
  return { kind: "order", id };
}

/** Before each of the next `times` commits somebody else's `act` is committed first. */
export function overtake(desk: Desk, times: number, act: () => Promise<unknown>): void {
  let left = times;
  const race = async (): Promise<void> => {
    left -= 1;
    desk.meanwhile(async () => undefined);
    await act();
    if (left > 0) desk.meanwhile(race);
  };
  desk.meanwhile(race);
}

/** Everything this desk has committed to send, oldest first. */
export function sentBy(desk: Desk): readonly LinkageMessage[] {
  return desk.commits.flatMap((commit) => commit.outbox);
}

/** Carries one message with the values its sender encloses. */
export async function carry(from: Desk, to: Desk, message: LinkageMessage): Promise<Received> {
  return receiveMessage(to.deps, message, await enclose(from.deps, message));
}
