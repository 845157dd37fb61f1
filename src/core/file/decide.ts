import { err, exhaustive, ok } from "../../kernel/index.ts";
import type { ActorRef, Result } from "../../kernel/index.ts";
import { tellCase } from "./draft.ts";
import { withClocks } from "./clock-faults.ts";
import { callOutMarks, followClocks } from "./clocks.ts";
import { emitCase, startDraft, tellLinkage } from "./draft.ts";
import type { Draft } from "./draft.ts";
import type { CaseFile, FileCommand, FileContext, FileDecision, FileInput, FileRefusal } from "./file.ts";
import { opensConversation } from "../linkage/index.ts";
import type { OpeningMessage } from "../linkage/index.ts";
import type { CaseStatus } from "../case/index.ts";
import { doubtfulKept } from "./doubtful.ts";
import { amend } from "./verbs/amend.ts";
import { recordCall } from "./verbs/call.ts";
import { callCompletion, completeDanger, completedByHand, endOwedPush, pushDanger } from "./verbs/danger.ts";
import { dialPlace } from "./verbs/dial-place.ts";
import { dispatch } from "./verbs/dispatch.ts";
import { answer, callBack, close, conclude, endDanger, guide, reopen } from "./verbs/ending.ts";
import { handOver } from "./verbs/hand-over.ts";
import { askJoint, endJoint } from "./verbs/joint.ts";
import { judge } from "./verbs/judge.ts";
import { passOn, tellSinceClosed, tellUnheard } from "./verbs/pass-on.ts";
import { countedFacts } from "./told.ts";
import { markTheirLateReply } from "./verbs/late-reply.ts";
import { handleLinkage } from "./verbs/linkages.ts";
import { tell } from "./verbs/tell.ts";
import { reportOrder } from "./verbs/orders.ts";
import { register } from "./verbs/register.ts";
import { endWaits, setTimeLimit } from "./verbs/time-limits.ts";

/**
 * The one place where everything that can happen to a request is decided: a person's command, a message of another node,
 * a receipt, a timer. Pure: the same file, input and context give the same decision.
 * Commands may be refused (`FileRefusal`); messages, receipts and timers never are.
 * @source nmg:2.2.1 @req REQ-13 @req REQ-51
 */
export function decideFile(file: CaseFile, input: FileInput, context: FileContext): Result<FileDecision, FileRefusal> {
  switch (input.via) {
    case "command": {
      const draft = startDraft(file, context, input.at, input.by, input.id);
      const refused = command(draft, input.command);
      if (refused !== null) return err(refused);
      endOwedPush(draft, file.case);
      return ok(finish(draft, file));
    }
    case "message":
      return ok(receive(file, input, context));
    case "receipt":
    case "timer": {
      const by: ActorRef = {
        kind: input.via === "timer" ? "timer" : "node",
        id: input.via === "timer" ? input.timer : context.self,
        node: context.self,
      };
      const draft = startDraft(
        file,
        context,
        input.at,
        by,
        input.via === "timer" ? `timer:${input.timer}` : `receipt:${input.seq}`,
      );
      const told =
        input.via === "timer"
          ? tellLinkage(draft, input.linkageId, { via: "timer", at: input.at, timer: input.timer })
          : tellLinkage(draft, input.linkageId, { via: "receipt", at: input.at, seq: input.seq, noted: input.noted });
      if (told !== null) throw new Error(`a ${input.via} was refused: ${told.code}`);
      return ok(finish(draft, file));
    }
    case "caseTimer": {
      const by: ActorRef = { kind: "timer", id: input.timer, node: context.self };
      const draft = startDraft(file, context, input.at, by, `timer:${input.timer}`);
      callCompletion(draft);
      return ok(finish(draft, file));
    }
    case "clockTimer":
    case "clocks": {
      const by: ActorRef = { kind: "timer", id: "clock", node: context.self };
      const draft = startDraft(file, context, input.at, by, "timer:clock");
      if (input.via === "clocks") return ok(finish(draft, file));
      endWaits(draft, input.at);
      return ok(withClocks(draft, () => callOutMarks(draft, input.clockId)));
    }
    default:
      return exhaustive(input);
  }
}

/**
 * Whatever a step was, the clocks follow from what it left. When they cannot be counted (a limit or a calendar that is out of order)
 * the step stands as it is, its clocks as they were, and the operator is told: danger and what people do outrank deadlines.
 * @source nmg:2.2.1
 */
function finish(draft: Draft, before: CaseFile): FileDecision {
  dialPlace(draft, before);
  endWaits(draft, null);
  return withClocks(draft, followClocks);
}

function command(draft: Draft, asked: FileCommand): FileRefusal | null {
  if (asked.type === "register") return register(draft, asked);
  if (draft.case === null) return { code: "REQUEST_UNKNOWN" };
  switch (asked.type) {
    case "danger":
      pushDanger(draft, asked);
      return null;
    case "recordCall":
      recordCall(draft, asked);
      return null;
    case "amend":
      return amend(draft, asked);
    case "judge":
      return judge(draft, asked);
    case "dispatch": {
      const refused = dispatch(draft, asked);
      if (refused === null) completedByHand(draft, asked.kind);
      return refused;
    }
    case "handOver":
      return handOver(draft, asked);
    case "conclude":
      return conclude(draft, asked);
    case "callBack":
      return callBack(draft, asked);
    case "close":
      return close(draft);
    case "reopen":
      return reopen(draft, asked);
    case "endDanger":
      return endDanger(draft, asked);
    case "guide":
      return guide(draft, asked);
    case "answer":
      return answer(draft, asked);
    case "notify":
    case "askSupport":
      return tell(draft, asked);
    case "askJoint":
      return askJoint(draft, asked);
    case "endJoint":
      return endJoint(draft, asked);
    case "accept":
    case "recordInitialResponse":
    case "rate":
      return tellCase(draft, asked);
    case "withdraw":
    case "negotiate":
    case "rule":
    case "hold":
    case "acceptOffer":
    case "return":
    case "readAdditions":
    case "shown":
    case "sign":
    case "readNotice":
    case "grantSupport":
    case "declineSupport":
    case "endSupport":
      return handleLinkage(draft, asked);
    case "pauseClock":
    case "awaitRequester":
    case "resumeClock":
    case "askExtension":
    case "approveExtension":
    case "refuseExtension":
    case "withdrawExtension":
      return setTimeLimit(draft, asked);
    case "acknowledgeOrder":
    case "arrive":
    case "reply":
    case "recall":
      return reportOrder(draft, asked);
    default:
      return exhaustive(asked);
  }
}

/** A message about a request that is new here bears our copy of it first. */
function receive(file: CaseFile, input: FileInput & { via: "message" }, context: FileContext): FileDecision {
  const { message } = input;
  const by: ActorRef = { kind: "node", id: message.sender, node: message.sender };
  const draft = startDraft(file, context, input.at, by, message.id);
  if (draft.case === null) bearCopy(draft, input);
  const known = draft.linkages.has(message.conversation);
  const told = tellLinkage(draft, known ? message.conversation : null, { via: "message", at: input.at, message });
  if (told !== null) throw new Error(`a message was refused: ${told.code}`);
  // What the other desk learned may be just what a double dispatch was waiting for.
  if (draft.case?.place !== file.case?.place) completeDanger(draft, file.case?.place ?? null);
  passOn(draft, message.sender, file.case, countedFacts(draft.caseEvents));
  markTheirLateReply(draft, message);
  tellUnheard(draft, message, file.case);
  tellSinceClosed(draft, message, file.case);
  endOwedPush(draft, file.case);
  const kept = doubtfulKept(draft.head, { ...message, from: message.sender }, input.doubtful ?? []);
  emitCase(draft, kept.events);
  draft.alarms.push(...kept.alarms);
  return finish(draft, file);
}

/** What a copy is called that a conversation brings: what is pushed is acted on at once, an offer waits, the rest is the other desk's. */
const BORN_AS = {
  push: "accepted",
  joint: "accepted",
  offer: "offered",
  notice: "handedOver",
  support: "handedOver",
} as const satisfies Record<OpeningMessage["type"], CaseStatus>;

function bearCopy(draft: Draft, input: FileInput & { via: "message" }): void {
  const { message } = input;
  const { body } = message;
  if (!opensConversation(body)) throw new Error(`${body.type} about an unknown request`);
  const { brief } = body;
  emitCase(draft, [
    {
      ...draft.head,
      type: "CaseReceived",
      caseId: message.caseId,
      requestNo: message.requestNo,
      home: draft.context.home,
      self: draft.context.self,
      linkageId: message.conversation,
      registeredAt: brief.registeredAt,
      status: BORN_AS[body.type],
      facts: {
        channel: brief.channel,
        place: brief.place,
        requestKind: brief.requestKind,
        field: brief.field,
        requesterType: brief.requesterType,
        confidential: brief.confidential,
      },
      sealed: brief.sealed,
      ...(brief.said === undefined ? {} : { said: brief.said }),
      firstReceiver: body.firstReceiver,
      danger: brief.danger,
    },
  ]);
  // The other desk's judgement is shown, not obeyed: this desk may judge anew once it holds the matter. It is that desk's, by the
  // catalogue that desk judged by, also where the item is looked up here.
  const { catalogueVersion } = body;
  const found = brief.item === null ? null : draft.context.verdictOf(brief.item, catalogueVersion);
  if (found === null) return;
  const verdict = { ...found, catalogueVersion, by: "peer", from: message.sender } as const;
  emitCase(draft, [{ ...draft.head, type: "CaseJudged", verdict, danger: brief.danger }]);
}
