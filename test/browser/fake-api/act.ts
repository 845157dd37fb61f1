import { instant, newCopy, other, tell } from "./world.ts";
import type { Copy, Linkage, Node, World } from "./world.ts";

export type Body = Readonly<Record<string, unknown>>;

/** One command as a desk of the fakes carries it out. */
export type Act = {
  readonly world: World;
  readonly at: Node;
  readonly copy: Copy;
  readonly who: string;
  readonly body: Body;
};

/** What stands in a field, as text. */
export const text = (body: Body, name: string): string => (typeof body[name] === "string" ? body[name] : "");

/** A linkage as it is born at one end. */
export function newLinkage(kind: string, role: "S" | "R", id: string): Linkage {
  return {
    id,
    kind,
    role,
    state: kind === "urgent" ? (role === "S" ? "pushed" : "active") : "offered",
    part: kind === "urgent" ? "danger" : "ordinary",
    openedAt: instant(),
    deliveredAt: null,
    acceptedAt: null,
    signedAt: null,
    followPolicy: "handOff",
    regime: "hotlineMemberRules",
    catalogueVersion: "nmg-2022-89@1",
    additionsUnread: 0,
    pushNo: kind === "urgent" ? 1 : 0,
    shownPushNo: 0,
    ...(kind === "urgent" ? { pressedAt: instant(), cameAt: role === "R" ? instant() : null } : {}),
  };
}

/** The other node's copy of the same request, made when it has none. */
export function copyAt(peer: Node, copy: Copy): Copy {
  const there = peer.copies.get(copy.no) ?? newCopy(peer, {}, 0, copy.no);
  there.origin = peer.copies.has(copy.no) ? there.origin : "linkage";
  there.first = copy.first;
  there.caseId = copy.caseId;
  there.facts = { ...copy.facts, channel: "peerDesk" };
  there.item = copy.item;
  Object.assign(there.texts, copy.texts);
  peer.copies.set(copy.no, there);
  return there;
}

/** Moves both ends of a linkage and tells both timelines. */
export function both(
  act: Act,
  linkage: Linkage,
  own: Partial<Linkage>,
  theirs: Partial<Linkage>,
  types: readonly [string, string],
  details: Readonly<Record<string, unknown>> = {},
): Copy | null {
  const { world, at, copy, who } = act;
  Object.assign(linkage, own);
  tell(at, copy, types[0], { who, stream: "linkage", streamId: linkage.id, to: linkage.state, details });
  const peer = other(world, at);
  const there = peer.copies.get(copy.no);
  const end = there?.linkages.find((one) => one.id === linkage.id);
  if (there === undefined || end === undefined) return null;
  Object.assign(end, theirs);
  tell(peer, there, types[1], { node: at.code, stream: "linkage", streamId: end.id, to: end.state, details });
  return there;
}
