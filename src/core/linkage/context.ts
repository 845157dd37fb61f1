import type { FirstReceiver, RequestNo } from "../../kernel/index.ts";
import type { LinkageMessageBody, RejectCode } from "./message.ts";

/** Durations of section 9, all in milliseconds. A city may set others by agreement; they alarm, they never decide who is responsible. */
export type LinkagePolicy = {
  readonly urgentLink: number;
  readonly urgentSeat: number;
  readonly urgentReceipt: number;
  /** First alarm for an unsigned push; the second follows when `urgentSign` has passed since the push. */
  readonly urgentSignFirst: number;
  readonly urgentSign: number;
  readonly deliveryReceipt: number;
  /** Also the window in which R may return, since delivery by R's clock. */
  readonly answer: number;
  readonly answerAtSender: number;
  readonly decideReturned: number;
  readonly negotiation: number;
  /** Since the negotiation was opened. */
  readonly arbiter: number;
  readonly arbiterRepeat: number;
  readonly confirm: number;
  readonly answerOwed: number;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The defaults of section 9. */
export const DEFAULT_LINKAGE_POLICY: LinkagePolicy = {
  urgentLink: 2 * SECOND,
  urgentSeat: 4 * SECOND,
  urgentReceipt: 60 * SECOND,
  urgentSignFirst: 30 * SECOND,
  urgentSign: 60 * SECOND,
  deliveryReceipt: 5 * MINUTE,
  answer: 30 * MINUTE,
  answerAtSender: 60 * MINUTE,
  decideReturned: 30 * MINUTE,
  negotiation: 30 * MINUTE,
  arbiter: 120 * MINUTE,
  arbiterRepeat: 30 * MINUTE,
  confirm: 60 * SECOND,
  answerOwed: 5 * MINUTE,
};

export type OfferBody = Extract<LinkageMessageBody, { type: "offer" }>;

/** What the linkages cannot know from their own file. */
export type LinkageContext = {
  readonly policy: LinkagePolicy;
  /** Version of the catalogue these times are of; absent = of none. */
  readonly timesBy?: string | undefined;
  /** Whether this node cannot take such an offer at all. Never asked for a push (P3). */
  readonly rejects: (body: OfferBody) => RejectCode | null;
  /** R, urgent: an on-duty seat is logged in now. */
  readonly seatOnDuty: boolean;
  /** At R the number it tells S to dial; at S the peer's duty phone from the registry. */
  readonly dutyPhone: string;
  /**
   * For `absorb` only: the own case it should go into. `holds`: this desk is responsible for it;
   * `finishedLast`: nobody is, and this desk was the last to work it (section 8.2).
   */
  readonly primary?: {
    readonly requestNo: RequestNo;
    readonly firstReceiver: FirstReceiver;
    readonly holds: boolean;
    readonly finishedLast: boolean;
  };
};
