import { epochMs, plusMs } from "../../kernel/index.ts";
import { grantsOf, heldGrant, linkageAbove, linkagesBelow } from "./grant.ts";
import type { Grant } from "./grant.ts";
import type { Linkage, LinkageFile, LinkageState } from "./linkage.ts";
import type { LinkageRefusalCode } from "./refusal.ts";
import { newestTalk } from "./talk.ts";
import { commandOf, linkageOf } from "./work.ts";
import type { Work } from "./work.ts";

type Verdict = LinkageRefusalCode | null;

/** Guards of an offer that need only the file (table 5.1, row 1). */
export const OFFER_GUARDS = {
  holder: (file) => (heldGrant(file) === null ? "NOT_HOLDER" : null),
  confirmedGrant: (file) => notPassable(heldGrant(file)),
  oneOpenOffer: (file) => (blocking(file, heldGrant(file)?.linkage?.id ?? null).length > 0 ? "OFFER_OPEN" : null),
} as const satisfies Record<string, (file: LinkageFile) => Verdict>;

/** Guards on an existing linkage that need only the file: screens evaluate them too. */
export const FILE_GUARDS = {
  additionsRead: (_, l) => (l.additionsRead < l.additionsReceived ? "UNREAD_ADDITION" : null),
  pushShown: (_, l) => (l.kShown < l.k ? "UNREAD_ADDITION" : null),
  /** By this desk's own log, over all linkages of the matter. */
  returnUnused: (file) => (file.linkages.some((l) => l.role === "R" && l.returnedAt !== null) ? "RETURN_USED" : null),
  nothingOffered: (file, l) => (blocking(file, l.id).some((b) => !RESTING.includes(b.state)) ? "OFFER_OPEN" : null),
  notPassedOn: (file, l) =>
    grantsOf(file).some((g) => g.from === l.id && g.releasedBy !== null) ? "NOT_HOLDER" : null,
  /** A hand-back and an absorbed case end on `confirmed`; there is nothing to conclude on them. */
  lasting: (_, l) => (l.handBack || l.into !== null ? "NOT_CONFIRMED" : null),
  notHandBack: (_, l) => (l.handBack ? "NOT_IN_STATE" : null),
  /** A middle desk asks back only while it holds the matter from above (section 5.3). */
  holdsAbove: (file, l) => (l.source === null || linkageAbove(file, l)?.state === "accepted" ? null : "NOT_HOLDER"),
  rulesOnce: (_, l) => (l.ruling === null ? null : "RULING_STALE"),
  talkUnsigned: (_, l) => (newestTalk(l, l.peer)?.signed === null ? null : "TALK_NONE"),
  signsOnce: (_, l) => (l.signedAt === null ? null : "ALREADY_SIGNED"),
} as const satisfies Record<string, (file: LinkageFile, linkage: Linkage) => Verdict>;

/** Guards that read the command, the clock or the context. */
export const INPUT_GUARDS = {
  stepwise: (w) => notStepwise(heldGrant(w.file), commandOf(w, "offer").to),
  initialResponse: (w) => missingInitialResponse(w),
  returnOpen: (w) => (returnLapsed(w) ? "RETURN_LAPSED" : null),
  returnComplete: (w) => {
    const { basis, proposedOwner } = commandOf(w, "return");
    return basis === null || proposedOwner === null ? "RETURN_INCOMPLETE" : null;
  },
  noticeSaid: (w) => (commandOf(w, "notify").text === null ? "NOTICE_MISSING" : null),
  supportSaid: (w) => (commandOf(w, "askSupport").what === null ? "SUPPORT_MISSING" : null),
  declineSaid: (w) => (commandOf(w, "decline").note === null ? "DECLINE_MISSING" : null),
  resultSaid: (w) => (commandOf(w, "endSupport").result === null ? "SUPPORT_RESULT_MISSING" : null),
  /** Signed is what was read: a newer record is read first. */
  talkSeen: (w) =>
    newestTalk(linkageOf(w), linkageOf(w).peer)?.no === commandOf(w, "signTalk").no ? null : "TALK_NEWER",
  primary: (w) => (isPrimary(w) ? null : "NOT_PRIMARY"),
  primaryHeld: (w) => (w.context.primary?.holds || w.context.primary?.finishedLast ? null : "NOT_HOLDER"),
} as const satisfies Record<string, (work: Work) => Verdict>;

export type GuardName = keyof typeof OFFER_GUARDS | keyof typeof FILE_GUARDS | keyof typeof INPUT_GUARDS;

/** The first refusal among the guards of a row, in the row's order; null when all pass. */
export function refusalOf(names: readonly GuardName[], work: Work): Verdict {
  for (const name of names) {
    const code = isInputGuard(name) ? INPUT_GUARDS[name](work) : fileVerdict(name, work.file, work.linkage);
    if (code !== null) return code;
  }
  return null;
}

/** As `refusalOf`, leaving out what only the command itself can tell. */
export function knownRefusalOf(names: readonly GuardName[], file: LinkageFile, linkage: Linkage | null): Verdict {
  for (const name of names) {
    const code = isInputGuard(name) ? null : fileVerdict(name, file, linkage);
    if (code !== null) return code;
  }
  return null;
}

function fileVerdict(
  name: Exclude<GuardName, keyof typeof INPUT_GUARDS>,
  file: LinkageFile,
  linkage: Linkage | null,
): Verdict {
  if (isOfferGuard(name)) return OFFER_GUARDS[name](file);
  if (linkage === null) throw new Error(`guard ${name} needs a linkage`);
  return FILE_GUARDS[name](file, linkage);
}

function isInputGuard(name: GuardName): name is keyof typeof INPUT_GUARDS {
  return name in INPUT_GUARDS;
}

function isOfferGuard(name: GuardName): name is keyof typeof OFFER_GUARDS {
  return name in OFFER_GUARDS;
}

// Concluded and closed ones rest: the matter came back. They still block a new offer, because the desk below
// can put itself back to work at any time and would then hold the same grant as the new desk.
const RESTING: readonly LinkageState[] = ["concluded", "closed"];
const ENDED: readonly LinkageState[] = ["withdrawn", "rejected", "handedBack", "absorbed"];

function blocking(file: LinkageFile, source: Linkage["source"]): readonly Linkage[] {
  return linkagesBelow(file, source).filter((l) => !ENDED.includes(l.state));
}

function notPassable(grant: Grant | null): Verdict {
  const linkage = grant?.linkage ?? null;
  if (linkage === null || linkage.state === "accepted") return null;
  return linkage.confirmedAt === null ? "NOT_CONFIRMED" : "NOT_IN_STATE";
}

function notStepwise(grant: Grant | null, target: Linkage["peer"]): Verdict {
  const above = grant?.linkage ?? null;
  return above !== null && target !== above.peer && above.chain.includes(target) ? "PASS_BACK_STEPWISE" : null;
}

// After acceptance every hand-over needs the entry, whatever its kind; a clear transfer at intake does not (nmg:2.2.2).
function missingInitialResponse(work: Work): Verdict {
  const command = commandOf(work, "offer");
  const needed = command.kind === "afterInitialResponse" || (heldGrant(work.file)?.linkage ?? null) !== null;
  return needed && command.initialResponse === null ? "NO_INITIAL_RESPONSE" : null;
}

function returnLapsed(work: Work): boolean {
  const { returnLapsed: lapsed, returnUntil, openedAt } = linkageOf(work);
  const until = returnUntil ?? plusMs(openedAt, work.context.policy.answer);
  return lapsed || epochMs(work.at) >= epochMs(until);
}

function isPrimary(work: Work): boolean {
  const own = work.context.primary;
  const other = linkageOf(work).firstReceiver;
  if (own === undefined || own.requestNo !== commandOf(work, "absorb").into) return false;
  const a = [own.firstReceiver.registeredAt, own.firstReceiver.nodeCode, own.firstReceiver.requestNo];
  const b = [other.registeredAt, other.nodeCode, other.requestNo];
  return a.join("\n") < b.join("\n");
}
