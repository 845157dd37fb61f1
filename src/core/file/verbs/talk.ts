import { getLinkage, newestTalk } from "../../linkage/index.ts";
import type { Linkage, LinkageMessage, Talk, TalkProposal, TalkRecord } from "../../linkage/index.ts";
import type { LinkageId } from "../../../kernel/index.ts";
import { commandLinkage, linkageFileOf } from "../draft.ts";
import type { Draft } from "../draft.ts";
import type { FileRefusal } from "../file.ts";
import type { TalkCommand, TalkOwner, TalkSide } from "../talk-command.ts";

type Of<T extends TalkCommand["type"]> = Extract<TalkCommand, { type: T }>;

const DISPUTED: readonly Linkage["state"][] = ["negotiating", "held"];

/**
 * Writes down what was said in a dispute, or signs what the other desk wrote down; then carries out what was agreed by the commands there
 * are: the desk agreed on accepts or takes back, and where nothing was agreed the sender holds (先行受理).
 * Errors: LINKAGE_UNKNOWN, TALK_WHO_MISSING, PEER_TOO_OLD, PEER_NOT_HEARD, TALK_NONE, TALK_NEWER, UNREAD_ADDITION, NOT_IN_STATE.
 * @source nmg:2.2.1 @source yn:3.1 @req REQ-15 @req REQ-16
 */
export function talk(draft: Draft, command: TalkCommand): FileRefusal | null {
  const { linkageId } = command;
  const linkage = draft.linkages.get(linkageId);
  if (linkage === undefined) return { code: "LINKAGE_UNKNOWN" };
  if (command.who === null) return { code: "TALK_WHO_MISSING" };
  const silent = unread(draft, linkage);
  if (silent !== null) return silent;
  const refused =
    command.type === "recordTalk"
      ? commandLinkage(draft, linkageId, { type: "talk", talk: recordOf(draft, command, linkage) })
      : commandLinkage(draft, linkageId, { type: "signTalk", no: command.no, who: command.who });
  if (refused !== null) return refused;
  const after = getLinkage(linkageFileOf(draft), linkageId);
  return carryOut(draft, after, newestTalk(after, command.type === "recordTalk" ? after.self : after.peer));
}

/**
 * What the other desk has written down or signed may make it this desk's turn. A person signed it here or there, so nobody is asked again;
 * where the table refuses (an addition that nobody here has read) the dispute stands until a person accepts.
 */
export function followTalk(draft: Draft, { conversation, body }: LinkageMessage): void {
  if (body.type !== "talked" && body.type !== "talkSigned") return;
  const linkage = getLinkage(linkageFileOf(draft), conversation);
  carryOut(draft, linkage, newestTalk(linkage, body.type === "talked" ? linkage.peer : linkage.self));
}

/** Only the desk whose command it is does something; an agreement counts once the other desk has signed it. */
function carryOut(draft: Draft, linkage: Linkage, said: Talk | null): FileRefusal | null {
  if (said === null || !DISPUTED.includes(linkage.state)) return null;
  const { id, role, state, self } = linkage;
  if (said.to === null) return role === "S" && state === "negotiating" ? hold(draft, id) : null;
  if (said.signed === null || said.to !== self) return null;
  return role === "R"
    ? commandLinkage(draft, id, { type: "accept" })
    : commandLinkage(draft, id, { type: "withdraw", reason: "agreedToSender", note: null });
}

function hold(draft: Draft, id: LinkageId): FileRefusal | null {
  return commandLinkage(draft, id, { type: "hold" });
}

function recordOf(draft: Draft, command: Of<"recordTalk">, { self, peer }: Linkage): TalkRecord {
  const desk = (owner: TalkOwner) => (owner === "us" ? self : peer);
  const said = (by: TalkOwner, { owner, ground, ref }: TalkSide): TalkProposal => ({
    desk: desk(by),
    owner: desk(owner),
    ground,
    ref: ground === "default" ? null : ref,
  });
  const { who, others, callerPresent, callId, asked, agreed, note } = command;
  const proposals = [said("us", command.ours), said("them", command.theirs)];
  const { catalogueVersion } = draft.context;
  const to = agreed === null ? null : desk(agreed);
  return { who, others, callerPresent, callId, proposals, catalogueVersion, asked, to, note };
}

/** A desk whose program does not read such a message would never be shown it. */
function unread({ context }: Draft, { peer }: Linkage): FileRefusal | null {
  const desk = context.peers.find(({ nodeCode }) => nodeCode === peer);
  if (desk === undefined || desk.talks === undefined || desk.talks === true) return null;
  return { code: desk.talks === null ? "PEER_NOT_HEARD" : "PEER_TOO_OLD", desk: peer, dial: desk.dutyPhone };
}
