import type { Case } from "../core/case/index.ts";
import { opensConversation, SEALED_GROUNDS } from "../core/linkage/index.ts";
import type { CaseBrief, LinkageMessage, LinkageMessageBody } from "../core/linkage/index.ts";
import type { Sealed } from "../kernel/index.ts";
import { backOff } from "./back-off.ts";
import { openCaseKey, sealValue } from "./case-keys.ts";
import type { CaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import { keepDoubtful, sortValues } from "./keep-doubtful.ts";
import { openEnclosure, sealEnclosure } from "./kept-enclosure.ts";
import type { ArrivedValue } from "./ports/outbox.ts";
import type { VaultRow } from "./ports/store.ts";
import { refsIn } from "./present/timeline-view.ts";
import { normalPhone } from "./seal-input.ts";
import { fileOf, writeFile } from "./write-file.ts";

/** What becomes of one message, for the receipt. All of them mean: it is saved here. */
export type Received = {
  readonly status: "applied" | "noted" | "waiting" | "duplicate" | "kept";
  readonly code: string | null;
};

const TRIES = 20;

/**
 * Folds one message of another node: once, in order within its conversation, in one transaction with everything it causes.
 * Nothing here refuses: what comes too early waits, what cannot be folded is kept and tried again, and the stream goes on.
 * Afterwards messages that waited for this one are folded too.
 * @source nmg:2.3.1 @req REQ-51
 */
export async function receiveMessage(
  deps: Deps,
  message: LinkageMessage,
  enclosure: readonly ArrivedValue[],
): Promise<Received> {
  const received = await guarded(deps, message, enclosure);
  if (received.status === "applied" || received.status === "noted") await foldWaiting(deps, message);
  return received;
}

async function foldWaiting(deps: Deps, after: LinkageMessage): Promise<void> {
  for (let seq = after.seq + 1; ; seq++) {
    const next = await deps.inbox.nextWaiting(after.conversation, after.sender, seq);
    if (next === null) return;
    const folded = await guarded(deps, next.message, await openEnclosure(deps.keys, next.message, next.enclosure));
    if (folded.status !== "applied" && folded.status !== "noted") return;
  }
}

async function guarded(deps: Deps, message: LinkageMessage, enclosure: readonly ArrivedValue[]): Promise<Received> {
  try {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const received = await once(deps, message, enclosure, attempt);
      if (received !== "again") return received;
      await backOff(deps, attempt);
    }
    throw new Error("written by others again and again");
  } catch (fault) {
    const error = fault instanceof Error ? fault.message : String(fault);
    await keep(deps, message, enclosure, "failed", error);
    return { status: "kept", code: "FOLD_FAILED" };
  }
}

async function keep(
  deps: Deps,
  message: LinkageMessage,
  enclosure: readonly ArrivedValue[],
  status: "waiting" | "failed",
  error: string | null,
): Promise<void> {
  const locked = await sealEnclosure(deps.keys, message, enclosure);
  await deps.inbox.keep({ message, enclosure: locked, receivedAt: deps.clock.now(), status, error });
}

async function once(
  deps: Deps,
  message: LinkageMessage,
  enclosure: readonly ArrivedValue[],
  attempt: number,
): Promise<Received | "again"> {
  const found = await deps.store.loadFile(message.caseId);
  const known = found?.linkages.find((l) => l.id === message.conversation);
  if (known !== undefined && known.peer !== message.sender) throw new Error("WRONG_PEER: no party of this linkage");
  const expected = (known?.seqIn ?? 0) + 1;
  if (message.seq < expected) return { status: "duplicate", code: null };
  if (message.seq > expected || (known === undefined && !opens(message))) {
    await keep(deps, message, enclosure, "waiting", null);
    // The one before it may have been consumed, and have looked for followers, between our look and our keeping.
    return (await isTurn(deps, message)) ? "again" : { status: "waiting", code: null };
  }
  const caseKey = await openCaseKey(deps.keys, message.caseId, found?.wrappedKey ?? null);
  const home = { caseKey, known: found?.case ?? null, places: await placesOf(deps, message, found?.case ?? null) };
  const { fitting, odd } = sortValues(deps.keys, message, enclosure);
  const kept = keepDoubtful(deps.keys, caseKey, message, odd);
  const local = localise(deps, home, sealOldGrounds(deps, caseKey, message), fitting);
  const at = deps.clock.now();
  const input = { via: "message", at, message: local.message, doubtful: kept.refs } as const;
  const written = await writeFile(deps, {
    attempt,
    before: fileOf(found),
    input,
    caseKey,
    vault: [...local.rows, ...kept.rows],
    phoneIndex: local.phoneIndex ?? found?.phoneIndex ?? null,
    inbox: {
      messageId: message.id,
      conversation: message.conversation,
      seq: message.seq,
      sender: message.sender,
      receivedAt: at,
      noted: null,
      message,
    },
    command: null,
  });
  if (!written.ok) throw new Error(`a message was refused: ${written.error.code}`);
  if (written.value.outcome === "conflict") return "again";
  if (written.value.outcome === "duplicate") return { status: "duplicate", code: null };
  const { noted } = written.value.decision;
  return noted === null ? { status: "applied", code: null } : { status: "noted", code: noted };
}

async function isTurn(deps: Deps, message: LinkageMessage): Promise<boolean> {
  const found = await deps.store.loadFile(message.caseId);
  const known = found?.linkages.find((l) => l.id === message.conversation);
  return known !== undefined && message.seq <= known.seqIn + 1;
}

function opens(message: LinkageMessage): boolean {
  return message.seq === 1 && opensConversation(message.body);
}

type Local = {
  readonly message: LinkageMessage;
  readonly rows: readonly VaultRow[];
  readonly phoneIndex: string | null;
};

/** Where a value goes in our vault, and whether exactly this value lies there already. */
type Place = { readonly version: number; readonly held: boolean };

const placeKey = (ref: Sealed): string => `${ref.field}/${ref.commitment}`;

/**
 * A place for every value that the case does not refer to yet. The vault can hold more than the case refers to (an entry of
 * our own that comes back to us): such a row is found again. Writing it twice would refuse the message for ever.
 */
async function placesOf(deps: Deps, message: LinkageMessage, known: Case | null): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  const refs = refsIn(message.body).filter((ref) => known?.sealed[ref.field]?.commitment !== ref.commitment);
  let open = new Map(
    refs.map((ref) => [placeKey(ref), { ref, version: (known?.sealed[ref.field]?.version ?? 0) + 1 }]),
  );
  while (open.size > 0) {
    const tried = [...open].map(([key, { ref, version }]) => ({ key, ref, version }));
    const wanted = tried.map(({ ref, version }) => ({ caseId: message.caseId, field: ref.field, version }));
    const rows = known === null ? [] : await deps.store.loadVault(wanted);
    open = new Map();
    for (const { key, ref, version } of tried) {
      const row = rows.find((r) => r.field === ref.field && r.version === version);
      const rival = [...places].some(([k, p]) => k.startsWith(`${ref.field}/`) && p.version === version);
      if ((row === undefined || row.commitment === ref.commitment) && !rival)
        places.set(key, { version, held: row !== undefined });
      else open.set(key, { ref, version: version + 1 });
    }
  }
  return places;
}

/** A peer of version 1 tells the grounds of a return in clear: they are sealed before they go into our events. */
function sealOldGrounds(deps: Deps, caseKey: CaseKey, message: LinkageMessage): Pick<Local, "message" | "rows"> {
  const { body } = message;
  if (body.type !== "returned" || body.grounds !== undefined) return { message, rows: [] };
  const seal = (name: string, text: string) => sealValue(deps.keys, caseKey, `${name}.${message.id}`, 1, text);
  const [basis, proposedOwner] = [seal("basis", body.basis), seal("proposedOwner", body.proposedOwner)];
  const grounds = { basis: basis.ref, proposedOwner: proposedOwner.ref };
  const sealed = { ...body, basis: SEALED_GROUNDS, proposedOwner: SEALED_GROUNDS, grounds };
  return { message: { ...message, body: sealed }, rows: [basis.row, proposedOwner.row] };
}

type Home = { readonly caseKey: CaseKey; readonly known: Case | null; readonly places: ReadonlyMap<string, Place> };

/**
 * Puts the enclosed values into our own vault: salt and commitment stay the sender's (so both logs prove the same value),
 * version and key are ours. Only values that fit their commitments come here.
 */
function localise(
  deps: Deps,
  { caseKey, known, places }: Home,
  { message, rows: sealed }: Pick<Local, "message" | "rows">,
  enclosure: readonly ArrivedValue[],
): Local {
  const rows: VaultRow[] = [...sealed];
  let phoneIndex: string | null = null;
  const taken = new Map<string, Sealed>();
  const relocate = (ref: Sealed): Sealed => {
    const own = known?.sealed[ref.field];
    if (own?.commitment === ref.commitment) return own;
    const before = taken.get(placeKey(ref));
    if (before !== undefined) return before;
    const { version, held } = places.get(placeKey(ref)) ?? { version: 1, held: false };
    const value = enclosure.find((e) => e.field === ref.field && e.version === ref.version);
    if (value !== undefined) {
      const salt = Buffer.from(value.salt, "hex");
      if (!held) rows.push(sealValue(deps.keys, caseKey, ref.field, version, value.value, salt).row);
      if (ref.field === "requester.phone") phoneIndex = deps.keys.blindIndex(normalPhone(value.value));
    }
    const local = { field: ref.field, version, commitment: ref.commitment };
    taken.set(placeKey(ref), local);
    return local;
  };
  const body = relocateBody(message.body, relocate);
  return { message: { ...message, body }, rows, phoneIndex };
}

function relocateBody(body: LinkageMessageBody, relocate: (ref: Sealed) => Sealed): LinkageMessageBody {
  const brief = (b: CaseBrief): CaseBrief => ({ ...b, sealed: b.sealed.map(relocate) });
  const maybe = (ref: Sealed | null): Sealed | null => (ref === null ? null : relocate(ref));
  switch (body.type) {
    case "offer":
      return {
        ...body,
        brief: brief(body.brief),
        initialResponse: maybe(body.initialResponse),
        ...(body.ruling === undefined ? {} : { ruling: { ...body.ruling, note: maybe(body.ruling.note) } }),
      };
    case "push":
      return { ...body, brief: brief(body.brief) };
    case "notice":
      return { ...body, brief: brief(body.brief), text: maybe(body.text) };
    case "joint":
      return { ...body, brief: brief(body.brief), what: maybe(body.what) };
    case "support":
      return {
        ...body,
        brief: brief(body.brief),
        what: maybe(body.what),
        where: maybe(body.where),
        when: maybe(body.when),
      };
    case "addition":
      return { ...body, brief: brief(body.brief), sealed: body.sealed.map(relocate) };
    case "returned": {
      const grounds = body.grounds ?? { basis: null, proposedOwner: null };
      return {
        ...body,
        note: maybe(body.note),
        grounds: { basis: maybe(grounds.basis), proposedOwner: maybe(grounds.proposedOwner) },
      };
    }
    case "bound":
      return { ...body, ...(body.note === undefined ? {} : { note: maybe(body.note) }) };
    case "withdrawn":
    case "negotiate":
    case "ruling":
    case "progress":
    case "reopen":
    case "granted":
    case "declined":
      return { ...body, note: maybe(body.note) };
    case "concluded":
    case "ended":
    case "supportEnded":
      return { ...body, result: maybe(body.result) };
    case "accepted":
    case "confirmed":
    case "held":
    case "rejected":
    case "conclusionHeld":
    case "closed":
    case "reopened":
    case "delivered":
    case "noSeatOnDuty":
    case "signed":
    case "endHeld":
    case "noticeRead":
      return body;
  }
}

/** Folds a kept message again: its values are unlocked first. */
export async function receiveKept(deps: Deps, message: LinkageMessage, kept: unknown): Promise<Received> {
  return receiveMessage(deps, message, await openEnclosure(deps.keys, message, kept));
}
