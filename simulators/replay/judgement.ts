import { CALLBACK_MIX, CHANCES, SATISFACTION_MIX } from "./mixes.ts";
import { openOrders } from "./seen.ts";
import type { Seen, SeenLinkage, SeenOrder } from "./seen.ts";
import type { Mind, Wish } from "./step.ts";

/** The first linkage that passes. */
export function linkage(seen: Seen, test: (l: SeenLinkage) => boolean): SeenLinkage | null {
  return seen.linkages.find(test) ?? null;
}

/** A command on the first linkage that passes and allows it. */
export function on(seen: Seen, command: string, test: (l: SeenLinkage) => boolean, body: object = {}): Wish | null {
  const found = linkage(seen, (l) => l.allowed.includes(command) && test(l));
  return found === null ? null : { command, target: found.id, body };
}

/** A command on the request, when the person may give it. */
export function request(seen: Seen, command: string, when: boolean, body: object = {}): Wish | null {
  return when && seen.allowed.includes(command) ? { command, target: seen.no, body } : null;
}

const OPEN_OFFER = ["offered", "negotiating", "held", "returned", "bound"];

/** Whether it hands the ordinary part over: a push, a notice and support do not. */
export function isHandOver({ kind }: Pick<SeenLinkage, "kind">): boolean {
  return kind === "clear" || kind === "afterInitialResponse";
}

export function received(l: SeenLinkage): boolean {
  return l.role === "R" && isHandOver(l);
}

export function sent(l: SeenLinkage): boolean {
  return l.role === "S" && isHandOver(l);
}

export function pushedHere(l: SeenLinkage): boolean {
  return l.role === "R" && l.kind === "urgent";
}

/** Whether this desk itself works on the ordinary part: it holds it and has not offered it to anybody. */
export function ours(seen: Seen): boolean {
  return seen.responsible && linkage(seen, (l) => sent(l) && OPEN_OFFER.includes(l.state)) === null;
}

export function atWork(seen: Seen): boolean {
  return ours(seen) && ["registered", "accepted", "handling"].includes(seen.status);
}

/** Whether the matter is the other desk's (or also its) and was never sent there from here: nobody sends it twice. */
export function belongsElsewhere(seen: Seen, { desk }: Mind): boolean {
  if (linkage(seen, sent) !== null) return false;
  if (desk === "hotline") return seen.side === "police" && !seen.danger;
  return seen.side === "hotline" || seen.mode === "policeFirstThenHotline" || seen.mode === "urgentBoth";
}

/** 110 sends officers first where the annex or danger says so; only then the rest is handed over. */
export function officersFirst(seen: Seen, { desk }: Mind): boolean {
  return desk === "police" && (seen.side === "police" || seen.side === "both" || seen.danger);
}

export function officersDone(seen: Seen): boolean {
  const police = seen.orders.filter((order) => order.kind === "police");
  return police.length > 0 && police.every((order) => order.status === "replied" || order.status === "recalled");
}

export function readyToHandOver(seen: Seen, mind: Mind): boolean {
  if (!atWork(seen) || !belongsElsewhere(seen, mind) || seen.item === null) return false;
  return openOrders(seen).length === 0 && (!officersFirst(seen, mind) || officersDone(seen));
}

/** After taking a matter up, or after officers acted, what was done must be written down first. */
export function needsEntry(seen: Seen, mind: Mind): boolean {
  const taken = seen.status !== "registered" || linkage(seen, received) !== null;
  return !seen.initialResponse && (taken || officersFirst(seen, mind));
}

/** Nothing more is owed to the requester. */
export function satisfied(seen: Seen): boolean {
  const reached = seen.callbacks.some((c) => c.outcome === "reached");
  return seen.conclusion?.resolution === "answeredAtOnce" || seen.rated || reached || seen.callbacks.length >= 3;
}

/** Words that were said later. */
export function more(mind: Mind, what: string): object {
  return { fields: {}, note: `${what}(${mind.story.index})` };
}

export function resolution({ desk, story }: Mind): string {
  if (desk === "police") return "handled";
  return story.draw.pick("resolution", ["resolved", "resolved", "partlyResolved", "explained"]) ?? "resolved";
}

export function satisfaction(mind: Mind, name: string): number {
  return Number(mind.story.draw.ofMix(`satisfaction ${name}`, SATISFACTION_MIX));
}

/** Outcome of the next try to reach the requester. */
export function calledBack(seen: Seen, mind: Mind): object {
  const attempt = `call-back ${seen.callbacks.length}`;
  const outcome = mind.story.draw.ofMix(attempt, CALLBACK_MIX);
  if (outcome !== "reached") return { outcome };
  const solved = mind.story.draw.chance(`solved ${attempt}`, CHANCES.solved);
  return { outcome, satisfaction: satisfaction(mind, attempt), solved };
}

export function missingFields(seen: Seen, mind: Mind): object {
  const truth: Readonly<Record<string, string>> = mind.story.truth;
  return { fields: Object.fromEntries(seen.missing.map((name) => [name, truth[name] ?? ""])) };
}

/** Officers are sent once, and only by 110. */
export function officers(seen: Seen, mind: Mind): Wish | null {
  if (mind.desk !== "police" || seen.orders.some((order) => order.kind === "police")) return null;
  const wish = request(seen, "dispatch", true, { kind: "police", role: "lead", instruction: "请立即到场处置" });
  return wish === null ? null : { ...wish, unit: "police" };
}

export function workOrder(seen: Seen, role: "lead" | "assisting"): Wish | null {
  const wish = request(seen, "dispatch", true, { kind: "work", role, instruction: "请依规办理并答复" });
  return wish === null ? null : { ...wish, unit: "work" };
}

/** A unit whose clerk has no log-in tells its result by telephone; the dispatcher writes it down. */
export function phonedIn(seen: Seen, mind: Mind, kind: string): Wish | null {
  const order = openOrders(seen).find(
    (o) => o.kind === kind && !mind.clerks.has(o.unit) && o.allowed.includes("reply"),
  );
  return order === undefined ? null : { command: "reply", target: order.id, body: replyOf(order, resolution(mind)) };
}

export function replyOf(order: SeenOrder, code: string): object {
  return { resolution: code, reply: order.kind === "police" ? "已到场处置完毕" : "已核实办理,现予答复" };
}
