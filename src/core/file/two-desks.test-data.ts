import { openCalendar } from "../clock/index.ts";
import { DEFAULT_LINKAGE_POLICY } from "../linkage/index.ts";
import type { LinkageKind, LinkageMessage } from "../linkage/index.ts";
import type {
  CaseId,
  CommandId,
  Instant,
  ItemCode,
  LinkageId,
  MessageId,
  NodeCode,
  OrderId,
  RegionCode,
  RequestNo,
  Sealed,
  UnitCode,
} from "../../kernel/index.ts";
import { plusMs } from "../../kernel/index.ts";
import { decideFile } from "./decide.ts";
import type { CaseFile, FileCommand, FileContext, FileDecision, FileInput } from "./file.ts";

/** What a person says of a broken street lamp: 12345's own matter. */
export const LAMP_VERDICT = {
  side: "hotline",
  item: "A01-05" as ItemCode,
  mode: "hotlineHandles",
  urgency: "ordinary",
  catalogueVersion: "nmg-2022-89@1",
  source: "nmg:a1.1",
  basis: "plan",
  by: "person",
} as const;

/** Two pure desks joined by queues: what one decides to send the other is told, in order, when the test says so. */
export type Desk = {
  context: FileContext;
  file: CaseFile;
  /** Decisions whose messages were not carried yet. */
  readonly decisions: FileDecision[];
  /** Every decision so far. */
  readonly log: FileDecision[];
};

export const HOTLINE = "hotline-150100" as NodeCode;
export const POLICE = "police-150100" as NodeCode;
const REGION = "150100" as RegionCode;

/** A node for which nobody agreed on any limit. */
const NO_LIMITS: FileContext["clock"] = {
  calendar: openCalendar({ version: "cn@1", years: [], days: [], shifts: [] }),
  policyFor: () => null,
};

let clock = "2026-11-22T00:00:00.000Z" as Instant;
let serial = 0;

/** A fresh id of the right shape for tests. */
export function freshId(): string {
  serial += 1;
  return `00000000-0000-7000-8000-${String(serial).padStart(12, "0")}`;
}

export function tick(ms: number): Instant {
  clock = plusMs(clock, ms);
  return clock;
}

export function sealed(field: string, version = 1): Sealed {
  return { field, version, commitment: "0".repeat(64) };
}

export function aDesk(side: "hotline" | "police", over: Partial<FileContext> = {}): Desk {
  const other = side === "hotline" ? "police" : "hotline";
  return {
    file: { case: null, linkages: [], orders: [], clocks: [] },
    decisions: [],
    log: [],
    context: {
      self: side === "hotline" ? HOTLINE : POLICE,
      side,
      home: REGION,
      peers: [
        {
          nodeCode: side === "hotline" ? POLICE : HOTLINE,
          side: other,
          regions: [REGION],
          dutyPhone: other === "police" ? "110" : "12345",
        },
      ],
      catalogueVersion: "nmg-2022-89@1",
      followPolicy: "handOff",
      regime: ({ to }) => (to === "police" ? "policeRules" : "hotlineMemberRules"),
      verdictOf: () => null,
      governmentDesk: (place) => (place === null ? null : { unit: "gov-duty" as UnitCode, dutyPhone: null }),
      callbackAttempts: 3,
      exclusionBounds: (ground) => (/^N00-(0|10)/.test(ground) ? "hotline" : null),
      linkagePolicy: DEFAULT_LINKAGE_POLICY,
      rejects: () => null,
      seatOnDuty: true,
      dutyPhone: side === "hotline" ? "12345" : "110",
      clock: NO_LIMITS,
      ids: [],
      ...over,
    },
  };
}

/** Gives a command; returns the refusal's code or "ok". */
export function tell(desk: Desk, command: FileCommand): string {
  const by = { kind: "user", id: "u1", node: desk.context.self } as const;
  return put(desk, { via: "command", id: freshId() as CommandId, at: tick(1_000), by, command });
}

/** Feeds any input. */
export function put(desk: Desk, input: FileInput): string {
  const ids = Array.from({ length: 12 }, freshId);
  const decided = decideFile(desk.file, input, { ...desk.context, ids });
  if (!decided.ok) return decided.error.code;
  desk.file = decided.value.file;
  desk.decisions.push(decided.value);
  desk.log.push(decided.value);
  return "ok";
}

/** Messages a desk has decided to send and that were not carried yet. */
export function outgoing(desk: Desk): readonly LinkageMessage[] {
  const sent = desk.decisions.flatMap((d) =>
    d.linkages.flatMap(({ event, send, linkage }) =>
      send.map(
        (body, i): LinkageMessage => ({
          id: freshId() as MessageId,
          conversation: linkage.id,
          seq: event.sent[i]?.seq ?? 0,
          sender: linkage.self,
          receiver: linkage.peer,
          issuedAt: event.at,
          cause: "test",
          lane: linkage.kind === "urgent" ? "urgent" : "ordinary",
          requestNo: linkage.requestNo,
          caseId: linkage.caseId,
          body,
        }),
      ),
    ),
  );
  desk.decisions.length = 0;
  return sent;
}

/** Carries messages both ways until both are silent. */
export function settle(a: Desk, b: Desk): void {
  for (let quiet = false; !quiet; ) {
    quiet = true;
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      for (const message of outgoing(from)) {
        quiet = false;
        put(to, { via: "message", at: tick(20), message });
      }
    }
  }
}

export function registration(
  over: Partial<FileCommand & { type: "register" }> = {},
): FileCommand & { type: "register" } {
  return {
    type: "register",
    caseId: freshId() as CaseId,
    requestNo: "1501001261122000018" as RequestNo,
    facts: {
      channel: "phone",
      place: "150102" as RegionCode,
      requestKind: "nonUrgentHelp",
      field: "publicService",
      requesterType: "person",
      confidential: false,
    },
    sealed: [sealed("requester.phone"), sealed("text")],
    danger: false,
    verdict: null,
    ...over,
  };
}

/** The id of the only linkage of a kind that a desk knows. */
export function linkageOf(desk: Desk, kind: LinkageKind): LinkageId {
  const found = desk.file.linkages.find((l) => l.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} linkage`);
  return found.id;
}

/** The order that a desk gave last. */
export function orderOf(desk: Desk): OrderId {
  const last = desk.file.orders.at(-1);
  if (last === undefined) throw new Error("no order");
  return last.id;
}
