import type { Case, CaseStatus } from "./case.ts";

/** What a desk may do with its copy of a request; linkage and order commands have their own tables. */
export type CaseVerb =
  | "amend"
  | "judge"
  | "accept"
  | "guide"
  | "answer"
  | "dispatch"
  | "recordInitialResponse"
  | "conclude"
  | "callBack"
  | "rate"
  | "close"
  | "reopen";

export type CaseRow = {
  readonly verb: CaseVerb;
  readonly from: readonly CaseStatus[];
  /** Where it leads; "same" when the status stays. */
  readonly to: CaseStatus | "same";
  /** Whether this node must hold the ordinary part (core/responsibility). */
  readonly holder: boolean;
  readonly clause: string;
};

const OPEN = ["registered", "accepted", "handling"] as const;

/** The statuses in which this desk itself works on the ordinary part. */
export const OPEN_STATUSES: readonly CaseStatus[] = OPEN;

/** One life cycle, written once: screens, permissions and diagrams are derived from these rows. */
export const CASE_TABLE = [
  {
    verb: "amend",
    from: ["offered", "registered", "accepted", "handling", "concluded", "handedOver", "stoodDown"],
    to: "same",
    holder: false,
    clause: "nmg:2.2.1",
  },
  // A closed request takes nothing new, except while a danger part of it is open somewhere.
  { verb: "amend", from: ["closed"], to: "same", holder: false, clause: "nmg:a3" },
  { verb: "judge", from: OPEN, to: "same", holder: true, clause: "nmg:2.2" },
  { verb: "accept", from: ["registered"], to: "accepted", holder: true, clause: "nmg:2.2.1" },
  { verb: "guide", from: ["registered", "accepted"], to: "closed", holder: true, clause: "nmg:2.2.1" },
  { verb: "answer", from: ["registered", "accepted"], to: "concluded", holder: true, clause: "nmg:3.3" },
  { verb: "dispatch", from: OPEN, to: "handling", holder: false, clause: "nmg:2.2.1" },
  // Only for a part that is held here beside it (danger, 联合调处): people go out whatever the ordinary part's fate.
  {
    verb: "dispatch",
    from: ["offered", "handedOver", "stoodDown", "concluded", "closed"],
    to: "same",
    holder: false,
    clause: "nmg:a3",
  },
  { verb: "recordInitialResponse", from: OPEN, to: "same", holder: false, clause: "nmg:2.2.2" },
  { verb: "conclude", from: ["accepted", "handling"], to: "concluded", holder: true, clause: "nmg:2.2.1" },
  { verb: "callBack", from: ["concluded"], to: "same", holder: true, clause: "nmg:2.2.1" },
  { verb: "rate", from: ["concluded"], to: "same", holder: true, clause: "nmg:2.2.1" },
  { verb: "close", from: ["concluded"], to: "closed", holder: true, clause: "nmg:2.2.1" },
  { verb: "reopen", from: ["concluded", "closed"], to: "accepted", holder: false, clause: "nmg:2.2.5" },
] as const satisfies readonly CaseRow[];

const rows: readonly CaseRow[] = CASE_TABLE;

/** Verbs whose row fits the status (guards may still refuse), in table order. */
export function allowedCaseVerbs(state: Case, holder: boolean): readonly CaseVerb[] {
  return rows.filter((r) => r.from.includes(state.status) && (holder || !r.holder)).map((r) => r.verb);
}

/** The row of a verb in a status; null = the table has none. */
export function findCaseRow(verb: CaseVerb, status: CaseStatus): CaseRow | null {
  return rows.find((r) => r.verb === verb && r.from.includes(status)) ?? null;
}
