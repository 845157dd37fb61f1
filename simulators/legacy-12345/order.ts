import { createHash } from "node:crypto";
import { type Body, textIn, textsIn } from "../legacy/body.ts";
import { localTime, readLocalTime, timeDigits } from "../legacy/local-time.ts";

/** One order (工单); docs/legacy.md, 3.1. */
export type Order = {
  readonly orderId: string;
  readonly orderNum: string;
  /** Members that are plain texts. */
  readonly texts: { readonly [member: string]: string };
  readonly stage: string;
  readonly state: State;
  readonly stateTime: string;
  readonly urgeNum: number;
  readonly backReason: string;
  readonly backTime: string;
  readonly backCount: number;
  readonly handling: Texts | null;
  readonly visit: Texts | null;
  readonly visitCount: number;
  readonly redoFlag: "0" | "1";
  readonly redoCount: number;
  readonly redoOpinion: string;
  readonly history: readonly {
    readonly at: string;
    readonly stage: string;
    readonly state: State;
    readonly by: string;
  }[];
};
export type Texts = { readonly [member: string]: string };
export type State = keyof typeof STAGES;

/** Each state with the stage it belongs to. */
export const STAGES = {
  待受理: "受理",
  待补充: "受理",
  待派遣: "预审",
  已派遣: "处置",
  待处置: "处置",
  待督办: "处置",
  已处置: "处置",
  待回访: "回访",
  待结案: "结案",
  已结案: "结案",
} as const;

/** Who asks and the matter: what a caller or another system may give and amend. */
export const GIVEN: readonly string[] =
  `callerName callerSex callerPhone contactPhone callerMail callerCompany callerType callTime pilotLight handleModelType
  questionCode questionName isSecret isVisit title majorContent address divisionCode`.split(/\s+/);

/** What only the one who creates it gives. */
export const ORIGIN: readonly string[] = ["sourceType", "sourceNum"];

/** What a dispatch sets. */
export const DISPATCH: readonly string[] = "organizationCode organizationName dispatchAdvice timeUnit handleDays".split(
  " ",
);

const HANDLING =
  `isTrue isBeyondDuty applyKind isContacted contactPhone contactTime isSolved unsolvedReason handleContent
  publicReply`.split(/\s+/);
const VISIT = "visitTime visitor isConnected isTruth isUnitContacted isSolved satisfaction opinion".split(" ");
const HASHED = {
  nameHash: "callerName",
  phoneHash: "callerPhone",
  contactHash: "contactPhone",
  mailHash: "callerMail",
};
const DAY_MS = 86_400_000;

/** A new order in 待受理; `count` is how many there were before, and makes its number. */
export function newOrder(input: Body, now: number, count: number, by: string): Order {
  const at = localTime(now);
  const orderNum = `${timeDigits(now)}${String((count + 1) % 1_000_000).padStart(6, "0")}`;
  const defaults = {
    callTime: at,
    pilotLight: "一般",
    handleModelType: "转办",
    isSecret: "0",
    isVisit: "1",
    isSupervise: "0",
  };
  return {
    orderId: createHash("sha256").update(orderNum).digest("hex").slice(0, 32),
    orderNum,
    texts: { ...defaults, ...textsIn(input, [...GIVEN, ...ORIGIN]) },
    stage: STAGES.待受理,
    state: "待受理",
    stateTime: at,
    urgeNum: 0,
    backReason: "",
    backTime: "",
    backCount: 0,
    handling: null,
    visit: null,
    visitCount: 0,
    redoFlag: "0",
    redoCount: 0,
    redoOpinion: "",
    history: [{ at, stage: STAGES.待受理, state: "待受理", by }],
  };
}

/** The order as it is told: one flat object with its hashes. */
export function wholeOrder({ texts, history: _history, ...order }: Order): Body {
  const hashes = Object.entries(HASHED).map(([name, member]) => [name, hashOf(texts[member] ?? "")]);
  return { ...texts, ...order, ...Object.fromEntries(hashes), urgeNum: String(order.urgeNum), ...counts(order) };
}

/** One entry of `status`. */
export function statusOf(order: Order): Body {
  const { orderNum, texts, stage, state, stateTime, backReason, backCount, handling, visit } = order;
  const { sourceType = "", sourceNum = "", organizationCode = "" } = texts;
  const back = { backReason, backCount: String(backCount) };
  return { orderNum, sourceType, sourceNum, stage, state, stateTime, organizationCode, ...back, handling, visit };
}

/** The handling form of a body, all its members. */
export function handlingIn(body: Body): Texts {
  return formIn(body["handling"], HANDLING);
}

/** The call-back of a body, all its members. */
export function visitIn(body: Body): Texts {
  return formIn(body["visit"], VISIT);
}

/** SHA-256 of a value without spaces; of nothing, nothing. */
export function hashOf(value: string): string {
  const bare = value.replace(/\s/g, "");
  return bare === "" ? "" : createHash("sha256").update(bare).digest("hex");
}

/** When an order must be done: hours, days, or working days without Saturdays and Sundays; it knows no holidays. */
export function deadlineOf(from: string, timeUnit: string, handleDays: string): string {
  const start = readLocalTime(from);
  const units = Number(handleDays);
  if (!Number.isFinite(units) || units <= 0) return "";
  if (timeUnit === "3") return localTime(start + units * 3_600_000);
  if (timeUnit !== "1") return localTime(start + units * DAY_MS);
  let due = start;
  for (let left = units; left > 0; ) {
    due += DAY_MS;
    if (!isWeekend(due)) left -= 1;
  }
  return localTime(due);
}

function isWeekend(at: number): boolean {
  const day = new Date(`${localTime(at).slice(0, 10)}T00:00:00Z`).getUTCDay();
  return day === 0 || day === 6;
}

function formIn(value: unknown, members: readonly string[]): Texts {
  const body: Body = typeof value === "object" && value !== null ? { ...value } : {};
  return Object.fromEntries(members.map((member) => [member, textIn(body, member)]));
}

function counts(order: Omit<Order, "texts" | "history">): Body {
  const { backCount, visitCount, redoCount } = order;
  return { backCount: String(backCount), visitCount: String(visitCount), redoCount: String(redoCount) };
}
