import { randomUUID } from "node:crypto";
import { both, copyAt, newLinkage, text } from "./act.ts";
import type { Act } from "./act.ts";
import { clearAlarm, instant, other, raise, tell } from "./world.ts";
import type { Linkage } from "./world.ts";

/** A part for the other desk beside this one's own (联合调处), at both desks. */
export function askJoint({ world, at, copy, who, body }: Act): null {
  const id = randomUUID();
  const what = text(body, "what");
  const words = what === "" ? {} : { what: { showing: "clear" as const, value: what, revealable: false } };
  const born = { part: "partner", words, pushNo: 1 } as const;
  copy.linkages.push({ ...newLinkage("joint", "S", id), ...born, state: "pushed" });
  tell(at, copy, "command.askJoint", { who, stream: "linkage", streamId: id, to: "pushed" });
  const peer = other(world, at);
  const known = peer.copies.has(copy.no);
  const there = copyAt(peer, copy);
  if (!known || there.status === "closed") Object.assign(there, { status: "accepted", responsible: false });
  there.linkages.push({ ...newLinkage("joint", "R", id), ...born, state: "active" });
  raise(peer, "jointAsked", id, there);
  tell(peer, there, "message.joint", { node: at.code, stream: "linkage", streamId: id, to: "active" });
  return null;
}

/** The part has ended here, with what came of it. */
export function endJoint(act: Act, linkage: Linkage): string | null {
  const { at, copy, body, world } = act;
  if (copy.orders.some((one) => one.endedAt === null)) return "ORDERS_OPEN";
  const as = body["outcome"] === "notSettled" ? "notSettled" : "settled";
  const result = { showing: "clear", value: text(body, "result"), revealable: false } as const;
  const end = { state: "ended", endedAt: instant(), outcome: { as, result } } as const;
  const there = both(act, linkage, end, end, ["command.end", "message.ended"]);
  clearAlarm(at, "jointAsked", linkage.id);
  Object.assign(copy, { status: "closed", closedAs: "jointEnded" });
  if (there !== null) raise(other(world, at), "jointMoved", linkage.id, there);
  return null;
}

/** What may be done with one of them now. */
export function jointAllowed({ role, state, signedAt }: Linkage): string[] {
  if (role === "S" || state !== "active") return [];
  return ["shown", ...(signedAt === null ? ["sign"] : []), "endJoint"];
}
