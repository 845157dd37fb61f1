import type { Linkage, LinkageFile } from "./linkage.ts";
import { bodyOf, commandOf, findCommand, linkageOf, messageOf } from "./work.ts";
import type { Work } from "./work.ts";

/** Conditions that choose between rows and need nothing but the file: screens can evaluate them too. */
export const FILE_CONDITIONS = {
  /** First-receiver responsibility: R registered the matter first. @source nmg:2.2.2 */
  peerIsFirstReceiver: (l) => l.firstReceiver.nodeCode === l.peer,
  /** Under follow the origin itself calls back and closes; only the first linkage of a chain has the origin at S. */
  closesHere: (l) => l.followPolicy === "follow" && l.source === null,
  follow: (l) => l.followPolicy === "follow",
  handOff: (l) => l.followPolicy === "handOff",
  handBack: (l) => l.handBack,
  alias: (l) => l.into !== null,
  unshown: (l) => l.kShown < l.k,
  unsigned: (l) => l.signedAt === null,
} as const satisfies Record<string, (linkage: Linkage, file: LinkageFile) => boolean>;

/** Conditions that read the command, the message or the context. */
export const INPUT_CONDITIONS = {
  underRuling: (w) => commandOf(w, "offer").ruling !== undefined,
  /** The target has held or returned this matter by our own log: a second dispute (二次争议). */
  targetKnewMatter: (w) => knewMatter(w.file, commandOf(w, "offer").to),
  rulingToSelf: (w) => rulingTo(w) === linkageOf(w).self,
  rulingToPeer: (w) => rulingTo(w) === linkageOf(w).peer,
  rulingToThird: (w) => rulingTo(w) !== linkageOf(w).self && rulingTo(w) !== linkageOf(w).peer,
  offerRejected: (w) => rejection(w) !== null,
  offerBound: (w) => bodyOf(w, "offer").birth === "bound",
  offerNegotiating: (w) => bodyOf(w, "offer").birth === "negotiating",
  acceptedInto: (w) => bodyOf(w, "accepted").into !== null,
  /** The conclusion covers everything we have sent (P4). */
  coversAdditions: (w) => bodyOf(w, "concluded").seen === linkageOf(w).additionsSent,
  ownReopen: (w) => bodyOf(w, "reopened").own,
  latestConclusion: (w) => conclusionNo(w) === linkageOf(w).conclusionNo,
  currentPush: (w) => pushNo(w) === linkageOf(w).k,
  stalePush: (w) => pushNo(w) < linkageOf(w).k,
  /** A seat on duty signs what it has on its screen. */
  onScreen: (w) => commandOf(w, "sign").onScreen,
  noSeat: (w) => !w.context.seatOnDuty,
} as const satisfies Record<string, (work: Work) => boolean>;

export type ConditionName = keyof typeof FILE_CONDITIONS | keyof typeof INPUT_CONDITIONS;

/** Why R's node cannot take an offer at all; null when it can. @source nmg:a4 */
export function rejection(work: Work): ReturnType<Work["context"]["rejects"]> {
  const body = bodyOf(work, "offer");
  if (body.kind === "afterInitialResponse" && body.initialResponse === null) return "NO_INITIAL_RESPONSE";
  return work.context.rejects(body);
}

/** Whether all conditions of a row hold for this step. */
export function holds(names: readonly ConditionName[], work: Work): boolean {
  return names.every((name) =>
    isFileCondition(name) ? FILE_CONDITIONS[name](linkageOf(work)) : INPUT_CONDITIONS[name](work),
  );
}

/** Whether those conditions of a row that need no input hold: what a screen can know beforehand. */
export function mayHold(names: readonly ConditionName[], linkage: Linkage): boolean {
  return names.every((name) => !isFileCondition(name) || FILE_CONDITIONS[name](linkage));
}

function isFileCondition(name: ConditionName): name is keyof typeof FILE_CONDITIONS {
  return name in FILE_CONDITIONS;
}

function knewMatter(file: LinkageFile, target: Linkage["peer"]): boolean {
  return file.linkages.some(
    (l) =>
      l.part === "ordinary" &&
      l.peer === target &&
      (l.role === "R" ? l.state !== "rejected" : l.acceptedAt !== null || l.returnedAt !== null),
  );
}

function rulingTo(work: Work): Linkage["peer"] {
  return (findCommand(work, "ruling") ?? bodyOf(work, "ruling")).to;
}

function conclusionNo(work: Work): number {
  return work.trigger === "message:closed" ? bodyOf(work, "closed").no : bodyOf(work, "conclusionHeld").no;
}

function pushNo(work: Work): number {
  const body = messageOf(work).body;
  if (!("k" in body)) throw new Error(`${work.trigger} carries no push number`);
  return body.k;
}
