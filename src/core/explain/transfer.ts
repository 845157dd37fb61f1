import type { Basis, Catalogue, CatalogueMode, ClauseKey, Policy } from "../catalogue/index.ts";
import { planOf } from "./ground.ts";
import type { Spoken } from "./spoken.ts";
import { besideTheListSentence, transferSentence } from "./transfer-sentences.ts";
import type { Transfer, TransferKind } from "./transfer-sentences.ts";

/** Clauses by which matters go to the other desk, in each plan. */
const CLAUSES = {
  clear: { nmg: "nmg:2.2.1", yn: "yn:3.1" },
  urgent: { nmg: "nmg:a3", yn: "yn:3.1" },
  afterInitialResponse: { nmg: "nmg:2.2.2", yn: "yn:3.2" },
  joint: { nmg: "nmg:2.2.2", yn: "yn:3.2" },
  support: { nmg: "nmg:2.2.3", yn: "yn:3.3" },
  notice: { nmg: "nmg:2.2.3", yn: "yn:3.3" },
} as const satisfies Record<TransferKind, { nmg: ClauseKey; yn: ClauseKey }>;

/** Which items a desk is given by its list, in each way to hand over: what else goes there goes beside the list. */
const GIVES = {
  clear: { hotline: ["hotlineHandles"], police: ["policeHandles", "policeFirstThenHotline", "urgentBoth"] },
  afterInitialResponse: {
    hotline: ["hotlineHandles", "policeFirstThenHotline"],
    police: ["policeHandles", "policeFirstThenHotline", "urgentBoth"],
  },
} as const satisfies Partial<Record<TransferKind, Record<Transfer["to"], readonly CatalogueMode[]>>>;

type Rest = {
  readonly said: Spoken;
  readonly clause: ClauseKey;
  readonly basis: Basis;
  /** Code of the paper of an agreement; null = a plan's, or nobody's. */
  readonly document: string | null;
};

/**
 * What a hand-over rests on. That danger goes to 110 at once, that desks help each other, both plans say; whose matter an ordinary one
 * is says its item, and only where it goes to the desk that the item names: beside the list, and unjudged, it is the desk's own
 * decision and no plan's. A notice rests on the policy, whoever set it.
 * @source nmg:2.2.1 @source nmg:2.2.2 @source nmg:a4 @source yn:3.1
 */
export function restOfTransfer(catalogue: Catalogue, transfer: Transfer): Rest {
  const { kind, item } = transfer;
  const plan = planOf(catalogue);
  const clause = clauseOf(plan, transfer);
  const said = transferSentence(transfer, plan === "nmg");
  switch (kind) {
    case "urgent":
    case "support":
      return { said, clause, basis: "plan", document: null };
    case "notice": {
      const policy = saidByPolicy(catalogue, catalogue.policies.eventNotice);
      return { said, clause: policy.clause ?? clause, basis: policy.basis, document: policy.document };
    }
    case "joint":
      return { said, clause, ...ofItem(item) };
    case "clear":
    case "afterInitialResponse": {
      const given: readonly CatalogueMode[] = GIVES[kind][transfer.to];
      return item !== null && given.includes(item.mode)
        ? { said, clause, ...ofItem(item) }
        : { said: besideTheListSentence(transfer), clause, basis: "default", document: null };
    }
  }
}

/** Only annex part four itself has 110 act first; whatever else goes on after a first response goes by the first-receiver rule. */
function clauseOf(plan: "nmg" | "yn", { kind, to, item }: Transfer): ClauseKey {
  if (kind !== "afterInitialResponse") return CLAUSES[kind][plan];
  if (plan === "yn") return to === "police" ? CLAUSES.clear.yn : CLAUSES[kind].yn;
  return to === "hotline" && item?.mode === "policeFirstThenHotline" ? "nmg:a4" : CLAUSES[kind].nmg;
}

function ofItem(item: Transfer["item"]): Pick<Rest, "basis" | "document"> {
  const basis = item?.basis ?? "plan";
  return { basis, document: basis === "agreement" ? (item?.document ?? null) : null };
}

/** Who set a policy: a clause of a plan, the paper of an agreement, or nobody yet. A policy that is silent is a proposal. */
export function saidByPolicy(
  { clauses }: Pick<Catalogue, "clauses">,
  policy: Policy<unknown>,
): { readonly basis: Basis; readonly clause: ClauseKey | null; readonly document: string | null } {
  if (policy === null || policy.source === "default") return { basis: "default", clause: null, document: null };
  return clauses.some(({ key }) => key === policy.source)
    ? { basis: "plan", clause: policy.source, document: null }
    : { basis: "agreement", clause: null, document: policy.source };
}
