import type { Delay } from "./draw.ts";

/** All numbers by which the people of the replay act. Published with their sources in docs/replay.md. */

/** Which desk a request without a label reaches. Province profile: 110,000 requests and 20,000 alarms a day. */
export const DESK_MIX = { hotline: 0.85, police: 0.15 } as const;

/** What becomes of a request without a label at the desk it reached. */
export const ROAD_MIX = { dispatch: 0.47, answer: 0.3, otherDesk: 0.12, guide: 0.07, danger: 0.04 } as const;
export type Road = keyof typeof ROAD_MIX;

/** Of the matters that are plainly the other desk's: part one or two of the annex, or part four (110 first, then 12345). */
export const OTHER_DESK_MIX = {
  hotline: { plain: 0.8, policeFirst: 0.2 },
  police: { plain: 0.6, policeFirst: 0.4 },
} as const;

/** Which items a danger road takes: annex part three, or an urgent one of part two. */
export const DANGER_MIX = { partThree: 0.6, urgentPolice: 0.4 } as const;

/** How danger becomes known: said while registering (with an item or without), by the judgement, or by the danger key later. */
export const DANGER_KNOWN_MIX = { atOnce: 0.35, atOnceWithItem: 0.25, byJudgement: 0.3, byKey: 0.1 } as const;

export const CHANNEL_MIX = { phone: 0.72, miniProgram: 0.1, web: 0.08, app: 0.07, sms: 0.03 } as const;

export const CALLBACK_MIX = { reached: 0.76, notReached: 0.19, refused: 0.05 } as const;

export const SATISFACTION_MIX = { "1": 0.02, "2": 0.03, "3": 0.08, "4": 0.3, "5": 0.57 } as const;

export const DANGER_END_MIX = { handled: 0.82, noDangerFound: 0.18 } as const;

export const INITIAL_RESPONSE_MIX = { byPhone: 0.55, onSite: 0.3, notNeeded: 0.15 } as const;

/** How often a person does what is not always done. Drawn once for a request, a desk and a step. */
export const CHANCES = {
  /** A caller with a labelled matter dials the right number. */
  rightNumber: 0.88,
  judgedWhileRegistering: 0.35,
  placeKnown: 0.8,
  kindKnown: 0.7,
  fieldKnown: 0.65,
  typeKnown: 0.75,
  nameKnown: 0.7,
  phoneKnown: 0.92,
  addressKnown: 0.6,
  returned: 0.08,
  negotiated: 0.03,
  withdrawn: 0.03,
  keptAfterReturn: 0.7,
  secondUnit: 0.12,
  addedAfterHandOver: 0.15,
  addedDuringDanger: 0.1,
  ratedByMessage: 0.1,
  solved: 0.93,
  reopened: 0.5,
  acknowledged: 0.97,
  siteVisit: 0.3,
  dangerFoundByUnit: 0.01,
  twoAtOnce: 0.03,
  pressedTwice: 0.02,
  wrongCommand: 0.02,
} as const;
export type Chance = keyof typeof CHANCES;

const MINUTE = 60;
const HOUR = 3600;

/** How long steps take in reality, in seconds; divided by `--speed`. */
export const DELAYS = {
  read: { median: 4, p90: 15 },
  show: { median: 1, p90: 2 },
  sign: {
    ranges: [
      { share: 0.98, from: 2, to: 30 },
      { share: 0.02, from: 30, to: 90 },
    ],
  },
  decide: { median: 40, p90: 150 },
  talk: { median: 150, p90: 420 },
  sendOfficers: { median: 83, p90: 180 },
  dispatchOrder: { median: 10 * MINUTE, p90: 40 * MINUTE },
  takeUp: { median: 4 * MINUTE, p90: 15 * MINUTE },
  secondThoughts: { median: 2 * MINUTE, p90: 10 * MINUTE },
  sayMore: { median: 30 * MINUTE, p90: 4 * HOUR },
  acknowledge: {
    ranges: [
      { share: 0.98, from: 5, to: 30 },
      { share: 0.02, from: 30, to: 10 * MINUTE },
    ],
  },
  arrive: {
    ranges: [
      { share: 0.94, from: 2 * MINUTE, to: 8 * MINUTE },
      { share: 0.06, from: 8 * MINUTE, to: 20 * MINUTE },
    ],
  },
  feedback: {
    ranges: [
      { share: 0.35, from: 5 * MINUTE, to: 30 * MINUTE },
      { share: 0.22, from: 30 * MINUTE, to: HOUR },
      { share: 0.23, from: HOUR, to: 2 * HOUR },
      { share: 0.12, from: 2 * HOUR, to: 4 * HOUR },
      { share: 0.08, from: 4 * HOUR, to: 8 * HOUR },
    ],
  },
  unitReply: { median: 8 * HOUR, p90: 30 * HOUR },
  conclude: { median: 20 * MINUTE, p90: 2 * HOUR },
  callBack: { median: 3 * HOUR, p90: 10 * HOUR },
  close: { median: 2 * MINUTE, p90: 10 * MINUTE },
} as const satisfies Readonly<Record<string, Delay>>;
export type DelayName = keyof typeof DELAYS;
