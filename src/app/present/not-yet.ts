import { decideCase } from "../../core/case/index.ts";
import type { Case, CaseCommand, CaseContext } from "../../core/case/index.ts";
import {
  boundsOtherDesk,
  dangerNotTakenOver,
  dangerOpen,
  handOverRefusal,
  holds,
  jointOpen,
  linkageView,
  supportOpen,
} from "../../core/file/index.ts";
import type { CaseFile, FileContext } from "../../core/file/index.ts";
import { allowedLinkageCommands, heldGrant } from "../../core/linkage/index.ts";
import type { Linkage, LinkageCommandType } from "../../core/linkage/index.ts";
import type { Sealed } from "../../kernel/index.ts";
import type { CommandName } from "../command-input.ts";
import type { NotYetCard } from "./cards.ts";

/** Stands for a text somebody would write: asked is only whether the step is open, not what is in it. */
const WORDS: Sealed = { field: "text", version: 1, commitment: "" };

/** The steps that end something, as they would be given; each is refused while another step is missing. */
const ENDING = {
  guide: { type: "guide", reason: "", guidance: WORDS },
  answer: { type: "answer", answer: WORDS },
  conclude: { type: "conclude", resolution: "", result: WORDS },
  close: { type: "close" },
} as const satisfies Partial<Record<CommandName, CaseCommand>>;

function unreadFirst(command: CommandName, count: number): NotYetCard {
  return { command, code: "UNREAD_ADDITION", params: { count } };
}

/** What is decided about an offer, once what was added to it is read. */
const DECIDED = [
  ["accept", "acceptOffer"],
  ["return", "return"],
] as const satisfies readonly (readonly [LinkageCommandType, CommandName])[];

/**
 * Accepting and returning wait only until what was added is read: said instead of a key that does nothing. `may` = what this reader may do.
 * @source nmg:2.2.1 @req REQ-14
 */
export function offerNotYet(
  file: CaseFile,
  state: Case,
  may: (name: (typeof DECIDED)[number][1]) => boolean,
): readonly NotYetCard[] {
  const allowed = (linkages: CaseFile["linkages"], id: Linkage["id"]): readonly LinkageCommandType[] =>
    allowedLinkageCommands(linkageView(state, linkages), id);
  return file.linkages.flatMap((linkage): readonly NotYetCard[] => {
    const count = linkage.additionsReceived - linkage.additionsRead;
    if (linkage.role !== "R" || count === 0) return [];
    const read = { ...linkage, additionsRead: linkage.additionsReceived };
    const now = allowed(file.linkages, linkage.id);
    const then = allowed(
      file.linkages.map((l) => (l.id === linkage.id ? read : l)),
      linkage.id,
    );
    return DECIDED.flatMap(([type, name]) =>
      then.includes(type) && !now.includes(type) && may(name) ? [unreadFirst(name, count)] : [],
    );
  });
}

/** So many additions came since the conclusion that the desk which calls back has not read; 0 = none, or it is not its to close. */
function unreadAtCallBack(file: CaseFile): number {
  const closing = file.linkages.find((l) => l.role === "R" && l.state === "toCallBack");
  return closing === undefined ? 0 : closing.additionsReceived - closing.additionsRead;
}

/** So many additions to the hand-over by which the matter is held here that nobody has read; 0 = none, or it was registered here. */
function unreadWhereHeld(file: CaseFile, state: Case): number {
  const from = heldGrant(linkageView(state, file.linkages))?.linkage ?? null;
  return from === null ? 0 : from.additionsReceived - from.additionsRead;
}

/**
 * Which of the commands that fit the status would be refused now because another step is missing, and by which code. Asked
 * of the same decision that would refuse, so that a screen offers nothing in vain. `openOffer` = the matter is offered away;
 * `side` = this node's, because 110 hands over only after what annex part four asks for.
 * @source nmg:2.2.1 @source nmg:a4 @req REQ-13
 */
export function notYet(
  file: CaseFile,
  state: Case,
  allowed: readonly CommandName[],
  known: Pick<FileContext, "callbackAttempts" | "side" | "exclusionBounds"> & { readonly openOffer: boolean },
): readonly NotYetCard[] {
  const context: CaseContext = {
    holder: holds(file, "ordinary"),
    partHolder: holds(file, "danger") || holds(file, "partner"),
    dangerOpen: dangerOpen(file),
    callbackAttempts: known.callbackAttempts,
    boundsOtherDesk: boundsOtherDesk(known),
  };
  const unheld = file.linkages.some((l) => l.role === "R" && (l.state === "concluding" || l.state === "concluding?"));
  const unreadHeld = unreadWhereHeld(file, state);
  const handOver = allowed.includes("handOver") ? handOverRefusal(file, known.side) : null;
  const early = Object.entries(ENDING).flatMap(([name, command]): readonly NotYetCard[] => {
    const found = allowed.find((one) => one === name);
    if (found === undefined) return [];
    if (command.type === "close" && unheld) return [{ command: found, code: "CONCLUSION_NOT_HELD", params: {} }];
    if (command.type === "close" && dangerNotTakenOver(file.linkages) !== null)
      return [{ command: found, code: "DANGER_NOT_TAKEN_OVER", params: {} }];
    if ((name === "close" || name === "guide") && supportOpen(file.linkages) !== null)
      return [{ command: found, code: "SUPPORT_OPEN", params: {} }];
    if ((name === "close" || name === "guide") && jointOpen(file.linkages) !== null)
      return [{ command: found, code: "JOINT_OPEN", params: {} }];
    const unread = unreadAtCallBack(file);
    if (command.type === "close" && unread > 0) return [unreadFirst(found, unread)];
    if (known.openOffer) return [{ command: found, code: "OFFER_OPEN", params: {} }];
    const head = { at: state.changedAt, by: state.registeredBy, cause: "" };
    const decided = decideCase(state, command, head, context);
    if (decided.ok) return unreadHeld === 0 ? [] : [unreadFirst(found, unreadHeld)];
    const { code, ...params } = decided.error;
    return [{ command: found, code, params }];
  });
  if (handOver === null) return early;
  const { code, ...params } = handOver;
  return [...early, { command: "handOver", code, params }];
}
