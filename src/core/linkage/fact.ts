import { plusMs } from "../../kernel/index.ts";
import type { Sealed } from "../../kernel/index.ts";
import type { LinkageFacts } from "./event.ts";
import { isPushed } from "./linkage.ts";
import type { LinkageWord, LinkageWords } from "./linkage.ts";
import { bodyOf, commandOf, findBody, findCommand, linkageOf, messageOf } from "./work.ts";
import type { Work } from "./work.ts";
import { rejection } from "./condition.ts";

type Said = Readonly<Partial<Record<LinkageWord, Sealed | null>>>;

const NO_GROUNDS = { basis: null, proposedOwner: null } as const;

/** What a row may set on its linkage. Each reads the step and gives the fields; none looks at a clock. */
export const FACTS = {
  receipted: (w) => receiptFacts(w),
  delivered: (w) => ({ deliveredAt: w.at }),
  deliveryAlarmed: () => ({ deliveryAlarmed: true }),
  returnLapsed: () => ({ returnLapsed: true }),
  returnWindow: (w) => ({ returnUntil: plusMs(w.at, w.context.policy.answer) }),
  negotiated: (w) => ({ negotiatedAt: w.at }),
  ruled: (w) => rulingFacts(w),
  toldBound: (w) => toldBoundFacts(w),
  withdrawn: (w) => ({ withdrawnAt: w.at, withdrawReason: findCommand(w, "withdraw")?.reason ?? "ruled" }),
  toldWithdrawn: (w) => {
    const body = bodyOf(w, "withdrawn");
    return { withdrawnAt: body.decidedAt, withdrawReason: body.reason };
  },
  rejected: (w) => ({ rejectCode: findBody(w, "rejected")?.code ?? rejection(w) }),
  returned: (w) => {
    const command = findCommand(w, "return");
    const { basis, proposedOwner } = command ?? bodyOf(w, "returned").grounds ?? NO_GROUNDS;
    const { reason } = command ?? bodyOf(w, "returned");
    const returnedAt = w.input.via === "message" ? messageOf(w).issuedAt : w.at;
    return { returnReason: reason, returnBasis: basis, proposedOwner, returnedAt };
  },
  added: (w) => ({ additionsSent: linkageOf(w).additionsSent + 1, brief: commandOf(w, "add").brief }),
  addedToUs: (w) => ({ additionsReceived: bodyOf(w, "addition").n, brief: bodyOf(w, "addition").brief }),
  additionsRead: (w) => ({ additionsRead: linkageOf(w).additionsReceived }),
  accepted: (w) => ({ acceptedAt: w.at }),
  absorbing: (w) => ({ acceptedAt: w.at, into: commandOf(w, "absorb").into }),
  toldAccepted: (w) => {
    const { acceptedAt, into } = bodyOf(w, "accepted");
    return { acceptedAt, into, confirmedAt: w.at };
  },
  lateAccepted: (w) => ({ lateAcceptedAt: bodyOf(w, "accepted").acceptedAt }),
  confirmed: (w) => ({ confirmedAt: w.at }),
  concluded: (w) => {
    const { resolution, result } = commandOf(w, "conclude");
    return { conclusionNo: linkageOf(w).conclusionNo + 1, resolution, result, concludedAt: w.at };
  },
  toldConcluded: (w) => {
    const { no, resolution, result } = bodyOf(w, "concluded");
    return { conclusionNo: no, resolution, result, concludedAt: messageOf(w).issuedAt };
  },
  closed: (w) => ({ closedAt: w.at, rating: findCommand(w, "close")?.rating ?? findBody(w, "closed")?.rating ?? null }),
  atWork: () => ({ concludedAt: null, closedAt: null }),
  handedBack: (w) => ({ confirmedAt: w.at }),
  firstPush: (w) => ({ k: 1, ...pressed(w) }),
  nextPush: (w) => ({
    k: linkageOf(w).k + 1,
    brief: (findCommand(w, "add") ?? commandOf(w, "askJoint")).brief,
    outcome: null,
    endedAt: null,
    ...pressed(w),
  }),
  pushed: (w) => ({
    k: pushBody(w).k,
    brief: pushBody(w).brief,
    pressedAt: messageOf(w).issuedAt,
    cameAt: w.at,
  }),
  unseated: (w) => ({ kUnseated: findBody(w, "push")?.k ?? linkageOf(w).k }),
  revived: () => ({ signedAt: null, outcome: null, endedAt: null }),
  shown: (w) => ({ kShown: linkageOf(w).k, deliveredAt: w.at }),
  toldShown: (w) => ({ kShown: bodyOf(w, "delivered").k, deliveredAt: bodyOf(w, "delivered").at }),
  /** S: the danger was over there, and rings anew with what was pushed since. */
  unsignedAnew: () => ({ signedAt: null }),
  signed: (w) => ({ signedAt: w.at }),
  toldSigned: (w) => ({ signedAt: bodyOf(w, "signed").at }),
  ended: (w) => {
    const { outcome, result } = commandOf(w, "end");
    return { outcome, result, endedAt: w.at };
  },
  progressed: (w) => ({ progressStage: (findCommand(w, "progress") ?? bodyOf(w, "progress")).stage, ...heardWords(w) }),
  toldEnded: (w) => {
    const { outcome, result } = bodyOf(w, "ended");
    return { outcome, result, endedAt: messageOf(w).issuedAt };
  },
  notified: (w) => ({ words: wordsOf({ text: commandOf(w, "notify").text }) }),
  noticed: (w) => ({ words: wordsOf({ text: bodyOf(w, "notice").text }) }),
  noticeRead: (w) => ({ answeredAt: w.at }),
  toldRead: (w) => ({ answeredAt: bodyOf(w, "noticeRead").at }),
  asked: (w) => supportFacts(commandOf(w, "askSupport")),
  askedOfUs: (w) => supportFacts(bodyOf(w, "support")),
  jointAsked: (w) => ({ words: wordsOf({ what: commandOf(w, "askJoint").what }) }),
  jointAskedMore: (w) => {
    const { what } = commandOf(w, "add");
    return what === undefined ? {} : { words: wordsOf({ what }) };
  },
  jointAskedOfUs: (w) => ({ words: wordsOf({ what: bodyOf(w, "joint").what }) }),
  answered: (w) => ({
    answeredAt: w.at,
    ...more(w, { answer: (findCommand(w, "grant") ?? commandOf(w, "decline")).note }),
  }),
  toldAnswered: (w) => {
    const { at, note } = findBody(w, "granted") ?? bodyOf(w, "declined");
    return { answeredAt: at, ...more(w, { answer: note }) };
  },
  supportEnded: (w) => ({ endedAt: w.at, ...more(w, { result: commandOf(w, "endSupport").result }) }),
  toldSupportEnded: (w) => {
    const { at, result } = bodyOf(w, "supportEnded");
    return { endedAt: at, ...more(w, { result }) };
  },
} as const satisfies Record<string, (work: Work) => LinkageFacts>;

export type FactName = keyof typeof FACTS;

/** S: words that the other desk has told are unread here until somebody has read them, as additions are at R. @source nmg:2.2.1 */
function heardWords(work: Work): LinkageFacts {
  const note = findBody(work, "progress")?.note ?? null;
  return note?.field.startsWith("note.") === true ? { additionsReceived: linkageOf(work).additionsReceived + 1 } : {};
}

function pushBody(work: Work) {
  return findBody(work, "push") ?? bodyOf(work, "joint");
}

/** A push leaves with the key: whether it has come says its receipt. */
function pressed(work: Work): LinkageFacts {
  return { pressedAt: work.at, cameAt: null };
}

function receiptFacts(work: Work): LinkageFacts {
  if (work.input.via !== "receipt") throw new Error(`${work.trigger} is no receipt`);
  const linkage = linkageOf(work);
  if (linkage.role === "S" && isPushed(linkage) && work.input.seq >= linkage.awaitedSeq)
    return { receipted: work.input.seq, cameAt: linkage.cameAt ?? work.at };
  const first = linkage.role === "S" && !isPushed(linkage) && linkage.deliveredAt === null;
  return first ? { receipted: work.input.seq, deliveredAt: work.at } : { receipted: work.input.seq };
}

/** What bound us, as the other desk said; an older one says nothing of it. */
function toldBoundFacts(work: Work): LinkageFacts {
  const basis = findBody(work, "bound")?.basis ?? findBody(work, "offer")?.ruling?.basis;
  return basis === undefined ? {} : { ruling: { to: work.file.self, basis, at: work.at } };
}

function rulingFacts(work: Work): LinkageFacts {
  const ruling = findCommand(work, "ruling") ?? findBody(work, "ruling");
  if (ruling !== null) return { ruling: { to: ruling.to, basis: ruling.basis, at: work.at } };
  const offer = commandOf(work, "offer");
  return { ruling: { to: offer.to, basis: offer.ruling?.basis ?? "", at: work.at } };
}

/** What was said, without what was not. */
function wordsOf(said: Said): LinkageWords {
  return Object.fromEntries(Object.entries(said).filter(([, ref]) => ref !== null));
}

/** What was said before, and this. */
function more(work: Work, said: Said): LinkageFacts {
  return { words: { ...linkageOf(work).words, ...wordsOf(said) } };
}

function supportFacts({ what, where, when }: Said): LinkageFacts {
  return { words: wordsOf({ what: what ?? null, where: where ?? null, when: when ?? null }) };
}
