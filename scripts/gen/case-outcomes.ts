import { CASE_TABLE, decideCase, evolveCase } from "../../src/core/case/index.ts";
import type { Case, CaseCommand, CaseEvent, CaseStatus, CaseVerb } from "../../src/core/case/index.ts";
import { instantOf } from "../../src/kernel/index.ts";
import type { CaseId, LinkageId, NodeCode, OrderId, RegionCode, RequestNo, UnitCode } from "../../src/kernel/index.ts";

const at = instantOf(0);
const self = "hotline-150100" as NodeCode;
const by = { kind: "user", id: "u", node: self } as const;
const head = { at, by, cause: "c" };
const sealed = { field: "answer.1", version: 1, commitment: "" };
const requestNo = "" as RequestNo;
const unit = "u" as UnitCode;
const linkageId = "l" as LinkageId;

/** A case on which no guard says no, so that what is left is the life cycle itself. */
function anyCase(status: CaseStatus): Case {
  const facts = {
    channel: "phone",
    place: null,
    requestKind: "k",
    field: "f",
    requesterType: "t",
    confidential: false,
  };
  const born = evolveCase(null, {
    ...head,
    type: "CaseRegistered",
    caseId: "c" as CaseId,
    requestNo,
    home: "150100" as RegionCode,
    self,
    facts,
    sealed: [],
    firstReceiver: { registeredAt: at, nodeCode: self, requestNo },
    danger: false,
  });
  const verdict = {
    side: "neither",
    item: null,
    mode: "guide",
    urgency: "ordinary",
    catalogueVersion: "",
    source: "",
    basis: "plan",
    by: "person",
  } as const;
  const callback = { no: 1, at, by, outcome: "reached", satisfaction: 5, solved: true, note: null } as const;
  return { ...born, verdict, callbacks: [callback], status };
}

const COMMANDS: Readonly<Record<CaseVerb, CaseCommand>> = {
  amend: { type: "amend", facts: {}, sealed: [], danger: false },
  judge: {
    type: "judge",
    danger: false,
    verdict: {
      side: "hotline",
      item: null,
      mode: "m",
      urgency: "ordinary",
      catalogueVersion: "",
      source: "",
      basis: "plan",
      by: "person",
    },
  },
  accept: { type: "accept" },
  guide: { type: "guide", reason: "r", guidance: sealed },
  answer: { type: "answer", answer: sealed },
  dispatch: { type: "dispatch", orderId: "o" as OrderId, kind: "work", unit },
  recordInitialResponse: { type: "recordInitialResponse", entry: sealed, manner: "onSite" },
  conclude: { type: "conclude", resolution: "r", result: sealed },
  callBack: { type: "callBack", outcome: "notReached", satisfaction: null, solved: null, note: null },
  rate: { type: "rate", satisfaction: 5, solved: true },
  close: { type: "close" },
  reopen: { type: "reopen", reason: "r", note: null },
};

export type CaseOutcome = { readonly verb: CaseVerb; readonly from: CaseStatus; readonly to: CaseStatus };

/** Every row of CASE_TABLE carried out from each of its statuses: where it really leads. */
export function caseOutcomes(): readonly CaseOutcome[] {
  const open = { holder: true, partHolder: true, dangerOpen: true };
  const context = { ...open, callbackAttempts: 3, boundsOtherDesk: () => false };
  return CASE_TABLE.flatMap((row) =>
    row.from.map((from) => {
      const before = anyCase(from);
      const decided = decideCase(before, COMMANDS[row.verb], head, context);
      if (!decided.ok) throw new Error(`${row.verb} from ${from} was refused: ${decided.error.code}`);
      const after = decided.value.reduce<Case>((state, event) => evolveCase(state, event), before);
      return { verb: row.verb, from, to: after.status };
    }),
  );
}

const FOLLOWING: readonly CaseEvent[] = [
  { ...head, type: "CaseOffered", linkageId },
  { ...head, type: "CaseAccepted", linkageId },
  { ...head, type: "CaseHandedOver", linkageId, to: self },
  { ...head, type: "CaseInformed", linkageId, from: self },
  { ...head, type: "CaseStoodDown", linkageId, as: "withdrawn" },
  { ...head, type: "CaseResultReceived", linkageId, resolution: "r", result: null, owesCallback: true },
  { ...head, type: "CaseReopened", reason: "r", note: null },
  { ...head, type: "CaseClosed", as: "byPeer", rating: null },
];

/** Where the events that follow a hand-over leave the copy. */
export function caseFollowsLinkage(): readonly { readonly event: string; readonly to: CaseStatus }[] {
  return FOLLOWING.map((event) => ({ event: event.type, to: evolveCase(anyCase("registered"), event).status }));
}
