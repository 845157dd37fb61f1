import { type JsonObject, numberIn, objectIn, listIn, textIn } from "./json.ts";
import type { Linkage, Memory } from "./memory.ts";

/** What a condition or a guard may look at: this node's own log, and the message or command at hand. */
export type Seen = {
  readonly memory: Memory;
  readonly nodeCode: string;
  readonly peerCode: string;
  readonly linkage: Linkage;
  readonly input: JsonObject;
  readonly now: Date;
};

type Test = (seen: Seen) => boolean;

const RETURN_WINDOW_MS = 30 * 60_000;

/** The conditions of column "if" (linkage 5.6). */
export const CONDITIONS: { readonly [name: string]: Test } = {
  targetKnewMatter: ({ memory, linkage }) =>
    Object.values(memory.linkages).some(
      (one) =>
        one.requestNo === linkage.requestNo &&
        one.role === "S" &&
        one.table === "handOver" &&
        one.log.some(({ row }) => row === "5.1-returned" || row === "5.1-accepted"),
    ),
  peerIsFirstReceiver: ({ linkage, peerCode }) =>
    textIn(objectIn(linkage.opening, "firstReceiver"), "nodeCode") === peerCode,
  closesHere: ({ linkage }) => textIn(linkage.opening, "followPolicy") === "follow",
  handOff: ({ linkage }) => textIn(linkage.opening, "followPolicy") === "handOff",
  follow: ({ linkage }) => textIn(linkage.opening, "followPolicy") === "follow",
  handBack: ({ linkage, nodeCode }) =>
    linkage.role === "R" && (listIn(linkage.opening, "chain") ?? []).includes(nodeCode),
  rulingToSelf: ({ input, nodeCode }) => textIn(input, "to") === nodeCode,
  coversAdditions: ({ linkage, input }) => numberIn(input, "seen") === linkage.additions,
  ownReopen: ({ input }) => input["own"] === true,
  offerRejected: ({ input }) => textIn(input, "kind") === "afterInitialResponse" && input["initialResponse"] === null,
  offerBound: ({ input }) => textIn(input, "birth") === "bound",
  offerNegotiating: ({ input }) => textIn(input, "birth") === "negotiating",
  latestConclusion: ({ linkage, input }) => numberIn(input, "no") === linkage.conclusion,
  noSeat: ({ memory }) => !memory.onDuty,
  unshown: ({ linkage }) => linkage.shown < linkage.push,
  onScreen: ({ memory, linkage, input }) => memory.onDuty && numberIn(input, "push") === linkage.push,
  currentPush: ({ linkage, input }) => numberIn(input, "k") === linkage.push,
  stalePush: ({ linkage, input }) => (numberIn(input, "k") ?? 0) < linkage.push,
};

const ALWAYS: Test = () => true;

/** The guards of column "refused with, unless", each with the code of the refusal (linkage 12). */
export const GUARDS: { readonly [name: string]: { readonly code: string; readonly holds: Test } } = {
  // Only what was registered here is handed over by this desk, so the grant is always its own and confirmed.
  holder: { code: "NOT_HOLDER", holds: ({ memory, linkage }) => memory.matters[linkage.requestNo] !== undefined },
  confirmedGrant: { code: "NOT_CONFIRMED", holds: ALWAYS },
  stepwise: { code: "PASS_BACK_STEPWISE", holds: ALWAYS },
  holdsAbove: { code: "NOT_HOLDER", holds: ALWAYS },
  notPassedOn: { code: "NOT_CONFIRMED", holds: ALWAYS },
  nothingOffered: { code: "OFFER_OPEN", holds: ALWAYS },
  oneOpenOffer: {
    code: "OFFER_OPEN",
    holds: ({ memory, linkage }) =>
      !Object.values(memory.linkages).some(
        (one) =>
          one.conversation !== linkage.conversation &&
          one.requestNo === linkage.requestNo &&
          one.role === "S" &&
          one.table === "handOver" &&
          !["withdrawn", "rejected", "returned"].includes(one.state),
      ),
  },
  initialResponse: {
    code: "NO_INITIAL_RESPONSE",
    holds: ({ memory, linkage, input }) =>
      textIn(input, "kind") !== "afterInitialResponse" ||
      (memory.matters[linkage.requestNo]?.initialResponse ?? null) !== null,
  },
  lasting: { code: "NOT_CONFIRMED", holds: (seen) => CONDITIONS["handBack"]?.(seen) !== true },
  additionsRead: { code: "UNREAD_ADDITION", holds: ({ linkage }) => linkage.read >= linkage.additions },
  returnUnused: {
    code: "RETURN_USED",
    holds: ({ memory, linkage }) =>
      !Object.values(memory.linkages).some(
        (one) => one.requestNo === linkage.requestNo && one.log.some(({ row }) => row === "5.2-return"),
      ),
  },
  returnOpen: {
    code: "RETURN_LAPSED",
    holds: ({ linkage, now }) => now.getTime() - Date.parse(linkage.openedAt) <= RETURN_WINDOW_MS,
  },
  returnComplete: {
    code: "RETURN_INCOMPLETE",
    holds: ({ input }) => said(input, "basis") && said(input, "proposedOwner"),
  },
  signsOnce: { code: "ALREADY_SIGNED", holds: ({ linkage }) => linkage.signed < linkage.push },
  pushShown: { code: "UNREAD_ADDITION", holds: ({ linkage }) => linkage.shown >= linkage.push },
  noticeSaid: { code: "NOTICE_MISSING", holds: ({ input }) => said(input, "text") },
  supportSaid: { code: "SUPPORT_MISSING", holds: ({ input }) => said(input, "what") },
  declineSaid: { code: "DECLINE_MISSING", holds: ({ input }) => said(input, "note") },
  resultSaid: { code: "SUPPORT_RESULT_MISSING", holds: ({ input }) => said(input, "result") },
};

function said(input: JsonObject, name: string): boolean {
  return (textIn(input, name) ?? "").trim() !== "";
}
