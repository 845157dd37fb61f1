import { exhaustive } from "../../kernel/index.ts";
import { isPushed } from "../linkage/index.ts";
import type { Linkage, LinkageAlarm, LinkageDecision } from "../linkage/index.ts";
import type { FileAlarm, FileAlarmKind } from "./file-alarm.ts";

type Standing = { readonly kind: FileAlarmKind; readonly stands: (l: Linkage) => boolean };

/**
 * When each mark of a linkage is over by itself. Marks that are not listed (stood down, late fact, integrity)
 * end only when a person has seen them. Linkage table, section 9.
 */
const STANDING: readonly Standing[] = [
  {
    kind: "linkSilent",
    stands: (l) => l.role === "S" && l.kind === "urgent" && l.state !== "ended" && l.receipted < l.awaitedSeq,
  },
  { kind: "noSeatOnDuty", stands: (l) => l.kind === "urgent" && l.state !== "ended" && !shown(l) },
  { kind: "urgentUndelivered", stands: (l) => l.role === "S" && l.kind === "urgent" && l.state === "pushed" },
  { kind: "placeByVoice", stands: (l) => l.role === "S" && l.kind === "urgent" && l.state !== "ended" },
  { kind: "urgentPush", stands: unsigned },
  { kind: "urgentUnsigned", stands: unsigned },
  {
    kind: "peerUnsigned",
    stands: (l) => l.role === "S" && l.kind === "urgent" && l.state === "delivered" && l.signedAt === null,
  },
  {
    kind: "deliveryMissing",
    stands: (l) => l.role === "S" && (WAITING.includes(l.state) || isJointAsked(l)) && l.receipted < l.awaitedSeq,
  },
  { kind: "returnWindowLapsed", stands: (l) => l.role === "R" && l.state === "offered" },
  { kind: "arbiterOverdue", stands: (l) => l.role === "S" && l.state === "held" },
  { kind: "confirmMissing", stands: (l) => l.role === "R" && l.state === "accepted?" },
  { kind: "noticeUnread", stands: (l) => l.role === "R" && l.kind === "notice" && l.state === "received" },
  { kind: "jointAsked", stands: (l) => isJointHere(l) && (l.signedAt === null || !shown(l)) },
  { kind: "jointUnsigned", stands: (l) => isJointHere(l) && l.signedAt === null },
  { kind: "supportAsked", stands: (l) => l.role === "R" && l.state === "requested" },
  {
    kind: "answerOwed",
    stands: (l) =>
      l.state === "requested" ||
      (isJointAsked(l) && l.state === "pushed") ||
      (isJointHere(l) && !shown(l)) ||
      (l.role === "S"
        ? l.state === "reopening" || l.state === "bound"
        : l.state === "concluding" || l.state === "concluding?" || l.state === "endReported"),
  },
];

const WAITING: readonly Linkage["state"][] = ["offered", "negotiating", "bound", "sent", "requested"];

/** A part asked of the other desk that has not ended there. */
function isJointAsked(l: Linkage): boolean {
  return l.role === "S" && l.kind === "joint" && l.state !== "ended";
}

/** A part beside another desk's that this desk works on. */
function isJointHere(l: Linkage): boolean {
  return l.role === "R" && l.kind === "joint" && l.state === "active";
}

function unsigned(l: Linkage): boolean {
  return l.role === "R" && l.kind === "urgent" && l.state === "active" && l.signedAt === null;
}

function shown(l: Linkage): boolean {
  return l.kShown >= l.k;
}

function audienceOf(alarm: LinkageAlarm, role: Linkage["role"]): "desk" | "supervisor" | "operator" {
  switch (alarm.kind) {
    case "noSeatOnDuty":
      // At S whoever pushed must see the number to dial; at R nobody sits at the desk.
      return role === "S" ? "desk" : "supervisor";
    case "linkSilent":
    case "urgentUndelivered":
    case "peerUnsigned":
    case "returnWindowLapsed":
    case "stoodDown":
    case "lateFact":
    case "threeWayCall":
    case "rulingReceived":
    case "noticeUnread":
    case "supportAsked":
    case "supportMoved":
    case "jointAsked":
    case "jointMoved":
      return "desk";
    case "urgentUnsigned":
      return alarm.level > 1 ? "supervisor" : "desk";
    case "arbiterCalled":
    case "arbiterOverdue":
    case "rulingStale":
    case "confirmMissing":
    case "answerOwed":
    case "deliveryMissing":
    case "jointUnsigned":
      return "supervisor";
    case "integrity":
      return "operator";
    default:
      return exhaustive(alarm.kind);
  }
}

/** The marks that a decision raises and those that it ends. */
export function alarmChanges(before: Linkage | null, decision: LinkageDecision): readonly FileAlarm[] {
  const { linkage } = decision;
  const subject = linkage.id;
  const raised: FileAlarm[] = decision.alarms.map((a) => ({
    act: "raise",
    kind: a.kind,
    subject,
    // A later push is a new reason to ring: an acknowledged mark comes back only when its level rises.
    level: isPushed(linkage) ? a.level + linkage.k - 1 : a.level,
    dial: a.dial,
    audience: audienceOf(a, linkage.role),
  }));
  if (unsigned(linkage) && (before === null || !unsigned(before) || linkage.k > before.k)) {
    raised.push({ act: "raise", kind: "urgentPush", subject, level: linkage.k, dial: null, audience: "desk" });
  }
  const cleared: FileAlarm[] = STANDING.filter((s) => before !== null && s.stands(before) && !s.stands(linkage)).map(
    (s) => ({
      act: "clear",
      kind: s.kind,
      subject,
    }),
  );
  return [...cleared, ...raised];
}
