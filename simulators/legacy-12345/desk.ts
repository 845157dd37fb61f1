import { type Body, Refused, requireTexts, textIn, textsIn } from "../legacy/body.ts";
import { Machine } from "../legacy/machine.ts";
import type { Options } from "../legacy/options.ts";
import {
  deadlineOf,
  DISPATCH,
  GIVEN,
  handlingIn,
  hashOf,
  newOrder,
  type Order,
  STAGES,
  type State,
  statusOf,
  visitIn,
  wholeOrder,
} from "./order.ts";

type Books = { readonly orders: { readonly [orderNum: string]: Order } };

const FAULTS = ["late", "doubled", "lost", "limited", "forgetful", "twice", "skipped"];
/** Source of the orders that the peer gave: it is told of each change. */
const GIVEN_BY_POLICE = "110";
const AT_UNIT: readonly State[] = ["已派遣", "待处置"];
const BAD: readonly string[] = ["不满意", "非常不满意"];

/** A 12345 order system: its orders, what its people do, and what another system asks of it. */
export class HotlineDesk {
  readonly machine: Machine<Books>;
  readonly #policeOffice: string;

  /** `policeOffice` is the organisation code of 110: an order dispatched to it is pushed to the peer. */
  constructor(options: Options, policeOffice: string, machine?: () => number) {
    this.machine = new Machine<Books>(options, FAULTS, () => ({ orders: {} }), machine);
    this.#policeOffice = policeOffice;
  }

  view(): Body {
    const orders = Object.values(this.#orders).map((order) => ({ ...wholeOrder(order), history: order.history }));
    return { ...this.machine.view(), orders };
  }

  /** What another system gives; the same `sourceNum` again gives the order there is, unless the fault is on. */
  create(input: Body): Body {
    requireTexts(input, ["majorContent", "sourceType", "sourceNum"]);
    const { sourceType, sourceNum } = textsIn(input, ["sourceType", "sourceNum"]);
    const known = Object.values(this.#orders).find(
      ({ texts }) => texts["sourceType"] === sourceType && texts["sourceNum"] === sourceNum,
    );
    if (known !== undefined && !this.machine.faults.has("twice")) return briefOf(known);
    return briefOf(this.#file(input, sourceType ?? ""));
  }

  take(input: Body): Body {
    return briefOf(this.#file({ sourceType: "电话", ...input }, "people"));
  }

  amend(input: Body): Body {
    const order = this.#order(input);
    if (order.state === "已结案") throw refusedIn(order);
    const amended = { ...order, texts: { ...order.texts, ...textsIn(input, GIVEN) } };
    if (order.state === "待补充") return this.#move(amended, "待受理", "amend");
    return this.#set(amended);
  }

  accept(input: Body): Body {
    return this.#move(this.#orderIn(input, ["待受理"]), "待派遣", "accept");
  }

  ask(input: Body): Body {
    return this.#move(this.#orderIn(input, ["待受理"]), "待补充", "ask");
  }

  dispatch(input: Body): Body {
    requireTexts(input, ["organizationCode"]);
    const order = this.#orderIn(input, ["待派遣"]);
    const { time } = this.machine;
    const given = { timeUnit: "1", handleDays: "5", ...textsIn(input, DISPATCH) };
    const times = { firstDispatchTime: order.texts["firstDispatchTime"] ?? time, lastDispatchTime: time };
    const deadline = deadlineOf(time, given.timeUnit, given.handleDays);
    const moved = { ...order, texts: { ...order.texts, ...given, ...times, deadline } };
    const answer = this.#move(moved, "已派遣", "dispatch");
    if (textIn(input, "organizationCode") === this.#policeOffice) {
      this.#tell("order", order.orderNum, wholeOrder(this.#order(input)));
    }
    return answer;
  }

  sign(input: Body): Body {
    return this.#move(this.#orderIn(input, ["已派遣", "待督办"]), "待处置", "sign");
  }

  supervise(input: Body): Body {
    const order = this.#orderIn(input, ["待处置"]);
    return this.#move({ ...order, texts: { ...order.texts, isSupervise: "1" } }, "待督办", "supervise");
  }

  /** A return of a unit: the reason of the last one only is kept. `own`: by the people of this side. */
  giveBack(input: Body, own: boolean): Body {
    requireTexts(input, ["backReason"]);
    const order = this.#order(input);
    const given = order.texts["sourceNum"] !== undefined;
    const refused = own && given && (order.state === "待受理" || order.state === "待派遣");
    if (!refused && !AT_UNIT.includes(order.state)) throw refusedIn(order);
    const back = {
      backReason: textIn(input, "backReason"),
      backTime: textIn(input, "backTime") || this.machine.time,
      backCount: order.backCount + 1,
    };
    return this.#move({ ...order, ...back }, refused ? "已结案" : "待派遣", textIn(input, "backUnit") || "return");
  }

  conclude(input: Body): Body {
    const order = this.#orderIn(input, AT_UNIT);
    const handling = handlingIn(input);
    if (handling["handleContent"] === "") throw new Refused(400, "参数错误: handling.handleContent不能为空");
    const texts = { ...order.texts, completeTime: this.machine.time };
    this.#move({ ...order, handling, texts }, "已处置", "conclude");
    const next = order.texts["isVisit"] === "0" ? "待结案" : "待回访";
    return this.#move(this.#order(input), next, "conclude");
  }

  callBack(input: Body): Body {
    const order = this.#orderIn(input, ["待回访"]);
    const visit = visitIn(input);
    const satisfaction = visit["satisfaction"] ?? "";
    const visited = { ...order, visit, visitCount: order.visitCount + 1 };
    if (!BAD.includes(satisfaction)) return this.#move(visited, "待结案", "callback");
    const redo = { redoFlag: "1", redoCount: order.redoCount + 1, redoOpinion: visit["opinion"] ?? "" } as const;
    return this.#move({ ...visited, ...redo }, "待处置", "callback");
  }

  urge(input: Body): Body {
    const order = this.#order(input);
    return this.#set({ ...order, urgeNum: order.urgeNum + 1 });
  }

  close(input: Body): Body {
    return this.#move(this.#orderIn(input, ["待结案"]), "已结案", "close");
  }

  status(input: Body): Body {
    const since = textIn(input, "since");
    if (since === "") return { list: [statusOf(this.#order(input))] };
    return {
      list: Object.values(this.#orders)
        .filter(({ stateTime }) => stateTime >= since)
        .map(statusOf),
    };
  }

  detail(input: Body): Body {
    return wholeOrder(this.#order(input));
  }

  /** Blind search: the telephone number is not kept in clear where one searches. */
  find(input: Body): Body {
    const hash = hashOf(textIn(input, "phone"));
    const found = Object.values(this.#orders).filter(
      ({ texts }) => hash !== "" && hashOf(texts["callerPhone"] ?? "") === hash,
    );
    return { orderNums: found.map(({ orderNum }) => orderNum) };
  }

  get #orders(): Books["orders"] {
    return this.machine.books.now.orders;
  }

  #file(input: Body, by: string): Order {
    const order = newOrder(input, this.machine.clock.now(), Object.keys(this.#orders).length, by);
    this.#set(order);
    this.#tellState(order);
    return order;
  }

  #order(input: Body): Order {
    const number = textIn(input, "orderNum");
    const found = this.#orders[number];
    if (found === undefined) throw new Refused(404, `工单不存在: ${number}`);
    return found;
  }

  #orderIn(input: Body, states: readonly State[]): Order {
    const order = this.#order(input);
    if (!states.includes(order.state)) throw refusedIn(order);
    return order;
  }

  #move(order: Order, state: State, by: string): Body {
    const { time: at } = this.machine;
    const stage = STAGES[state];
    const moved = { ...order, stage, state, stateTime: at, history: [...order.history, { at, stage, state, by }] };
    const answer = this.#set(moved);
    this.#tellState(moved);
    return answer;
  }

  #set(order: Order): Body {
    this.machine.books.now = { orders: { ...this.#orders, [order.orderNum]: order } };
    this.machine.keep();
    return briefOf(order);
  }

  #tellState(order: Order): void {
    const { sourceType, organizationCode } = order.texts;
    if (sourceType === GIVEN_BY_POLICE || organizationCode === this.#policeOffice)
      this.#tell("status", order.orderNum, statusOf(order));
  }

  #tell(kind: "status" | "order", orderNum: string, message: Body): void {
    const { outbox, clock, faults } = this.machine;
    const replacing = kind === "status" && faults.has("skipped");
    outbox.add({ kind, key: `${kind} ${orderNum}`, message }, clock.now(), replacing);
    this.machine.keep();
  }
}

function briefOf({ orderId, orderNum, stage, state }: Order): Body {
  return { orderId, orderNum, stage, state };
}

function refusedIn({ orderNum, state }: Order): Refused {
  return new Refused(409, `当前状态不允许: ${orderNum} ${state}`);
}
