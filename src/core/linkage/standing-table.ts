import type { LinkageTimer } from "./command.ts";
import type { LinkagePolicy } from "./context.ts";
import type { LinkagePart, LinkageRole, LinkageState } from "./linkage.ts";

/** Who must move a hand-over on: a desk, who decides disputes, or who keeps the link. */
export type StandingActor = "thisDesk" | "otherDesk" | "arbiter" | "operator";

/** What is waited for, and so what the one who must act has to do. */
export type StandingAct =
  /** The other desk does not hold what was said: the link. */
  | "mendLink"
  /** Accept the offer, give it back, or negotiate. */
  | "answer"
  /** Say what becomes of what came back. */
  | "decideReturned"
  /** Who acts is disputed. */
  | "rule"
  /** A ruling binds it, and its node has not taken it over. */
  | "takeOver"
  /** Hold the acceptance: the node of the desk that handed it over. */
  | "confirm"
  /** Take the request back to work. */
  | "reopen"
  /** Hold the conclusion: the node of the desk that handed it over. */
  | "holdConclusion"
  /** Hold the end of the danger: the node of the desk that pushed it. */
  | "holdEnd"
  /** A push is not heard: by voice. */
  | "dial"
  /** A push that no seat on duty has on its screen. */
  | "look"
  /** A push that no person has signed. */
  | "sign"
  /** A notice that no person has read. */
  | "read"
  /** A plea for support that nobody has answered. */
  | "help";

/** `unheard`: the peer does not hold our offer, binding word or push; `unsaid`: nor the last word at all, by what the carrier knows. */
export type StandingCondition = "always" | "unheard" | "heard" | "unsaid" | "said" | "unshown" | "unsigned";

/** Instants of a copy from which a stand is counted. */
export type StandingSince =
  | "openedAt"
  | "deliveredAt"
  | "negotiatedAt"
  | "returnedAt"
  | "acceptedAt"
  | "concludedAt"
  | "endedAt"
  | "movedAt"
  | "changedAt";

export type StandingRow = {
  readonly role: LinkageRole;
  readonly part: LinkagePart;
  readonly in: readonly LinkageState[];
  readonly when: StandingCondition;
  /** The first of them that the copy has. */
  readonly since: readonly [StandingSince, ...StandingSince[]];
  readonly after: keyof LinkagePolicy;
  /** The timer of this copy that says the same; how often it fired is the level. Absent: the other desk's, or one that moves the dispute on. */
  readonly timer?: LinkageTimer;
  readonly who: StandingActor;
  readonly act: StandingAct;
  readonly source: string;
};

const DISPUTE = ["negotiatedAt", "movedAt", "openedAt"] as const;

/**
 * Whose turn it is in every state that waits for somebody, and how long it may take (section 9 as it is seen by who supervises). Of the
 * rows of a state the first one counts whose condition holds and whose time is over.
 * @source nmg:2.2.1 @source nmg:2.3.1 @source nmg:2.2.4 @source nmg:a3
 */
// biome-ignore format: a table is read one row a line
export const STANDING = [
  { role: "S", part: "ordinary", in: ["offered", "negotiating"], when: "unheard", since: ["openedAt"], after: "deliveryReceipt", timer: "deliveryReceipt", who: "operator", act: "mendLink", source: "nmg:2.3.1" },
  { role: "S", part: "ordinary", in: ["bound"], when: "unheard", since: ["movedAt", "negotiatedAt", "openedAt"], after: "deliveryReceipt", timer: "deliveryReceipt", who: "operator", act: "mendLink", source: "nmg:2.3.1" },
  { role: "S", part: "ordinary", in: ["offered"], when: "heard", since: ["deliveredAt", "openedAt"], after: "answer", who: "otherDesk", act: "answer", source: "nmg:2.2.1" },
  { role: "S", part: "ordinary", in: ["returned"], when: "always", since: ["movedAt", "returnedAt", "changedAt"], after: "decideReturned", who: "thisDesk", act: "decideReturned", source: "nmg:2.2.1" },
  { role: "S", part: "ordinary", in: ["negotiating"], when: "heard", since: DISPUTE, after: "negotiation", who: "arbiter", act: "rule", source: "nmg:2.2.1" },
  { role: "S", part: "ordinary", in: ["held"], when: "always", since: DISPUTE, after: "arbiter", timer: "arbiter", who: "arbiter", act: "rule", source: "nmg:2.2.4" },
  { role: "S", part: "ordinary", in: ["bound"], when: "heard", since: ["movedAt", "negotiatedAt", "openedAt"], after: "answerOwed", timer: "answerOwed", who: "otherDesk", act: "takeOver", source: "nmg:2.2.4" },
  { role: "S", part: "ordinary", in: ["reopening"], when: "unsaid", since: ["movedAt", "changedAt"], after: "answerOwed", timer: "answerOwed", who: "operator", act: "mendLink", source: "nmg:2.3.1" },
  { role: "S", part: "ordinary", in: ["reopening"], when: "said", since: ["movedAt", "changedAt"], after: "answerOwed", timer: "answerOwed", who: "otherDesk", act: "reopen", source: "nmg:2.2.1" },

  { role: "R", part: "ordinary", in: ["offered"], when: "always", since: ["openedAt"], after: "answer", timer: "answer", who: "thisDesk", act: "answer", source: "nmg:2.2.1" },
  { role: "R", part: "ordinary", in: ["returned"], when: "always", since: ["movedAt", "returnedAt", "changedAt"], after: "decideReturned", who: "otherDesk", act: "decideReturned", source: "nmg:2.2.1" },
  { role: "R", part: "ordinary", in: ["negotiating"], when: "always", since: DISPUTE, after: "negotiation", who: "arbiter", act: "rule", source: "nmg:2.2.1" },
  { role: "R", part: "ordinary", in: ["held"], when: "always", since: DISPUTE, after: "arbiter", who: "arbiter", act: "rule", source: "nmg:2.2.4" },
  { role: "R", part: "ordinary", in: ["accepted?", "concluding?"], when: "unsaid", since: ["acceptedAt", "changedAt"], after: "confirm", timer: "confirm", who: "operator", act: "mendLink", source: "nmg:2.3.1" },
  { role: "R", part: "ordinary", in: ["accepted?", "concluding?"], when: "said", since: ["acceptedAt", "changedAt"], after: "confirm", timer: "confirm", who: "otherDesk", act: "confirm", source: "nmg:2.2.1" },
  { role: "R", part: "ordinary", in: ["concluding"], when: "unsaid", since: ["concludedAt", "changedAt"], after: "answerOwed", timer: "answerOwed", who: "operator", act: "mendLink", source: "nmg:2.3.1" },
  { role: "R", part: "ordinary", in: ["concluding"], when: "said", since: ["concludedAt", "changedAt"], after: "answerOwed", timer: "answerOwed", who: "otherDesk", act: "holdConclusion", source: "nmg:2.2.1" },

  { role: "S", part: "danger", in: ["pushed", "delivered"], when: "unheard", since: ["movedAt", "openedAt"], after: "urgentLink", timer: "urgentLink", who: "thisDesk", act: "dial", source: "nmg:a3" },
  { role: "S", part: "danger", in: ["pushed"], when: "always", since: ["movedAt", "openedAt"], after: "urgentReceipt", timer: "urgentReceipt", who: "otherDesk", act: "look", source: "nmg:a3" },
  { role: "S", part: "danger", in: ["delivered"], when: "unsigned", since: ["deliveredAt", "openedAt"], after: "urgentSignFirst", timer: "urgentSign", who: "otherDesk", act: "sign", source: "nmg:a3" },
  { role: "R", part: "danger", in: ["active"], when: "unshown", since: ["movedAt", "openedAt"], after: "urgentSeat", timer: "urgentSeat", who: "thisDesk", act: "look", source: "nmg:a3" },
  { role: "R", part: "danger", in: ["active"], when: "unsigned", since: ["movedAt", "openedAt"], after: "urgentSignFirst", timer: "urgentSign", who: "thisDesk", act: "sign", source: "nmg:a3" },
  { role: "R", part: "danger", in: ["endReported"], when: "unsaid", since: ["endedAt", "changedAt"], after: "answerOwed", timer: "answerOwed", who: "operator", act: "mendLink", source: "nmg:2.3.1" },
  { role: "R", part: "danger", in: ["endReported"], when: "said", since: ["endedAt", "changedAt"], after: "answerOwed", timer: "answerOwed", who: "otherDesk", act: "holdEnd", source: "nmg:a3" },

  { role: "S", part: "partner", in: ["pushed", "delivered"], when: "unheard", since: ["movedAt", "openedAt"], after: "deliveryReceipt", timer: "deliveryReceipt", who: "operator", act: "mendLink", source: "nmg:2.3.1" },
  { role: "S", part: "partner", in: ["pushed"], when: "heard", since: ["movedAt", "openedAt"], after: "answerOwed", timer: "answerOwed", who: "otherDesk", act: "look", source: "nmg:2.2.2" },
  { role: "S", part: "partner", in: ["delivered"], when: "unsigned", since: ["deliveredAt", "openedAt"], after: "answer", who: "otherDesk", act: "sign", source: "nmg:2.2.2" },
  { role: "R", part: "partner", in: ["active"], when: "unshown", since: ["movedAt", "openedAt"], after: "answerOwed", timer: "answerOwed", who: "thisDesk", act: "look", source: "nmg:2.2.2" },
  { role: "R", part: "partner", in: ["active"], when: "unsigned", since: ["movedAt", "openedAt"], after: "answer", timer: "answer", who: "thisDesk", act: "sign", source: "nmg:2.2.2" },
  { role: "R", part: "partner", in: ["endReported"], when: "unsaid", since: ["endedAt", "changedAt"], after: "answerOwed", timer: "answerOwed", who: "operator", act: "mendLink", source: "nmg:2.3.1" },
  { role: "R", part: "partner", in: ["endReported"], when: "said", since: ["endedAt", "changedAt"], after: "answerOwed", timer: "answerOwed", who: "otherDesk", act: "holdEnd", source: "nmg:2.2.2" },

  { role: "S", part: "none", in: ["sent", "requested"], when: "unheard", since: ["openedAt"], after: "deliveryReceipt", timer: "deliveryReceipt", who: "operator", act: "mendLink", source: "nmg:2.3.1" },
  { role: "S", part: "none", in: ["received"], when: "always", since: ["deliveredAt", "openedAt"], after: "answer", who: "otherDesk", act: "read", source: "yn:3.3" },
  { role: "S", part: "none", in: ["requested"], when: "heard", since: ["deliveredAt", "openedAt"], after: "answerOwed", timer: "answerOwed", who: "otherDesk", act: "help", source: "nmg:2.2.3" },
  { role: "R", part: "none", in: ["received"], when: "always", since: ["openedAt"], after: "answer", who: "thisDesk", act: "read", source: "yn:3.3" },
  { role: "R", part: "none", in: ["requested"], when: "always", since: ["openedAt"], after: "answerOwed", timer: "answerOwed", who: "thisDesk", act: "help", source: "nmg:2.2.3" },
] as const satisfies readonly StandingRow[];

type RestingRow = {
  readonly role: LinkageRole;
  readonly part: LinkagePart;
  readonly in: readonly LinkageState[];
  readonly because: string;
};

/** States in which no hand-over waits for another step of itself, and who watches the request instead. */
// biome-ignore format: a table is read one row a line
export const RESTING = [
  { role: "S", part: "ordinary", in: ["accepted"], because: "the other desk works on it by its own time limits" },
  { role: "S", part: "ordinary", in: ["concluded"], because: "this desk calls back and closes, by the time limits of the request" },
  { role: "S", part: "ordinary", in: ["closed", "withdrawn", "rejected", "handedBack", "absorbed"], because: "it has ended; what is left of the request stands in the queue of who holds it" },
  { role: "R", part: "ordinary", in: ["accepted"], because: "this desk works on it by the time limits of the request" },
  { role: "R", part: "ordinary", in: ["released"], because: "the other desk calls back and closes" },
  { role: "R", part: "ordinary", in: ["toCallBack"], because: "this desk calls back, by the time limits of the request" },
  { role: "R", part: "ordinary", in: ["closed", "withdrawn", "rejected", "handedBack", "absorbed"], because: "it has ended" },
  { role: "S", part: "danger", in: ["ended"], because: "it has ended" },
  { role: "R", part: "danger", in: ["ended"], because: "it has ended" },
  { role: "S", part: "partner", in: ["ended"], because: "it has ended" },
  { role: "R", part: "partner", in: ["ended"], because: "it has ended" },
  { role: "S", part: "none", in: ["read", "granted", "declined", "ended"], because: "it was answered; support that goes on is ended by who asked for it" },
  { role: "R", part: "none", in: ["read", "granted", "declined", "ended"], because: "it was answered" },
] as const satisfies readonly RestingRow[];
