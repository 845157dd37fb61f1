import type { Basis, Policies } from "../catalogue/index.ts";
import { proposedOrNot } from "./sentences.ts";
import type { Spoken } from "./spoken.ts";

type Words = { readonly zh: string; readonly en: string };

/** How long something may stand, or how often it may happen, said to a person; `{n}` stands for the number. @source nmg:2.2.5 @req REQ-70 */
const STANDING = {
  pauseDays: { zh: "暂停计时满{n}天自动恢复。", en: "A paused time limit goes on by itself after {n} days." },
  pauseRemindDays: { zh: "暂停结束前{n}天提醒。", en: "The desk is reminded {n} days before a pause ends." },
  awaitDays: { zh: "每次等诉求人补充材料不超过{n}天。", en: "The person is waited for {n} days at a time at most." },
  awaitTimes: {
    zh: "同一时限内等诉求人补充不超过{n}次。",
    en: "The person is waited for {n} times at most within one time limit.",
  },
  handOverReceiptMinutes: {
    zh: "移交后{n}分钟对方平台没有收到就报警。",
    en: "An alarm follows when a hand-over is not received within {n} minutes.",
  },
  handOverAnswerMinutes: {
    zh: "送达后{n}分钟内可以退回，过时只能协商。",
    en: "It may be returned within {n} minutes of its arrival; later only by negotiation.",
  },
  handOverAnswerAtSenderMinutes: {
    zh: "送达后{n}分钟对方没有答复就转入协商。",
    en: "Without an answer {n} minutes after its arrival the desks negotiate.",
  },
  returnDecideMinutes: {
    zh: "退回后{n}分钟内决定去向，过时转入协商。",
    en: "What becomes of a return is decided within {n} minutes, else the desks negotiate.",
  },
  negotiationMinutes: {
    zh: "协商满{n}分钟没有结果，由先接到的一方先行受理并报裁定。",
    en: "A negotiation without result after {n} minutes is held by the first receiver and goes to the arbiter.",
  },
  arbiterMinutes: {
    zh: "协商开始后{n}分钟没有裁定就报警。",
    en: "An alarm follows when nothing is ruled {n} minutes after the negotiation began.",
  },
  arbiterRepeatMinutes: {
    zh: "没有裁定的，每{n}分钟再报一次。",
    en: "It is repeated every {n} minutes until it is ruled.",
  },
  acceptConfirmMinutes: {
    zh: "受理后{n}分钟没有确认就报警。",
    en: "An alarm follows when an acceptance is not confirmed within {n} minutes.",
  },
  answerOwedMinutes: {
    zh: "应当回复而{n}分钟没有回复就报警。",
    en: "An alarm follows when an answer is owed for {n} minutes.",
  },
  consultationTimes: {
    zh: "同一旗县区同一事项有{n}件诉求发生争议就列入会商议题。",
    en: "A matter goes on the agenda of both sides when {n} requests of it are disputed in one county.",
  },
  consultationDays: { zh: "会商议题看最近{n}天的争议。", en: "The agenda counts the disputes of the last {n} days." },
} as const satisfies Partial<Record<keyof Policies, Words>>;

export type StandingPolicy = keyof typeof STANDING;

/** Whether a policy says how long something may stand. */
export function isStandingPolicy(name: string): name is StandingPolicy {
  return Object.hasOwn(STANDING, name);
}

/** One such policy in words; a proposal is said to be one. */
export function standingSentence(name: StandingPolicy, value: number, basis: Basis): Spoken {
  const { zh, en } = STANDING[name];
  const n = String(value);
  return proposedOrNot({ zh: zh.replace("{n}", n), en: en.replace("{n}", n) }, basis);
}
