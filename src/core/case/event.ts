import type {
  ActorRef,
  CaseId,
  FirstReceiver,
  Instant,
  LinkageId,
  NodeCode,
  OrderId,
  RegionCode,
  RequestNo,
  Sealed,
  UnitCode,
} from "../../kernel/index.ts";
import type { CallResult } from "./call.ts";
import type { FactStamps } from "../linkage/index.ts";
import type { Callback, Case, CaseFacts, CloseReason, MissingHalf, ToldFact, Verdict } from "./case.ts";

/** What every event of a case says about itself: when, by whom, and what caused it (command, message or timer id). */
export type EventHead = { readonly at: Instant; readonly by: ActorRef; readonly cause: string };

type Born = {
  readonly caseId: CaseId;
  readonly requestNo: RequestNo;
  readonly home: RegionCode;
  readonly self: NodeCode;
  readonly facts: CaseFacts;
  readonly sealed: readonly Sealed[];
  readonly firstReceiver: FirstReceiver;
  readonly danger: boolean;
};

/** Everything that can happen to one node's copy of a request. */
export type CaseEvent = EventHead &
  (
    | ({ readonly type: "CaseRegistered" } & Born)
    | ({
        readonly type: "CaseReceived";
        readonly linkageId: LinkageId;
        readonly registeredAt: Instant;
        readonly status: "offered" | "accepted" | "handedOver";
        readonly said?: FactStamps;
      } & Born)
    | { readonly type: "CaseOffered"; readonly linkageId: LinkageId }
    | {
        readonly type: "CaseAmended";
        readonly facts: Partial<CaseFacts>;
        readonly sealed: readonly Sealed[];
        readonly danger: boolean;
      }
    | {
        readonly type: "CaseTold";
        readonly from: NodeCode;
        readonly told: readonly ToldFact[];
        /** Of those that count. */
        readonly said?: FactStamps;
      }
    | {
        readonly type: "CaseDoubtful";
        readonly from: NodeCode;
        /** What came, sealed anew: it proves nothing of what was committed to. */
        readonly sealed: readonly Sealed[];
        /** Which field each of them was said to be, in the same order, and why it is not taken for it. */
        readonly fields: readonly string[];
        readonly codes: readonly string[];
      }
    | { readonly type: "CaseJudged"; readonly verdict: Verdict; readonly danger: boolean }
    | { readonly type: "DangerTaken" }
    | { readonly type: "CompletionOwed"; readonly missing: MissingHalf; readonly no: number }
    | { readonly type: "CompletionMade" }
    /** A danger that no desk could be pushed to; `no` = how many of them wait for a push. */
    | { readonly type: "PushOwed"; readonly no: number }
    | { readonly type: "PushMade" }
    /** Somebody dialled because a red mark asked for it: which number, for what, and what came of it; null = the mark named none. */
    | {
        readonly type: "CallMade";
        readonly dial: string | null;
        /** What the marks stood for: a linkage, an order or the request, and the kinds of the marks. */
        readonly subject: string;
        readonly about: readonly string[];
        readonly result: CallResult;
        readonly said: Sealed | null;
      }
    | { readonly type: "CaseAccepted"; readonly linkageId: LinkageId | null }
    | {
        readonly type: "InitialResponseRecorded";
        readonly entry: Sealed;
        readonly manner: "onSite" | "byPhone" | "notNeeded";
      }
    | {
        readonly type: "OrderOpened";
        readonly orderId: OrderId;
        readonly kind: "work" | "police";
        readonly unit: UnitCode;
      }
    | { readonly type: "OrderEnded"; readonly orderId: OrderId; readonly as: "replied" | "recalled" }
    | { readonly type: "CaseHandedOver"; readonly linkageId: LinkageId; readonly to: NodeCode }
    /** A copy that came by a notice or support alone, and rested, is told of again. */
    | { readonly type: "CaseInformed"; readonly linkageId: LinkageId; readonly from: NodeCode }
    | {
        readonly type: "CaseStoodDown";
        readonly linkageId: LinkageId;
        readonly as: "withdrawn" | "returned" | "rejected";
      }
    | {
        readonly type: "CaseResultReceived";
        readonly linkageId: LinkageId;
        readonly resolution: string;
        readonly result: Sealed | null;
        readonly owesCallback: boolean;
        /** It was handed on from another desk: the result comes back here to be concluded towards that one. Absent = no. */
        readonly takenBack?: boolean;
      }
    | { readonly type: "CaseConcluded"; readonly resolution: string; readonly result: Sealed | null }
    | { readonly type: "CaseAnswered"; readonly answer: Sealed }
    | { readonly type: "CaseGuided"; readonly reason: string; readonly guidance: Sealed }
    | { readonly type: "CaseCalledBack"; readonly callback: Callback }
    | { readonly type: "CaseRated"; readonly satisfaction: 1 | 2 | 3 | 4 | 5; readonly solved: boolean | null }
    | { readonly type: "CaseClosed"; readonly as: CloseReason; readonly rating: Case["rating"] }
    | { readonly type: "CaseReopened"; readonly reason: string; readonly note: Sealed | null }
  );
