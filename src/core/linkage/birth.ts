import { heldGrant } from "./grant.ts";
import { findLinkage, getLinkage } from "./linkage.ts";
import type { Linkage, LinkageBirth, LinkageFile } from "./linkage.ts";
import type { CaseBrief, Telling } from "./message.ts";
import { bodyOf, commandOf, findBody, findCommand, messageOf } from "./work.ts";
import type { Work } from "./work.ts";

type Born = { readonly birth: LinkageBirth; readonly brief: CaseBrief };

/** Who a new linkage is, from what brought it about. `state` is the state its row leads to. */
export function bear(work: Work, state: Linkage["state"]): Born {
  const beside = tellingOf(work) ?? jointOf(work);
  if (beside !== null) return beside;
  if (work.input.via === "message") return findBody(work, "push") === null ? offerReceived(work) : pushReceived(work);
  if (work.trigger === "effect:ruledElsewhere") return ruledOffer(work);
  return work.trigger === "command:push" ? push(work) : offer(work, state);
}

function offer(work: Work, state: Linkage["state"]): Born {
  const { file, at } = work;
  const command = commandOf(work, "offer");
  const above = heldGrant(file)?.linkage ?? null;
  const birth = {
    ...ofFile(file),
    id: command.linkageId,
    peer: command.to,
    role: "S",
    kind: command.kind,
    part: "ordinary",
    birth: state === "bound" || state === "negotiating" ? state : "offered",
    source: above?.id ?? null,
    parent: null,
    handBack: above !== null && above.peer === command.to,
    chain: [...(above?.chain ?? []), file.self],
    firstReceiver: command.firstReceiver,
    // A middle desk always takes the conclusion back itself: one desk calls the person back (section 5.3).
    followPolicy: above === null ? command.followPolicy : "follow",
    regime: command.regime,
    catalogueVersion: command.catalogueVersion,
    initialResponse: command.initialResponse,
    machineSuspected: false,
    openedAt: at,
  } as const;
  return { birth, brief: command.brief };
}

/** The linkage that was withdrawn by the ruling lends its terms to the one the ruling opens. */
function ruledOffer(work: Work): Born {
  if (work.because === null) throw new Error("a ruled offer follows a withdrawn one");
  const old = getLinkage(work.file, work.because);
  const { newLinkageId, to, brief } = commandOf(work, "ruling");
  const birth = {
    ...ofFile(work.file),
    id: newLinkageId,
    peer: to,
    role: "S",
    kind: old.kind,
    part: "ordinary",
    birth: "bound",
    source: old.source,
    parent: null,
    handBack: findLinkage(work.file, old.source)?.peer === to,
    chain: old.chain,
    firstReceiver: old.firstReceiver,
    followPolicy: old.followPolicy,
    regime: old.regime,
    catalogueVersion: old.catalogueVersion,
    initialResponse: old.initialResponse,
    machineSuspected: false,
    openedAt: work.at,
  } as const;
  return { birth, brief };
}

function push(work: Work): Born {
  const command = commandOf(work, "push");
  return {
    birth: { ...urgent(work), ...pushed(work), id: command.linkageId, peer: command.to, role: "S" },
    brief: command.brief,
  };
}

function pushReceived(work: Work): Born {
  const message = messageOf(work);
  const body = bodyOf(work, "push");
  return {
    birth: { ...urgent(work), ...pushed(work), id: message.conversation, peer: message.sender, role: "R" },
    brief: body.brief,
  };
}

function pushed(
  work: Work,
): Pick<LinkageBirth, "parent" | "firstReceiver" | "regime" | "catalogueVersion" | "machineSuspected"> {
  const { parent, firstReceiver, regime, catalogueVersion, machineSuspected } =
    findBody(work, "push") ?? commandOf(work, "push");
  return { parent, firstReceiver, regime, catalogueVersion, machineSuspected };
}

function urgent(work: Work) {
  return {
    ...ofFile(work.file),
    kind: "urgent",
    part: "danger",
    birth: "pushed",
    source: null,
    handBack: false,
    chain: [],
    followPolicy: "handOff",
    initialResponse: null,
    openedAt: work.at,
  } as const;
}

function offerReceived(work: Work): Born {
  const message = messageOf(work);
  const body = bodyOf(work, "offer");
  const older = findLinkage(work.file, body.source);
  const birth = {
    ...ofFile(work.file),
    id: message.conversation,
    peer: message.sender,
    role: "R",
    kind: body.kind,
    part: "ordinary",
    birth: body.birth,
    source: body.source,
    parent: null,
    handBack: older !== null && older.role === "S" && older.peer === message.sender,
    chain: body.chain,
    firstReceiver: body.firstReceiver,
    followPolicy: body.followPolicy,
    regime: body.regime,
    catalogueVersion: body.catalogueVersion,
    initialResponse: body.initialResponse,
    machineSuspected: false,
    openedAt: work.at,
  } as const;
  return { birth, brief: body.brief };
}

/** A notice or support, told or heard; null = it is neither. It is about no part and carries no grant. */
function tellingOf(work: Work): Born | null {
  const command = findCommand(work, "notify") ?? findCommand(work, "askSupport");
  if (command !== null) {
    const ends = { id: command.linkageId, peer: command.to, role: "S" } as const;
    return telling(work, command, ends, command.type === "notify" ? "notice" : "support");
  }
  const body = findBody(work, "notice") ?? findBody(work, "support");
  if (body === null) return null;
  const { conversation, sender } = messageOf(work);
  return telling(work, body, { id: conversation, peer: sender, role: "R" }, body.type);
}

function telling(
  work: Work,
  { brief, firstReceiver, catalogueVersion }: Telling,
  ends: Pick<LinkageBirth, "id" | "peer" | "role">,
  kind: "notice" | "support",
): Born {
  const birth = {
    ...ofFile(work.file),
    ...ends,
    kind,
    part: "none",
    birth: kind === "notice" ? "sent" : "requested",
    source: null,
    parent: null,
    handBack: false,
    chain: [],
    firstReceiver,
    followPolicy: "handOff",
    regime: "acceptingPlatform",
    catalogueVersion,
    initialResponse: null,
    machineSuspected: false,
    openedAt: work.at,
  } as const;
  return { birth, brief };
}

/** A part for the other desk beside ours, asked for or heard of; null = it is not one. It names its own yardstick. @source nmg:2.2.2 */
function jointOf(work: Work): Born | null {
  const command = findCommand(work, "askJoint");
  const asked = command ?? findBody(work, "joint");
  if (asked === null) return null;
  const ends =
    command === null
      ? ({ id: messageOf(work).conversation, peer: messageOf(work).sender, role: "R" } as const)
      : ({ id: command.linkageId, peer: command.to, role: "S" } as const);
  const { brief, firstReceiver, catalogueVersion, regime } = asked;
  const birth = {
    ...urgent(work),
    ...ends,
    kind: "joint",
    part: "partner",
    parent: null,
    firstReceiver,
    regime,
    catalogueVersion,
    machineSuspected: false,
  } as const;
  return { birth, brief };
}

function ofFile(file: LinkageFile): Pick<LinkageBirth, "caseId" | "requestNo" | "self"> {
  return { caseId: file.caseId, requestNo: file.requestNo, self: file.self };
}
