import type { CaseVerb } from "../case/index.ts";
import { isWithin } from "../../kernel/index.ts";
import type { RegionCode, UnitCode, UserId } from "../../kernel/index.ts";

/** What an account may be. A police dispatcher sends officers; a hotline dispatcher sends orders. */
export type Role = "callTaker" | "dispatcher" | "unitClerk" | "supervisor" | "operator";

/** Everything a person can do or look at, each one row below. */
export type Action =
  | CaseVerb
  | "register"
  | "danger"
  | "handOver"
  | "acceptOffer"
  | "return"
  | "withdraw"
  | "negotiate"
  | "rule"
  | "hold"
  | "readAdditions"
  | "shown"
  | "sign"
  | "endDanger"
  | "notify"
  | "readNotice"
  | "askSupport"
  | "grantSupport"
  | "declineSupport"
  | "endSupport"
  | "askJoint"
  | "endJoint"
  | "acknowledgeOrder"
  | "arrive"
  | "reply"
  | "recall"
  | "pauseClock"
  | "awaitRequester"
  | "resumeClock"
  | "askExtension"
  | "approveExtension"
  | "refuseExtension"
  | "withdrawExtension"
  | "readRequest"
  | "readQueue"
  | "readUnitOrders"
  | "revealField"
  | "readAlarms"
  | "acknowledgeAlarm"
  | "manageDeadLetters"
  | "readLinks"
  | "readStanding"
  | "manageUsers"
  | "approveCatalogue"
  | "readReadLog";

/** Scope of an action: `region` = the request's place is in the actor's divisions; `unit` = an order of the actor's unit; `none` = no subject. */
type AccessRow = { readonly action: Action; readonly roles: readonly Role[]; readonly unitRoles?: readonly Role[] };

const DESK = ["callTaker", "dispatcher", "supervisor"] as const;
const COMMAND = ["dispatcher", "supervisor"] as const;

/**
 * Who may do what. `roles` act within their divisions; `unitRoles` only on requests that have an order of their own unit.
 * Danger is open to everybody who can log in and see the request: no row may ever narrow it.
 * @source nmg:2.2.1 @source nmg:2.2.2 @req REQ-56
 */
export const ACCESS_TABLE = [
  { action: "register", roles: DESK },
  { action: "danger", roles: DESK, unitRoles: ["unitClerk"] },
  { action: "amend", roles: DESK },
  { action: "judge", roles: DESK },
  { action: "accept", roles: DESK },
  { action: "guide", roles: DESK },
  { action: "answer", roles: DESK },
  { action: "dispatch", roles: DESK },
  { action: "recordInitialResponse", roles: DESK },
  { action: "conclude", roles: COMMAND },
  { action: "callBack", roles: DESK },
  { action: "rate", roles: DESK },
  { action: "close", roles: DESK },
  { action: "reopen", roles: DESK },
  { action: "handOver", roles: DESK },
  { action: "acceptOffer", roles: DESK },
  { action: "return", roles: DESK },
  { action: "withdraw", roles: DESK },
  { action: "negotiate", roles: DESK },
  // A ruling binds the other desk: who answers for this one enters it.
  { action: "rule", roles: ["supervisor"] },
  { action: "hold", roles: COMMAND },
  { action: "readAdditions", roles: DESK },
  { action: "shown", roles: DESK },
  { action: "sign", roles: DESK },
  { action: "endDanger", roles: COMMAND },
  { action: "notify", roles: DESK },
  { action: "askJoint", roles: DESK },
  { action: "endJoint", roles: COMMAND },
  { action: "readNotice", roles: DESK },
  { action: "askSupport", roles: DESK },
  // Who grants help sends people: that is decided by who commands.
  { action: "grantSupport", roles: COMMAND },
  { action: "declineSupport", roles: COMMAND },
  { action: "endSupport", roles: DESK },
  { action: "acknowledgeOrder", roles: COMMAND, unitRoles: ["unitClerk"] },
  { action: "arrive", roles: COMMAND, unitRoles: ["unitClerk"] },
  { action: "reply", roles: COMMAND, unitRoles: ["unitClerk"] },
  { action: "recall", roles: COMMAND },
  // Who needs more time asks; who answers for the desk gives it, and core/clock sees that it is somebody else.
  { action: "pauseClock", roles: COMMAND },
  { action: "awaitRequester", roles: DESK, unitRoles: ["unitClerk"] },
  { action: "resumeClock", roles: DESK, unitRoles: ["unitClerk"] },
  { action: "askExtension", roles: DESK, unitRoles: ["unitClerk"] },
  { action: "approveExtension", roles: ["supervisor"] },
  { action: "refuseExtension", roles: ["supervisor"] },
  // That it is who asked, core/clock sees as well.
  { action: "withdrawExtension", roles: DESK, unitRoles: ["unitClerk"] },
  { action: "readRequest", roles: DESK, unitRoles: ["unitClerk"] },
  { action: "readQueue", roles: DESK },
  { action: "readUnitOrders", roles: [], unitRoles: ["unitClerk"] },
  { action: "revealField", roles: DESK },
  { action: "readAlarms", roles: [...DESK, "operator"] },
  { action: "acknowledgeAlarm", roles: [...DESK, "operator"] },
  { action: "manageDeadLetters", roles: ["operator", "supervisor"] },
  { action: "readLinks", roles: [...DESK, "operator"] },
  // Whom it waits for is for who answers for the desk or for the link; a call taker sees it at the request.
  { action: "readStanding", roles: ["supervisor", "operator"] },
  { action: "manageUsers", roles: ["operator"] },
  { action: "approveCatalogue", roles: ["operator", "supervisor"] },
  { action: "readReadLog", roles: ["supervisor"] },
] as const satisfies readonly AccessRow[];

/**
 * Whose screen can be a seat on duty: the roles that may say `shown`. A handling unit's account or an operator's must never
 * count as one, or a push to an empty desk would raise no alarm. @source nmg:2.2.1
 */
export const SEAT_ROLES: readonly Role[] = DESK;

/** The acting account, as far as permission is concerned. */
export type Actor = {
  readonly id: UserId;
  readonly roles: readonly Role[];
  readonly regions: readonly RegionCode[];
  readonly unit: UnitCode | null;
};

/** What the action is about: the request's place and the units that have an order of it. */
export type Subject = { readonly place: RegionCode | null; readonly units: readonly UnitCode[] };

const rows: readonly AccessRow[] = ACCESS_TABLE;

/**
 * Whether the actor may do `action` on `subject` (null = nothing in particular). Pure predicate; refusal is `false`.
 * A request without a place is in everybody's divisions: nobody may be kept from a matter that has no place yet.
 */
export function may(actor: Actor, action: Action, subject: Subject | null): boolean {
  const row = rows.find((r) => r.action === action);
  if (row === undefined) return false;
  if (row.roles.some((r) => actor.roles.includes(r)))
    return subject === null || inRegions(actor.regions, subject.place);
  const unit = actor.unit;
  const asUnit = row.unitRoles?.some((r) => actor.roles.includes(r)) ?? false;
  return asUnit && unit !== null && (subject === null || subject.units.includes(unit));
}

/** Whether a division lies in one of the regions; null = a place nobody knows yet lies in all of them. */
export function inRegions(regions: readonly RegionCode[], place: RegionCode | null): boolean {
  return place === null || regions.some((region) => isWithin(region, place));
}

/**
 * The place that counts for scope: one outside the node's own region counts as none, because a request whose place is in
 * nobody's divisions could be seen and handled by nobody here.
 * @source nmg:2.2.1
 */
export function placeInScope(home: RegionCode, place: RegionCode | null): RegionCode | null {
  return place !== null && inRegions([home], place) ? place : null;
}
