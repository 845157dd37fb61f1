import type { Case, CaseEvent, EventHead, FactName } from "../case/index.ts";
import { isPushed, opensConversation } from "../linkage/index.ts";
import type { Linkage, LinkageDecision, LinkageFile, LinkageInput } from "../linkage/index.ts";
import { isTellingOpen } from "./view.ts";
import { isResponsible } from "../responsibility/index.ts";
import type { Sealed } from "../../kernel/index.ts";
import { changedFacts, toldEvents } from "./told.ts";

type Change = {
  readonly before: Linkage | null;
  readonly decision: LinkageDecision;
  readonly input: LinkageInput;
  readonly file: LinkageFile;
  readonly case: Case;
  readonly head: EventHead;
};

/**
 * What a linkage's move means for this node's copy of the request. The linkage decides, the case follows:
 * a case never says anything about responsibility by itself.
 */
export function caseEventsAfter(change: Change): readonly CaseEvent[] {
  const { before, decision, head } = change;
  const { linkage } = decision;
  const learned = isOnlyAnswer(change) ? [] : learnedEvents(change);
  if (before?.state === linkage.state && !(before === null)) return learned;
  const moved = movedBy(change);
  return [...learned, ...moved.map((event) => ({ ...head, ...event }))];
}

/** What is answered to a notice or to a plea for support stands with it and is no word of the matter itself. */
function isOnlyAnswer({ before, decision, input }: Change): boolean {
  if (decision.linkage.part !== "none" || before === null || input.via !== "message") return false;
  return input.message.body.type !== "progress";
}

function movedBy(change: Change): readonly Headless[] {
  const { part, role } = change.decision.linkage;
  switch (part) {
    case "none":
      return toldMoved(change);
    case "danger":
    case "partner":
      return pushedMoved(change);
    case "ordinary":
      return role === "S" ? senderMoved(change) : receiverMoved(change);
  }
}

/** What a message tells about the matter itself is kept whatever it does to the linkage. @req REQ-14 */
function learnedEvents({ before, input, decision, case: state, head, file }: Change): readonly CaseEvent[] {
  if (input.via !== "message" || input.message.conversation !== decision.linkageId) return [];
  const { body, sender: from } = input.message;
  if (body.type === "progress") {
    const danger = body.facts?.danger === true;
    // Who works on the matter knows it best; while it is ours his word stands beside ours.
    const yields = (): boolean => !isResponsible(file, "ordinary");
    return [
      ...amended(head, state, body.note === null ? [] : [body.note], danger),
      ...toldEvents(head, state, { from, facts: body.facts ?? {}, at: head.at, yields }),
    ];
  }
  if ("note" in body) return body.note === null ? [] : amended(head, state, [body.note], false);
  if (body.type === "ended") return body.result === null ? [] : amended(head, state, [body.result], false);
  if (body.type === "addition" || opensConversation(body)) {
    const entry = body.type === "offer" ? [body.initialResponse, body.ruling?.note ?? null] : [];
    const { brief } = body;
    const said = body.type === "addition" ? body.sealed : [];
    // Ours is replaced only where it still is what the same desk had told before.
    const yields = (name: FactName, own: unknown): boolean => own === before?.brief[name];
    return [
      ...amended(head, state, [...brief.sealed, ...said, ...entry.filter((one) => one !== null)], brief.danger),
      ...toldEvents(head, state, { from, facts: changedFacts(before?.brief ?? null, brief), at: head.at, yields }),
    ];
  }
  return [];
}

function amended(head: EventHead, state: Case, sealed: readonly Sealed[], danger: boolean): readonly CaseEvent[] {
  const news = sealed.filter((s) => state.sealed[s.field]?.commitment !== s.commitment);
  if (news.length === 0 && (!danger || state.danger)) return [];
  return [{ ...head, type: "CaseAmended", facts: {}, sealed: news, danger }];
}

type Headless = CaseEvent extends infer E ? (E extends CaseEvent ? Omit<E, keyof EventHead> : never) : never;

function senderMoved({ decision, input, file, case: state }: Change): readonly Headless[] {
  const { linkage } = decision;
  const linkageId = linkage.id;
  switch (linkage.state) {
    case "accepted":
      return isResponsible(file, "ordinary") ? [] : [{ type: "CaseHandedOver", linkageId, to: linkage.peer }];
    case "concluded": {
      if (input.via !== "message" || input.message.body.type !== "concluded") return [];
      const { resolution, result } = input.message.body;
      const told = { type: "CaseResultReceived", linkageId, resolution, result } as const;
      // A middle desk calls nobody back: it has the matter again and concludes it towards the desk it came from (table, 5.3).
      return linkage.source === null
        ? [{ ...told, owesCallback: linkage.followPolicy === "follow" }]
        : [{ ...told, owesCallback: false, takenBack: true }];
    }
    case "closed": {
      if (state.status === "closed") return [];
      const rating = input.via === "message" && input.message.body.type === "closed" ? input.message.body.rating : null;
      const kept = rating === null ? null : { satisfaction: rating.satisfaction, solved: rating.solved };
      return [{ type: "CaseClosed", as: "byPeer", rating: kept }];
    }
    default:
      return [];
  }
}

function receiverMoved({ before, decision, file, case: state }: Change): readonly Headless[] {
  const { linkage } = decision;
  const linkageId = linkage.id;
  switch (linkage.state) {
    case "offered":
    case "negotiating":
      return before === null && state.status !== "offered" && !isResponsible(file, "ordinary")
        ? [{ type: "CaseOffered", linkageId }]
        : [];
    case "accepted?":
    case "accepted":
      if (state.status === "concluded" || state.status === "closed") {
        return [{ type: "CaseReopened", reason: "reopened", note: null }];
      }
      return state.status === "offered" || state.status === "handedOver" || state.status === "stoodDown"
        ? [{ type: "CaseAccepted", linkageId }]
        : [];
    case "withdrawn":
    case "returned":
    case "rejected":
      return isResponsible(file, "ordinary") || state.status === "handedOver" || state.status === "closed"
        ? []
        : [{ type: "CaseStoodDown", linkageId, as: linkage.state }];
    case "closed":
      return state.status === "closed" ? [] : [{ type: "CaseClosed", as: "byPeer", rating: null }];
    default:
      return [];
  }
}

/** A part that was pushed changes nothing of the ordinary part's status, except that a copy born only for such parts ends with the last. */
function pushedMoved({ decision, file, case: state }: Change): readonly Headless[] {
  const { linkage } = decision;
  const bornForParts =
    state.origin === "linkage" &&
    !file.linkages.some((l) => (l.part === "ordinary" ? l.state !== "withdrawn" : isTellingOpen(l)));
  if (linkage.role === "S" || !bornForParts) return [];
  if (linkage.state === "ended") {
    const goesOn = file.linkages.some((l) => l.role === "R" && isPushed(l) && l.state !== "ended");
    if (goesOn || state.status === "closed") return [];
    return [{ type: "CaseClosed", as: linkage.part === "danger" ? "dangerEnded" : "jointEnded", rating: null }];
  }
  if (linkage.state === "active" && state.status === "closed")
    return [{ type: "CaseReopened", reason: "pushedAgain", note: null }];
  return [];
}

/**
 * A notice and support change nothing of a matter that is held here or was handed over. A copy that was born by one, and knows of
 * nothing else but dangers that are over, rests when all of it is read and over, and is back on the desk with the next one.
 */
function toldMoved({ before, decision, file, case: state }: Change): readonly Headless[] {
  const { linkage } = decision;
  const isOnlyTold = state.origin === "linkage" && !state.dangerHere && file.linkages.every(isToldOrOver);
  if (!isOnlyTold) return [];
  if (state.status === "handedOver" && !file.linkages.some(isTellingOpen))
    return [{ type: "CaseClosed", as: "informed", rating: null }];
  return before === null && linkage.role === "R" && state.status === "closed"
    ? [{ type: "CaseInformed", linkageId: linkage.id, from: linkage.peer }]
    : [];
}

function isToldOrOver(linkage: LinkageFile["linkages"][number]): boolean {
  return linkage.part === "none" || (isPushed(linkage) && linkage.state === "ended");
}
