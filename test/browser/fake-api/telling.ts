import { randomUUID } from "node:crypto";
import type { CommandName } from "../../../src/http/contract/index.ts";
import { both, copyAt, newLinkage, text } from "./acts.ts";
import type { Act } from "./acts.ts";
import { clearAlarm, instant, other, raise, tell } from "./world.ts";
import type { Copy, Linkage } from "./world.ts";

type Words = NonNullable<Linkage["words"]>;

const NAMES = ["text", "what", "where", "when"] as const;

function wordsOf(said: Readonly<Record<string, string>>): Words {
  const filled = Object.entries(said).filter(([, value]) => value !== "");
  return Object.fromEntries(
    filled.map(([name, value]) => [name, { showing: "clear" as const, value, revealable: false }]),
  );
}

/** A notice or a plea for support, at both desks; the matter stays where it is. */
export function tellOther(name: "notify" | "askSupport", { world, at, copy, who, body }: Act): string | null {
  const kind = name === "notify" ? "notice" : "support";
  const words = wordsOf(Object.fromEntries(NAMES.map((one) => [one, text(body, one)])));
  const id = randomUUID();
  const asked = kind === "support";
  const [here, over] = asked ? ["requested", "requested"] : ["received", "received"];
  const born = { part: "none", words, deliveredAt: instant() } as const;
  copy.linkages.push({ ...newLinkage(kind, "S", id), ...born, state: here });
  tell(at, copy, `command.${name}`, { who, stream: "linkage", streamId: id, to: here });
  const peer = other(world, at);
  const known = peer.copies.has(copy.no);
  const there = copyAt(peer, copy);
  if (!known || (there.status === "closed" && there.closedAs === "informed"))
    Object.assign(there, { status: "handedOver", responsible: false, closedAs: null });
  there.linkages.push({ ...newLinkage(kind, "R", id), ...born, state: over });
  raise(peer, asked ? "supportAsked" : "noticeUnread", id, there);
  tell(peer, there, `message.${kind}`, { node: at.code, stream: "linkage", streamId: id, to: over });
  return null;
}

/** The answers to it; null where this is none. */
export function onTelling(name: CommandName, act: Act, linkage: Linkage): string | null {
  const { at, copy, body, world } = act;
  const now = instant();
  const moved = (change: Partial<Linkage>, types: readonly [string, string], said: Words = {}): void => {
    const whole = { ...change, words: { ...linkage.words, ...said } };
    const there = both(act, linkage, whole, whole, types);
    for (const kind of ["noticeUnread", "supportAsked"]) clearAlarm(at, kind, linkage.id);
    if (there !== null && linkage.kind === "support") {
      clearAlarm(other(world, at), "supportAsked", linkage.id);
      raise(other(world, at), "supportMoved", linkage.id, there);
    }
    for (const one of [copy, ...(there === null ? [] : [there])]) rest(one);
  };
  switch (name) {
    case "readNotice":
      moved({ state: "read", answeredAt: now }, ["command.readNotice", "message.noticeRead"]);
      return null;
    case "grantSupport": {
      const types = ["command.grant", "message.granted"] as const;
      moved({ state: "granted", answeredAt: now }, types, wordsOf({ answer: text(body, "note") }));
      return null;
    }
    case "declineSupport": {
      const types = ["command.decline", "message.declined"] as const;
      moved({ state: "declined", answeredAt: now }, types, wordsOf({ answer: text(body, "reason") }));
      return null;
    }
    case "endSupport": {
      const types = ["command.endSupport", "message.supportEnded"] as const;
      moved({ state: "ended", endedAt: now }, types, wordsOf({ result: text(body, "result") }));
      return null;
    }
    default:
      return "NOT_IN_STATE";
  }
}

function waits({ part, state, role }: Linkage): boolean {
  return part === "none" && (state === "requested" || state === "granted" || (role === "R" && state === "received"));
}

/** A copy that was only told, with nothing left to read or to answer, is closed by itself. */
function rest(copy: Copy): void {
  if (copy.status !== "handedOver" || copy.linkages.some((one) => one.part !== "none" || waits(one))) return;
  Object.assign(copy, { status: "closed", closedAs: "informed" });
}

/** What may be done with one of them now. */
export function tellingAllowed({ kind, role, state }: Linkage): string[] {
  if (kind === "notice") return role === "R" && state === "received" ? ["readNotice"] : [];
  const ends = state === "requested" || state === "granted" ? ["endSupport"] : [];
  return role === "R" && state === "requested" ? ["grantSupport", "declineSupport", ...ends] : ends;
}
