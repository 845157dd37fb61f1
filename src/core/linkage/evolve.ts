import type { LinkageEvent } from "./event.ts";
import type { Linkage, LinkageBirth, LinkageFields } from "./linkage.ts";
import type { CaseBrief } from "./message.ts";

/**
 * Folds one event. Folding all events of a linkage in order gives exactly the stored linkage.
 * An event that does not follow the copy at hand is a programmer's mistake and throws.
 */
export function evolveLinkage(linkage: Linkage | null, event: LinkageEvent): Linkage {
  const before = linkage ?? newborn(event);
  if (linkage !== null && event.born !== null) throw new Error(`${event.linkageId} is born twice`);
  if (before.id !== event.linkageId) throw new Error(`event of ${event.linkageId} folded into ${before.id}`);
  if (event.from !== null && event.from !== before.state)
    throw new Error(`${event.rule}: ${before.state} is not ${event.from}`);
  return {
    ...before,
    ...event.facts,
    state: event.to,
    seqOut: before.seqOut + event.sent.length,
    seqIn: event.received ?? before.seqIn,
    changedAt: event.at,
    movedAt: linkage === null || event.to !== before.state ? event.at : (before.movedAt ?? null),
    version: before.version + 1,
  };
}

function newborn(event: LinkageEvent): Linkage {
  if (event.born === null) throw new Error(`${event.rule} before ${event.linkageId} was born`);
  return unborn(event.born.birth, event.born.brief, event.to);
}

/** A linkage of which nothing has happened yet: version 0. */
function unborn(birth: LinkageBirth, brief: CaseBrief, state: Linkage["state"]): Linkage {
  return { ...birth, ...emptyFields(brief), state, seqOut: 0, seqIn: 0, changedAt: birth.openedAt, version: 0 };
}

function emptyFields(brief: CaseBrief): LinkageFields {
  return {
    brief,
    receipted: 0,
    awaitedSeq: 0,
    additionsSent: 0,
    additionsReceived: 0,
    additionsRead: 0,
    conclusionNo: 0,
    resolution: null,
    result: null,
    rating: null,
    into: null,
    returnReason: null,
    returnBasis: null,
    proposedOwner: null,
    withdrawReason: null,
    rejectCode: null,
    ruling: null,
    returnLapsed: false,
    returnUntil: null,
    deliveryAlarmed: false,
    k: 0,
    kShown: 0,
    kUnseated: 0,
    outcome: null,
    progressStage: null,
    fired: {},
    deliveredAt: null,
    negotiatedAt: null,
    returnedAt: null,
    acceptedAt: null,
    lateAcceptedAt: null,
    confirmedAt: null,
    withdrawnAt: null,
    concludedAt: null,
    closedAt: null,
    signedAt: null,
    endedAt: null,
  };
}
