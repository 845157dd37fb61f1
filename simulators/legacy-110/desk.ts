import { type Body, Refused, requireTexts, textIn } from "../legacy/body.ts";
import { Machine } from "../legacy/machine.ts";
import type { Options } from "../legacy/options.ts";
import { type Form, formOfOrder, newForm, pushOf, type Unit } from "./form.ts";
import { keyOf, type Kind, type Message, messageOf, RESULTS } from "./messages.ts";

type Came = { readonly kind: Kind; readonly at: string; readonly message: Message };
/** What both roads have: link state, whether officers were sent, what came for it. */
type Followed = { readonly LJZT: string; readonly dispatched: boolean; readonly came: readonly Came[] };
type Alarm = Followed & { readonly form: Form; readonly FLOWID: string };
type Order = Followed & { readonly message: Message; readonly JJDBH: string };
type Books = {
  /** By `JJDBH`. */
  readonly alarms: { readonly [number: string]: Alarm };
  /** By `FLOWID`. */
  readonly orders: { readonly [number: string]: Order };
  readonly count: number;
};
type Found =
  | { readonly road: "alarms"; readonly number: string }
  | { readonly road: "orders"; readonly number: string };

const FAULTS = ["late", "doubled", "lost", "replaced", "limited", "forgetful", "overwritten", "wrong-unit"];

const PUSHED = "02";
const NOT_RECEIVED = "07";
const RECEIVED = "08";
const STATES = { M3: "05", M4: "04", M5: "03" } as const;

/** A 110 desk with an interface to 12345: its forms, the orders it was given, what its people do and what comes in. */
export class PoliceDesk {
  readonly machine: Machine<Books>;
  readonly #unit: Unit;
  readonly #carrier: "http" | "tables";

  constructor(options: Options, unit: Unit, carrier: "http" | "tables", machine?: () => number) {
    this.machine = new Machine<Books>(options, FAULTS, () => ({ alarms: {}, orders: {}, count: 0 }), machine);
    this.#unit = unit;
    this.#carrier = carrier;
  }

  get books(): Books {
    return this.machine.books.now;
  }

  view(): Body {
    const { alarms, orders } = this.books;
    return { ...this.machine.view(), alarms: Object.values(alarms), orders: Object.values(orders) };
  }

  /** Refused with 400 for a missing member, 404 for a number nobody knows here; nothing checks the state. */
  receive(kind: Kind, body: Body): void {
    const message = messageOf(kind, body);
    if (kind === "M0") return this.#takeOrder(message);
    requireTexts(message, kind === "M2" ? ["JJDBH", "RECEIVE"] : ["FLOWID"]);
    const found = this.#find(message);
    const came: Came = { kind, at: this.machine.time, message };
    const of = found.road === "alarms" ? this.#alarm(found.number) : this.#order(found.number);
    const earlier = this.machine.faults.has("overwritten") ? of.came.filter((one) => one.kind !== kind) : of.came;
    const followed = { LJZT: stateAfter(kind, message, of.LJZT), came: [...earlier, came] };
    if (found.road === "alarms") {
      const { FLOWID } = this.#alarm(found.number);
      this.#setAlarm(found.number, { ...followed, FLOWID: message["FLOWID"] || FLOWID });
    } else this.#setOrder(found.number, followed);
  }

  take(input: Body): Body {
    const form = this.#newForm(input);
    return { JJDBH: form["JJDBH"], LSH: form["LSH"] };
  }

  push(input: Body): void {
    const number = textIn(input, "JJDBH");
    const alarm = this.#alarm(number);
    if (alarm.LJZT !== "") throw new Refused(409, `已推送: ${number}`);
    this.#setAlarm(number, { LJZT: PUSHED });
    this.#send("M1", pushOf(alarm.form, this.machine.faults.has("wrong-unit")));
  }

  sign(input: Body): Body {
    const number = textIn(input, "FLOWID");
    const order = this.#order(number);
    if (order.LJZT !== "") throw new Refused(409, `已签收: ${number}`);
    const receive = textIn(input, "receive") || "1";
    const JJDBH = receive === "1" ? (this.#newForm(formOfOrder(order.message))["JJDBH"] ?? "") : "";
    this.#setOrder(number, { LJZT: receive === "1" ? RECEIVED : NOT_RECEIVED, JJDBH });
    this.#send("M2", { FLOWID: number, JJDBH, RECEIVE: receive, RECEIVETIME: this.machine.time });
    return { JJDBH };
  }

  dispatch(input: Body): void {
    const number = textIn(input, "FLOWID");
    if (number === "") return this.#setAlarm(textIn(input, "JJDBH"), { dispatched: true });
    this.#setOrder(number, { dispatched: true });
  }

  giveBack(input: Body): void {
    requireTexts(input, ["HANDLEOPINION"]);
    const HANDLETIME = this.machine.time;
    this.#answer("M3", input, { HANDLETIME, HANDLEBMNAME: textIn(input, "HANDLEBMNAME") || this.#unit.name });
  }

  feedBack(input: Body): void {
    requireTexts(input, ["CJCZQK"]);
    const { code, name } = this.#unit;
    const given = textIn(input, "FKDWMC") || name;
    const FKDWMC = this.machine.faults.has("wrong-unit") ? name : given;
    this.#answer("M4", input, { FKSJ: this.machine.time, FKDWDM: textIn(input, "FKDWDM") || code, FKDWMC });
  }

  callBack(input: Body): void {
    const results: { readonly [code: string]: string } = RESULTS[this.#carrier];
    const CLJGMC = results[textIn(input, "CLJGDM")];
    if (CLJGMC === undefined) throw new Refused(400, `CLJGDM: ${Object.keys(results).join(", ")}`);
    this.#answer("M5", input, { HFSJ: this.machine.time, CLJGMC });
  }

  #answer(kind: "M3" | "M4" | "M5", input: Body, own: Body): void {
    const number = textIn(input, "FLOWID");
    const { JJDBH } = this.#order(number);
    this.#setOrder(number, { LJZT: STATES[kind] });
    this.#send(kind, { ...input, ...own, FLOWID: number, JJDBH });
  }

  #send(kind: Kind, body: Body): void {
    const message = messageOf(kind, body);
    const { outbox, clock, faults } = this.machine;
    outbox.add({ kind, key: keyOf(message), message }, clock.now(), faults.has("replaced"));
    this.machine.keep();
  }

  #takeOrder(message: Message): void {
    requireTexts(message, ["FLOWID", "BJNR"]);
    const number = message["FLOWID"] ?? "";
    const known = this.books.orders[number];
    const fresh = { LJZT: "", JJDBH: "", dispatched: false, came: [] };
    this.#setBooks({ orders: { ...this.books.orders, [number]: { ...(known ?? fresh), message } } });
  }

  /** An alarm that was pushed is found by its number; an order of 12345 by its own. */
  #find(message: Message): Found {
    const { JJDBH = "", FLOWID = "" } = message;
    const { alarms, orders } = this.books;
    if (orders[FLOWID] !== undefined) return { road: "orders", number: FLOWID };
    if (alarms[JJDBH] !== undefined) return { road: "alarms", number: JJDBH };
    throw new Refused(404, `查无此单: ${JJDBH || FLOWID}`);
  }

  #newForm(input: Body): Form {
    const { alarms, count } = this.books;
    const { clock, time } = this.machine;
    const form = newForm(input, this.#unit, { now: clock.now(), time }, count + 1);
    const alarm = { form, LJZT: "", FLOWID: "", dispatched: false, came: [] };
    this.#setBooks({ alarms: { ...alarms, [form["JJDBH"] ?? ""]: alarm }, count: count + 1 });
    return form;
  }

  #alarm(number: string): Alarm {
    const found = this.books.alarms[number];
    if (found === undefined) throw new Refused(404, `查无此警单: ${number}`);
    return found;
  }

  #order(number: string): Order {
    const found = this.books.orders[number];
    if (found === undefined) throw new Refused(404, `查无此工单: ${number}`);
    return found;
  }

  #setAlarm(number: string, change: Partial<Alarm>): void {
    this.#setBooks({ alarms: { ...this.books.alarms, [number]: { ...this.#alarm(number), ...change } } });
  }

  #setOrder(number: string, change: Partial<Order>): void {
    this.#setBooks({ orders: { ...this.books.orders, [number]: { ...this.#order(number), ...change } } });
  }

  #setBooks(change: Partial<Books>): void {
    this.machine.books.now = { ...this.books, ...change };
    this.machine.keep();
  }
}

function stateAfter(kind: Exclude<Kind, "M0">, message: Message, before: string): string {
  if (kind === "M1") return before;
  if (kind === "M2") return message["RECEIVE"] === "1" ? RECEIVED : NOT_RECEIVED;
  return STATES[kind];
}
