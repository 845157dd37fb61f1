import { Type } from "typebox";
import { EXTENSION_REASONS, PAUSE_REASONS, REFUSAL_REASONS } from "../../core/file/index.ts";
import { DANGER_OUTCOMES, JOINT_OUTCOMES, RULING_GROUNDS } from "../../core/linkage/index.ts";
import type { Static } from "typebox";
import {
  Code,
  Division,
  ItemCodeText,
  LongText,
  oneOf,
  PhoneText,
  QuestionCodeText,
  Satisfaction,
  ShortText,
  strict,
} from "./parts.ts";

/** Coded and spoken fields of a request as a desk enters them; everything may be missing. */
export const RequestFields = strict({
  channel: Type.Optional(Code),
  place: Type.Optional(Type.Union([Division, Type.Null()])),
  requestKind: Type.Optional(Type.Union([Code, Type.Null()])),
  field: Type.Optional(Type.Union([Code, Type.Null()])),
  requesterType: Type.Optional(Type.Union([Code, Type.Null()])),
  confidential: Type.Optional(Type.Boolean()),
  requesterName: Type.Optional(ShortText),
  requesterPhone: Type.Optional(PhoneText),
  requesterContact: Type.Optional(ShortText),
  address: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  text: Type.Optional(LongText),
});
export type RequestFields = Static<typeof RequestFields>;

/** Answers to the deciding questions of the catalogue: codes only. `known` = the chosen item or the desk's own record answered. */
export const GivenAnswers = Type.Array(
  strict({ question: QuestionCodeText, answer: oneOf(["yes", "no", "unknown"]), how: oneOf(["asked", "known"]) }),
  {
    maxItems: 40,
    description:
      "what the caller was asked before the judgement; kept with it where the version in force knows the question and it is on the way, else left out, never refused",
  },
);

export const VerdictInput = strict({ item: ItemCodeText, answers: Type.Optional(GivenAnswers) });

export const RegisterBody = strict({
  fields: RequestFields,
  item: Type.Optional(ItemCodeText),
  answers: Type.Optional(GivenAnswers),
  danger: Type.Optional(
    Type.Boolean({ description: "danger now: pushed to 110 in the same transaction, whatever is missing" }),
  ),
});
export type RegisterBody = Static<typeof RegisterBody>;
export const AmendBody = strict({
  fields: RequestFields,
  note: Type.Optional(LongText),
  answers: Type.Optional(GivenAnswers),
});
/** `to` = the 110 desk to push to; absent = the one that serves the place, and at 110 itself this desk. */
export const DangerBody = strict({ note: Type.Optional(LongText), to: Type.Optional(ShortText) });
export const EmptyBody = strict({});
const PushNo = Type.Integer({ minimum: 1, maximum: 1_000_000 });
/** The number of the urgent push that a screen has painted (`linkages[].pushNo`): what it does not name it may not show. */
export const ShownBody = strict({ pushNo: PushNo });
/** Signed with the push on screen, or without one: a signature alone stops the ring and does not release the sender. */
export const SignBody = strict({ pushNo: Type.Optional(PushNo) });
export const GuideBody = strict({ reason: Code, guidance: Type.String({ maxLength: 20_000 }) });
export const AnswerBody = strict({ answer: Type.String({ maxLength: 20_000 }) });
export const DispatchBody = strict({
  kind: oneOf(["work", "police"]),
  unit: Type.String({ minLength: 1, maxLength: 40 }),
  role: Type.Optional(oneOf(["lead", "assisting"])),
  instruction: Type.Optional(LongText),
});
export const InitialResponseBody = strict({
  manner: oneOf(["onSite", "byPhone", "notNeeded"]),
  entry: Type.String({ maxLength: 20_000 }),
});
export const HandOverBody = strict({
  to: Type.Optional(
    Type.String({
      description: "node code; left out: the desk of the other side that the routing table names for the place",
    }),
  ),
});
/** Whom it goes to, as in a hand-over. */
const To = Type.Optional(Type.String({ description: "node code; left out: as in a hand-over" }));
export const NotifyBody = strict({ to: To, text: Type.String({ maxLength: 20_000 }) });
/** Free text each: what is needed, where, and by when. */
export const AskSupportBody = strict({
  to: To,
  what: Type.String({ maxLength: 20_000 }),
  where: Type.Optional(LongText),
  when: Type.Optional(LongText),
});
export const GrantSupportBody = strict({ note: Type.Optional(LongText) });
export const DeclineSupportBody = strict({ reason: Type.String({ maxLength: 20_000 }) });
export const EndSupportBody = strict({ result: Type.String({ maxLength: 20_000 }) });
/** `what` = what the other desk is to work on, in words; left out: the request says it. */
export const AskJointBody = strict({ to: To, what: Type.Optional(LongText) });
export const EndJointBody = strict({ outcome: oneOf(JOINT_OUTCOMES), result: Type.String({ maxLength: 20_000 }) });
export const ConcludeBody = strict({ resolution: Code, result: Type.String({ maxLength: 20_000 }) });
export const CallBackBody = strict({
  outcome: oneOf(["reached", "notReached", "refused"]),
  satisfaction: Type.Optional(Satisfaction),
  solved: Type.Optional(Type.Boolean()),
  note: Type.Optional(LongText),
});
export const RateBody = strict({ satisfaction: Satisfaction, solved: Type.Optional(Type.Boolean()) });
export const ReopenBody = strict({ reason: Code, note: Type.Optional(LongText) });
export const WithdrawBody = strict({ reason: Code, note: Type.Optional(LongText) });
export const ReturnBody = strict({
  reason: Code,
  basis: Type.String({ maxLength: 200 }),
  proposedOwner: Type.String({ maxLength: 200 }),
  note: Type.Optional(LongText),
});
export const NegotiateBody = strict({ note: Type.Optional(LongText) });
/** `to` = the node code of the desk that has the matter by the ruling; `decision` = what was decided, and who took part. */
export const RuleBody = strict({
  to: ShortText,
  ground: oneOf(RULING_GROUNDS),
  decision: Type.String({ maxLength: 20_000 }),
});
/** `ordersOpen` = why it ends although officers have not answered: without it that is refused (ORDERS_OPEN). */
export const EndDangerBody = strict({
  outcome: oneOf(DANGER_OUTCOMES),
  result: Type.Optional(LongText),
  ordersOpen: Type.Optional(LongText),
});
export const ReplyBody = strict({ resolution: Code, reply: Type.String({ maxLength: 20_000 }) });
/** Units of the limit by which it was frozen (`clock.limit.unit`). */
const MoreTime = Type.Integer({ minimum: 1, maximum: 9_999 });
export const PauseClockBody = strict({ reason: oneOf(PAUSE_REASONS), note: Type.Optional(LongText) });
/** `note` = what the requester is asked for; after so many natural days the clock runs on by itself; how many it may be says the catalogue. */
export const AwaitRequesterBody = strict({
  days: Type.Integer({ minimum: 1, maximum: 366 }),
  note: Type.String({ maxLength: 20_000 }),
});
export const ResumeClockBody = strict({ note: Type.Optional(LongText) });
export const AskExtensionBody = strict({
  amount: MoreTime,
  reason: oneOf(EXTENSION_REASONS),
  note: Type.String({ maxLength: 20_000 }),
});
/** `amount` left out = as asked. `passOn` = the open orders of a request have as much more as the request. */
export const ApproveExtensionBody = strict({
  amount: Type.Optional(MoreTime),
  passOn: Type.Optional(Type.Boolean()),
  note: Type.Optional(LongText),
});
export const RefuseExtensionBody = strict({
  reason: oneOf(REFUSAL_REASONS),
  note: Type.String({ maxLength: 20_000 }),
});
export const WithdrawExtensionBody = strict({ note: Type.Optional(LongText) });
export const RecallBody = strict({ reason: Code });
/** In the body, not in the address: addresses are written into logs. */
export const SearchByPhoneBody = strict({ phone: PhoneText });
export const RevealBody = strict({ field: Type.String({ maxLength: 80 }), reason: ShortText });
export const AcknowledgeAlarmBody = strict({
  kind: Code,
  subject: Type.String({ maxLength: 80 }),
  outcome: Type.Optional(ShortText),
});
export type AcknowledgeAlarmBody = Static<typeof AcknowledgeAlarmBody>;

/**
 * Every command of the API: its path below `/api`, its body, and the permission it needs (core/access).
 * The web and the server read the same table, so a button and its route cannot drift apart.
 */
export const COMMANDS = {
  amend: { path: "/requests/:no/amend", body: AmendBody, action: "amend" },
  danger: { path: "/requests/:no/danger", body: DangerBody, action: "danger" },
  judge: { path: "/requests/:no/judge", body: VerdictInput, action: "judge" },
  accept: { path: "/requests/:no/accept", body: EmptyBody, action: "accept" },
  guide: { path: "/requests/:no/guide", body: GuideBody, action: "guide" },
  answer: { path: "/requests/:no/answer", body: AnswerBody, action: "answer" },
  dispatch: { path: "/requests/:no/dispatch", body: DispatchBody, action: "dispatch" },
  recordInitialResponse: {
    path: "/requests/:no/initial-response",
    body: InitialResponseBody,
    action: "recordInitialResponse",
  },
  handOver: { path: "/requests/:no/hand-over", body: HandOverBody, action: "handOver" },
  notify: { path: "/requests/:no/notify", body: NotifyBody, action: "notify" },
  askSupport: { path: "/requests/:no/ask-support", body: AskSupportBody, action: "askSupport" },
  askJoint: { path: "/requests/:no/ask-joint", body: AskJointBody, action: "askJoint" },
  conclude: { path: "/requests/:no/conclude", body: ConcludeBody, action: "conclude" },
  callBack: { path: "/requests/:no/call-back", body: CallBackBody, action: "callBack" },
  rate: { path: "/requests/:no/rate", body: RateBody, action: "rate" },
  close: { path: "/requests/:no/close", body: EmptyBody, action: "close" },
  reopen: { path: "/requests/:no/reopen", body: ReopenBody, action: "reopen" },
  acceptOffer: { path: "/linkages/:id/accept", body: EmptyBody, action: "acceptOffer" },
  return: { path: "/linkages/:id/return", body: ReturnBody, action: "return" },
  withdraw: { path: "/linkages/:id/withdraw", body: WithdrawBody, action: "withdraw" },
  negotiate: { path: "/linkages/:id/negotiate", body: NegotiateBody, action: "negotiate" },
  rule: { path: "/linkages/:id/rule", body: RuleBody, action: "rule" },
  hold: { path: "/linkages/:id/hold", body: EmptyBody, action: "hold" },
  readAdditions: { path: "/linkages/:id/read", body: EmptyBody, action: "readAdditions" },
  shown: { path: "/linkages/:id/shown", body: ShownBody, action: "shown" },
  sign: { path: "/linkages/:id/sign", body: SignBody, action: "sign" },
  endDanger: { path: "/linkages/:id/end", body: EndDangerBody, action: "endDanger" },
  readNotice: { path: "/linkages/:id/read-notice", body: EmptyBody, action: "readNotice" },
  grantSupport: { path: "/linkages/:id/grant-support", body: GrantSupportBody, action: "grantSupport" },
  declineSupport: { path: "/linkages/:id/decline-support", body: DeclineSupportBody, action: "declineSupport" },
  endSupport: { path: "/linkages/:id/end-support", body: EndSupportBody, action: "endSupport" },
  endJoint: { path: "/linkages/:id/end-joint", body: EndJointBody, action: "endJoint" },
  acknowledgeOrder: { path: "/orders/:id/acknowledge", body: EmptyBody, action: "acknowledgeOrder" },
  arrive: { path: "/orders/:id/arrive", body: EmptyBody, action: "arrive" },
  reply: { path: "/orders/:id/reply", body: ReplyBody, action: "reply" },
  recall: { path: "/orders/:id/recall", body: RecallBody, action: "recall" },
  pauseClock: { path: "/time-limits/:id/pause", body: PauseClockBody, action: "pauseClock" },
  awaitRequester: { path: "/time-limits/:id/await-requester", body: AwaitRequesterBody, action: "awaitRequester" },
  resumeClock: { path: "/time-limits/:id/resume", body: ResumeClockBody, action: "resumeClock" },
  askExtension: { path: "/time-limits/:id/ask-extension", body: AskExtensionBody, action: "askExtension" },
  approveExtension: {
    path: "/time-limits/:id/approve-extension",
    body: ApproveExtensionBody,
    action: "approveExtension",
  },
  refuseExtension: { path: "/time-limits/:id/refuse-extension", body: RefuseExtensionBody, action: "refuseExtension" },
  withdrawExtension: {
    path: "/time-limits/:id/withdraw-extension",
    body: WithdrawExtensionBody,
    action: "withdrawExtension",
  },
  orderDanger: { path: "/orders/:id/danger", body: DangerBody, action: "danger" },
} as const;

export type CommandName = keyof typeof COMMANDS;
export type CommandBody<N extends CommandName> = Static<(typeof COMMANDS)[N]["body"]>;
