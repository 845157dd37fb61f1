import type { OrderId, Sealed, UnitCode } from "../../kernel/index.ts";
import type { Callback, CaseFacts, CaseStatus, Verdict } from "./case.ts";
import type { CaseVerb } from "./table.ts";

/** What may be asked of one case. Free text and personal values come as sealed references. */
export type CaseCommand =
  | {
      readonly type: "amend";
      readonly facts: Partial<CaseFacts>;
      readonly sealed: readonly Sealed[];
      readonly danger: boolean;
    }
  | { readonly type: "judge"; readonly verdict: Verdict; readonly danger: boolean }
  | { readonly type: "accept" }
  | { readonly type: "guide"; readonly reason: string; readonly guidance: Sealed | null }
  | { readonly type: "answer"; readonly answer: Sealed | null }
  | { readonly type: "dispatch"; readonly orderId: OrderId; readonly kind: "work" | "police"; readonly unit: UnitCode }
  | {
      readonly type: "recordInitialResponse";
      readonly entry: Sealed | null;
      readonly manner: "onSite" | "byPhone" | "notNeeded";
    }
  | { readonly type: "conclude"; readonly resolution: string; readonly result: Sealed | null }
  | {
      readonly type: "callBack";
      readonly outcome: Callback["outcome"];
      readonly satisfaction: Callback["satisfaction"];
      readonly solved: boolean | null;
      readonly note: Sealed | null;
    }
  | { readonly type: "rate"; readonly satisfaction: 1 | 2 | 3 | 4 | 5; readonly solved: boolean | null }
  | { readonly type: "close" }
  | { readonly type: "reopen"; readonly reason: string; readonly note: Sealed | null };

/** Coded fields that must be known before a request is concluded. @source nmg:2.1 */
export type MandatoryFact = "requestKind" | "field" | "requesterType";

export type CaseRefusal =
  | { readonly code: "CASE_NOT_IN_STATUS"; readonly verb: CaseVerb; readonly status: CaseStatus }
  | { readonly code: "CASE_NOT_HOLDER" }
  | { readonly code: "FACTS_MISSING"; readonly fields: readonly MandatoryFact[] }
  | { readonly code: "NOT_JUDGED" }
  | { readonly code: "GUIDANCE_ONLY_FOR_NEITHER" }
  /** 110 turns nobody away by what 12345 alone does not take. @source nmg:2.1 */
  | { readonly code: "EXCLUSION_NOT_OURS" }
  | { readonly code: "GUIDANCE_MISSING" }
  | { readonly code: "ANSWER_MISSING" }
  | { readonly code: "RESULT_MISSING" }
  | { readonly code: "ENTRY_MISSING" }
  | { readonly code: "ORDERS_OPEN"; readonly count: number }
  | { readonly code: "NOT_CALLED_BACK"; readonly attempts: number; readonly needed: number }
  | { readonly code: "RATING_INCOMPLETE" };
