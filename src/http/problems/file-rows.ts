import type { CaseRefusal } from "../../core/case/index.ts";
import type { OrderRefusal } from "../../core/order/index.ts";
import type { ClockFileRefusal } from "../../core/file/index.ts";
import { CLOCK_ROWS } from "./clock-rows.ts";
import { row, rowOfBoth, rowOfPlan, rowOfPolicy } from "./row.ts";
import type { ProblemRow } from "./row.ts";

/** Refusals of a linkage, by the normative table. */
export type LinkageCode =
  | "NOT_IN_STATE"
  | "NOT_HOLDER"
  | "OFFER_OPEN"
  | "NOT_CONFIRMED"
  | "PASS_BACK_STEPWISE"
  | "NO_INITIAL_RESPONSE"
  | "BOUND"
  | "ALREADY_ACCEPTED"
  | "USE_REOPEN"
  | "LINKAGE_ENDED"
  | "UNREAD_ADDITION"
  | "RETURN_USED"
  | "RETURN_LAPSED"
  | "RETURN_INCOMPLETE"
  | "NOT_PRIMARY"
  | "RULING_STALE"
  | "ALREADY_SIGNED"
  | "NOTICE_MISSING"
  | "SUPPORT_MISSING"
  | "DECLINE_MISSING"
  | "SUPPORT_RESULT_MISSING";

/** What the rules of a request can refuse. */
export type FileCode =
  | CaseRefusal["code"]
  | OrderRefusal["code"]
  | LinkageCode
  | "REQUEST_UNKNOWN"
  | "REQUEST_NO_MISTYPED"
  | "ORDER_UNKNOWN"
  | "LINKAGE_UNKNOWN"
  | "NO_PEER"
  | "RULING_MISSING"
  | "ROUTE_UNCLEAR"
  | "ROUTE_NONE"
  | "PEER_TOO_OLD"
  | "PEER_NOT_HEARD"
  | "SUPPORT_OPEN"
  | "JOINT_OPEN"
  | "TELLING_CLOSED"
  | "CONCLUSION_NOT_HELD"
  | "DANGER_NOT_TAKEN_OVER"
  | "ALREADY_REGISTERED"
  | ClockFileRefusal["code"];

const CASE_ROWS = {
  CASE_NOT_IN_STATUS: row(
    409,
    "诉求当前为“{status}”，不能{verb}",
    "The request is {status} now; it cannot {verb}",
    "nmg:2.2.1",
  ),
  CASE_NOT_HOLDER: row(
    409,
    "本平台目前不是责任平台，不能办理此步",
    "This desk does not hold the request now",
    "nmg:2.2.1",
  ),
  FACTS_MISSING: row(
    422,
    "办结前还须填写：{fields}",
    "Before it is concluded these must be filled in: {fields}",
    "nmg:2.1",
  ),
  NOT_JUDGED: row(409, "尚未判定事项归属", "The request has not been judged against the catalogue yet", "nmg:2.2"),
  GUIDANCE_ONLY_FOR_NEITHER: row(
    409,
    "只有双方均不受理的事项才可引导解释",
    "Guidance is only for matters that neither desk takes",
    "nmg:2.2.1",
  ),
  EXCLUSION_NOT_OURS: rowOfPlan(
    { nmg: { clause: "nmg:2.1", words: "12345受理范围：" } },
    row(
      409,
      "这一情形只限定12345的受理范围，110不能以此不受理",
      "This ground bounds what 12345 takes, and 110 turns nobody away by it",
      "nmg:2.1",
    ),
  ),
  GUIDANCE_MISSING: row(422, "请填写引导解释的内容", "Write down what guidance was given", "nmg:2.2.1"),
  ANSWER_MISSING: row(422, "请填写答复内容", "Write down the answer", "nmg:3.3"),
  RESULT_MISSING: row(422, "请填写办理结果", "Write down the result", "nmg:2.2.1"),
  ENTRY_MISSING: row(422, "请填写先期处置情况", "Write down the initial response", "nmg:2.2.2"),
  ORDERS_OPEN: rowOfBoth(
    "还有 {count} 次派警未办结",
    row(409, "还有 {count} 张派单未办结", "{count} orders are still open", "nmg:2.2.1"),
  ),
  NOT_CALLED_BACK: row(
    409,
    "尚未回访成功：已回访 {attempts} 次，须 {needed} 次",
    "Not called back yet: {attempts} of {needed} attempts",
    "nmg:2.2.1",
  ),
  RATING_INCOMPLETE: row(
    422,
    "回访已接通，请填写满意度和是否解决",
    "A reached callback needs satisfaction and whether it was solved",
    "nmg:2.2.1",
  ),
} as const satisfies Record<CaseRefusal["code"], ProblemRow>;

const ORDER_ROWS = {
  ORDER_NOT_IN_STATE: rowOfBoth(
    "派警当前为“{state}”，不能进行此操作",
    row(409, "派单当前为“{state}”，不能进行此操作", "The order is {state} now; this cannot be done", "nmg:2.2.2"),
  ),
  REPLY_MISSING: row(422, "请填写办理答复", "A reply must say something", "nmg:2.2.1"),
} as const satisfies Record<OrderRefusal["code"], ProblemRow>;

const LINKAGE_ROWS = {
  NOT_IN_STATE: row(
    409,
    "对接事项当前为“{state}”，不能进行此操作",
    "The linkage is {state} now; this cannot be done",
    "nmg:2.2.1",
  ),
  NOT_HOLDER: row(
    409,
    "本平台不是该部分的责任平台，不能移交",
    "This desk is not responsible for the part and cannot hand it over",
    "nmg:2.2.2",
  ),
  OFFER_OPEN: row(
    409,
    "已有一次移交在途，请先收回或等待对方答复",
    "A hand-over is open already; withdraw it or wait for its answer",
    "nmg:2.2.1",
  ),
  NOT_CONFIRMED: row(
    409,
    "受理尚未得到对方确认，请稍候",
    "The other desk has not confirmed the acceptance yet",
    "nmg:2.2.1",
  ),
  PASS_BACK_STEPWISE: row(
    409,
    "只能逐级退给移交来的平台",
    "It can only go back step by step, to the desk it came from",
    "nmg:2.2.1",
  ),
  NO_INITIAL_RESPONSE: rowOfPlan(
    { nmg: { clause: "nmg:2.2.2", words: "要进行先期处置后再按规定移交" } },
    row(
      409,
      "须先填写先期处置情况，才能移交",
      "The initial response must be entered before it is handed over",
      "nmg:2.2.2",
    ),
  ),
  BOUND: row(
    409,
    "已有裁定，只能由新的裁定改变",
    "A ruling binds it; only a newer ruling can change that",
    "nmg:2.2.4",
  ),
  ALREADY_ACCEPTED: row(
    409,
    "对方已受理，不能再收回",
    "The other desk has accepted it; it can no longer be withdrawn",
    "nmg:2.2.1",
  ),
  USE_REOPEN: row(409, "已经办结；如有新情况请用“重办”", "It is concluded; to add something, reopen it", "nmg:2.2.1"),
  LINKAGE_ENDED: row(
    409,
    "此次对接已经结束，请记在本平台的诉求里",
    "The linkage has ended; write it into the request itself",
    "nmg:2.2.1",
  ),
  UNREAD_ADDITION: row(
    409,
    "对方有补充内容尚未阅读：先看补充，再按 Y（补充已阅）",
    "The other desk added something: read it, then press Y, which marks it as read",
    "nmg:2.2.1",
  ),
  RETURN_USED: row(
    409,
    "此事项本平台已退回过一次，请直接协商",
    "This desk has returned the matter once before; negotiate instead",
    "nmg:2.2.1",
  ),
  RETURN_LAPSED: rowOfPolicy(
    "handOverAnswerMinutes",
    row(409, "退回时限已过，请直接协商", "The time to return it is over; negotiate instead", "nmg:2.2.1"),
  ),
  RETURN_INCOMPLETE: row(
    422,
    "退回须写明依据和建议的责任单位",
    "A return needs its basis and a proposed owner",
    "nmg:2.2.1",
  ),
  NOT_PRIMARY: row(
    409,
    "对方的诉求登记在先，应并入对方",
    "The other desk registered it first; merge into theirs",
    "nmg:2.2.2",
  ),
  RULING_STALE: row(
    409,
    "该裁定已被更早记录的决定取代",
    "A decision logged earlier stands before this ruling",
    "nmg:2.2.4",
  ),
  ALREADY_SIGNED: row(409, "该紧急推送已有人签收", "Somebody has signed this urgent push already", "nmg:a3"),
  NOTICE_MISSING: row(422, "请填写通报内容", "Write down what the other desk is to know", "nmg:2.2.3"),
  SUPPORT_MISSING: row(422, "请填写需要什么支援", "Write down what is needed", "nmg:2.2.3"),
  DECLINE_MISSING: row(422, "请填写不能支援的原因", "Write down why no support is given", "nmg:2.2.3"),
  SUPPORT_RESULT_MISSING: row(422, "请填写支援结果", "Write down what came of the support", "nmg:2.2.3"),
} as const satisfies Record<LinkageCode, ProblemRow>;

/** Rows for every refusal of the rules. */
export const FILE_ROWS = {
  ...CASE_ROWS,
  ...ORDER_ROWS,
  ...LINKAGE_ROWS,
  ...CLOCK_ROWS,
  REQUEST_UNKNOWN: row(404, "没有这个诉求编号", "There is no request with this number"),
  REQUEST_NO_MISTYPED: row(
    404,
    "编号有误：校验位对不上，请核对这 19 位数字",
    "The number is mistyped: its check digit does not fit; compare the 19 digits",
  ),
  ORDER_UNKNOWN: rowOfBoth("没有这次派警", row(404, "没有这张派单", "There is no such order")),
  LINKAGE_UNKNOWN: row(404, "没有这个对接事项", "There is no such linkage"),
  RULING_MISSING: row(422, "请写明裁定内容和参加人", "Write down what was decided and who took part", "nmg:2.2.4"),
  NO_PEER: row(
    409,
    "尚未登记对方平台（{side}），请拨打其值班电话",
    "No {side} desk is registered here; dial its duty phone",
    "nmg:2.3.1",
  ),
  ROUTE_UNCLEAR: row(
    409,
    "该地点有多个{side}平台受理（{desks}），请选定移交给哪一个",
    "Several {side} desks serve this place ({desks}); name the one to hand it over to",
    "nmg:2.2",
  ),
  ROUTE_NONE: row(
    409,
    "没有联网的{side}平台受理该地点（受理：{desk}，电话 {dial}）；请核对区划，或选定移交给哪一个平台",
    "No linked {side} desk serves this place (served by {desk}, phone {dial}); check the division, or name a desk",
    "nmg:2.2",
  ),
  PEER_TOO_OLD: row(
    409,
    "对方平台（{desk}）的版本较旧，收不到通报和支援请求，未发送；请拨打其值班电话 {dial}",
    "The program of {desk} is too old to receive this; nothing was sent. Dial its duty phone {dial}",
    "nmg:2.3.2",
  ),
  PEER_NOT_HEARD: row(
    409,
    "本系统启动后尚未与对方平台（{desk}）取得联系，未发送；请稍后再试，或拨打其值班电话 {dial}",
    "{desk} has not answered since this system started; nothing was sent. Try again, or dial its duty phone {dial}",
    "nmg:2.3.2",
  ),
  SUPPORT_OPEN: row(
    409,
    "应急支援尚未结束，请先结束支援再归档",
    "Support is still open; end it before closing",
    "nmg:2.2.3",
  ),
  JOINT_OPEN: row(
    409,
    "联合调处的部分尚未结束，双方都结束后才能归档",
    "A part worked on beside this matter is still open; it closes when both have ended",
    "nmg:2.2.2",
  ),
  TELLING_CLOSED: row(409, "诉求已归档；如有新情况请先重办", "The request is closed; reopen it first", "nmg:2.2.1"),
  CONCLUSION_NOT_HELD: row(409, "尚未收到对方的办结结果", "The other desk's conclusion is not here yet", "nmg:2.2.1"),
  DANGER_NOT_TAKEN_OVER: row(
    409,
    "涉险部分尚无人接手（对方未上屏或未签收该紧急推送），不能归档；请先拨打值班电话",
    "Nobody has taken over the danger part yet (the urgent push is on no screen, or unsigned); dial the duty phone before closing",
    "nmg:a3",
  ),
  ALREADY_REGISTERED: row(409, "该诉求已经登记", "The request is registered already"),
} as const satisfies Record<FileCode, ProblemRow>;
