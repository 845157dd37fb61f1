import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { CommandDone, CommandName, Problem, RegisterBody, RequestView } from "../../src/http/contract/index.ts";
import { ACTS, COMMANDS } from "../../src/http/contract/index.ts";
import type { PairAccount, Side, TestPair } from "../setup/pair.ts";
import { logIn, pathOf } from "../setup/pair-seat.ts";
import type { Answer, Seat } from "../setup/pair-seat.ts";
import { STREET_LAMP, THEFT } from "./matters.ts";
import type { Seeded } from "./seeded.ts";

/** A command that the node said it has saved. */
export type Acknowledged = {
  readonly key: string;
  readonly side: Side;
  readonly login: string;
  readonly name: CommandName | "register";
  readonly path: string;
  readonly body: object;
  readonly requestNo: string;
  readonly caseId: string;
  /** How often it was sent before it was acknowledged. */
  readonly tries: number;
};

/** What the clients of one run have seen. */
export type Ledger = {
  readonly acknowledged: Acknowledged[];
  /** How often each command was carried out, and each refusal code met. */
  readonly done: Map<string, number>;
  readonly refused: Map<string, number>;
  /** Answers that a client must never get. */
  readonly faults: string[];
  /** Commands whose first try had no answer, and how they ended. */
  readonly retried: { done: number; refused: number };
  readonly numbers: string[];
};

/** An empty ledger. */
export function newLedger(): Ledger {
  return {
    acknowledged: [],
    done: new Map(),
    refused: new Map(),
    faults: [],
    retried: { done: 0, refused: 0 },
    numbers: [],
  };
}

/** Accounts that work during a run; two of a kind disturb each other on purpose. */
const WORKERS: readonly (readonly [Side, string])[] = [
  ["hotline", "agent1"],
  ["hotline", "agent2"],
  ["hotline", "supervisor"],
  ["hotline", "unit1"],
  ["police", "taker1"],
  ["police", "dispatcher"],
  ["police", "supervisor"],
  ["police", "patrol"],
];

const RECENT = 24;
const NEW_REQUEST = 0.08;
const ANSWER_MS = 15_000;
const PATIENCE_MS = 180_000;

/** Runs all workers until `stopped`; every command in hand is brought to an end afterwards. */
export async function workAll(pair: TestPair, ledger: Ledger, random: Seeded, stopped: () => boolean): Promise<void> {
  await Promise.all(WORKERS.map(([side, login]) => work(pair.account(side, login), ledger, random.fork(), stopped)));
}

async function work(account: PairAccount, ledger: Ledger, random: Seeded, stopped: () => boolean): Promise<void> {
  const client = clientOf(account);
  while (!stopped()) {
    const registers = account.unit === null && (ledger.numbers.length === 0 || random.next() < NEW_REQUEST);
    if (registers) {
      const { requestNo } = (await send(client, ledger, random, "register", "", matter(account.node, random))) ?? {};
      if (requestNo !== undefined) ledger.numbers.push(requestNo);
    } else await actOnSomething(client, ledger, random);
  }
}

function matter(side: Side, random: Seeded): RegisterBody {
  const kind =
    side === "hotline"
      ? random.weighted({ own: 25, others: 50, extreme: 15, empty: 10 })
      : random.weighted({ own: 30, others: 60, extreme: 10, empty: 0 });
  switch (kind) {
    case "own":
      return side === "hotline" ? STREET_LAMP : THEFT;
    case "others":
      return side === "hotline" ? THEFT : STREET_LAMP;
    case "extreme":
      return { item: "C01-01", fields: { place: "150102", text: "扬言极端行为" } };
    case "empty":
      return { fields: {}, danger: true };
  }
}

type Choice = { readonly name: CommandName; readonly target: string; readonly body?: object };

/** Reads some recent request and does one of the things its screen would allow now. */
async function actOnSomething(client: Client, ledger: Ledger, random: Seeded): Promise<void> {
  const no = random.pick(ledger.numbers.length === 0 ? [""] : ledger.numbers.slice(-RECENT));
  if (no === "") return void (await delay(50));
  const answer = await client.ask<RequestView>("GET", `/requests/${no}`).catch(() => null);
  if (answer === null || answer.status !== 200) return void (await delay(30));
  const { body: view } = answer;
  const own = (unit: string): boolean => client.account.unit === null || client.account.unit === unit;
  const choices: readonly Choice[] = [
    ...view.allowed.map((name) => ({ name, target: isTimeLimit(name) ? view.caseId : no })),
    ...view.linkages.flatMap((l) =>
      l.allowed.map((name) => ({ name, target: l.id, ...(name === "shown" ? { body: { pushNo: l.pushNo } } : {}) })),
    ),
    ...view.orders.flatMap((o) => (own(o.unit) ? o.allowed.map((name) => ({ name, target: o.id })) : [])),
  ].filter((choice): choice is Choice => choice.name in WEIGHTS && WEIGHTS[choice.name as CommandName] > 0);
  if (choices.length === 0) return void (await delay(20));
  const weights = Object.fromEntries(choices.map((c, i) => [String(i), WEIGHTS[c.name]]));
  const chosen = choices[Number(random.weighted(weights))];
  if (chosen === undefined) return;
  const body = chosen.body ?? bodyOf(chosen.name, client.account.node, random);
  await send(client, ledger, random, chosen.name, chosen.target, body);
}

/** How likely a screen's button is pressed; what only undoes work is rare. */
const WEIGHTS: Readonly<Record<CommandName, number>> = {
  amend: 3,
  danger: 1,
  judge: 2,
  accept: 2,
  guide: 0,
  answer: 2,
  dispatch: 6,
  recordInitialResponse: 2,
  handOver: 14,
  conclude: 10,
  callBack: 8,
  rate: 2,
  close: 10,
  reopen: 1,
  acceptOffer: 20,
  return: 5,
  withdraw: 2,
  negotiate: 3,
  rule: 2,
  hold: 1,
  readAdditions: 10,
  shown: 12,
  sign: 8,
  endDanger: 6,
  notify: 3,
  readNotice: 8,
  askSupport: 3,
  grantSupport: 6,
  declineSupport: 2,
  endSupport: 4,
  askJoint: 3,
  endJoint: 6,
  acknowledgeOrder: 8,
  arrive: 8,
  reply: 16,
  recall: 3,
  pauseClock: 2,
  awaitRequester: 2,
  resumeClock: 6,
  askExtension: 3,
  approveExtension: 4,
  refuseExtension: 1,
  withdrawExtension: 1,
  orderDanger: 1,
};

/** Commands on a time limit name what it measures: an order, or the request by its own id. */
function isTimeLimit(name: string): boolean {
  return Object.entries(COMMANDS).some(([known, { path }]) => known === name && path.startsWith("/time-limits/"));
}

function bodyOf(name: CommandName, side: Side, random: Seeded): object {
  switch (name) {
    case "amend":
      return { fields: {}, note: `补充${random.between(1, 999)}` };
    case "danger":
    case "orderDanger":
      return { note: "情况危急" };
    case "judge":
      return { item: side === "hotline" ? "A01-05" : "B01-02" };
    case "answer":
      return { answer: "已答复" };
    case "dispatch":
      return side === "hotline"
        ? { kind: "work", unit: "x150100-municipalWorks", instruction: "请办理" }
        : { kind: "police", unit: "x150100-policeCommand" };
    case "recordInitialResponse":
      return { manner: "byPhone", entry: "已电话核实" };
    case "conclude":
      return { resolution: "mediated", result: "已办结" };
    case "callBack":
      return random.next() < 0.7
        ? { outcome: "reached", satisfaction: random.between(1, 5), solved: true }
        : { outcome: "notReached" };
    case "rate":
      return { satisfaction: random.between(1, 5) };
    case "reopen":
      return { reason: "notSolved" };
    case "return":
      return { reason: "outOfScope", basis: "nmg:2.1", proposedOwner: "other", note: "不属本方" };
    case "withdraw":
      return { reason: "keep" };
    case "rule":
      return { to: random.pick(["hotline", "police"]), ground: "consultation", decision: "会商决定" };
    case "endDanger":
      return { outcome: random.pick(["handled", "noDangerFound"]), result: "已处置" };
    case "notify":
      return { text: "通报情况" };
    case "askSupport":
      return { what: "需要两人协助", where: "路口", when: "尽快" };
    case "endJoint":
      return { outcome: random.pick(["settled", "notSettled"]), result: "调处结果" };
    case "declineSupport":
      return { reason: "人手不足" };
    case "endSupport":
      return { result: "支援结束" };
    case "reply":
      return { resolution: "mediated", reply: "已处理" };
    case "recall":
      return { reason: "other" };
    case "pauseClock":
      return { reason: "awaitsOther" };
    case "awaitRequester":
      return { days: random.between(1, 10), note: "请补充材料" };
    case "askExtension":
      return { amount: 1, reason: "complex", note: "情况复杂" };
    case "refuseExtension":
      return { reason: "notJustified", note: "理由不足" };
    default:
      return {};
  }
}

type Client = {
  readonly account: PairAccount;
  /** One call; logs in first when needed. Throws when there is no answer. */
  readonly ask: <T>(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ) => Promise<Answer<T>>;
};

function clientOf(account: PairAccount): Client {
  let seat: Seat | null = null;
  return {
    account,
    ask: async <T>(method: string, path: string, body?: object, headers?: Record<string, string>) => {
      seat ??= await takeSeat(account);
      const answer = await withDeadline(seat.call<T>(method, path, body, headers));
      if (answer.status === 401) seat = null;
      return answer;
    },
  };
}

/** A desk's seat goes on duty: only there has a push been shown. */
async function takeSeat(account: PairAccount): Promise<Seat> {
  const seat = await logIn(account);
  if (account.unit === null) await seat.setDuty(true);
  return seat;
}

function withDeadline<T>(work: Promise<T>): Promise<T> {
  const late = delay(ANSWER_MS, null, { ref: false }).then(() => {
    throw new Error(`no answer in ${ANSWER_MS} ms`);
  });
  return Promise.race([work, late]);
}

/** Sends one command until it is acknowledged or refused, always with the same key, as a screen does. */
async function send(
  client: Client,
  ledger: Ledger,
  random: Seeded,
  name: CommandName | "register",
  target: string,
  body: object,
): Promise<CommandDone | null> {
  const key = randomUUID();
  const path = name === "register" ? ACTS.register.path : pathOf(name, target);
  const { node: side, login } = client.account;
  const until = Date.now() + PATIENCE_MS;
  for (let tries = 1; Date.now() < until; tries++) {
    const answer = await client
      .ask<CommandDone & Problem>("POST", path, body, { "idempotency-key": key })
      .catch(() => null);
    if (answer === null || answer.status >= 500 || answer.status === 401 || answer.status === 429) {
      if (answer?.status === 500) ledger.faults.push(`500 ${answer.body.code} ${path}`);
      await delay(random.between(50, 400));
      continue;
    }
    if (answer.status >= 300) {
      count(ledger.refused, `${name} ${answer.body.code}`);
      if (tries > 1) ledger.retried.refused += 1;
      return null;
    }
    const { requestNo, caseId } = answer.body;
    ledger.acknowledged.push({ key, side, login, name, path, body, requestNo, caseId, tries });
    count(ledger.done, name);
    if (tries > 1) ledger.retried.done += 1;
    return answer.body;
  }
  ledger.faults.push(`${name} ${path} had no answer in ${PATIENCE_MS} ms`);
  return null;
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
