import type { Commit, CommandDone } from "../../src/app/index.ts";
import { dangerNotTakenOver } from "../../src/core/file/index.ts";
import type { CaseFile } from "../../src/core/file/index.ts";
import type { Linkage, LinkageEvent, LinkageMessage } from "../../src/core/linkage/index.ts";
import type { CaseId, NodeCode } from "../../src/kernel/index.ts";
import { findCanary } from "./canary.ts";
import { createMirror } from "./mirror.ts";
import type { Mirror } from "./mirror.ts";
import { ownerless } from "./responsible.ts";

/** One broken promise: which, and what was seen. */
export type Violation = { readonly promise: string; readonly what: string };

/** Everything that was really stored, seen from outside both nodes, and what of it breaks a promise. */
export type Witness = {
  readonly committed: (node: NodeCode, commit: Commit) => void;
  /** A command was told as done. */
  readonly acknowledged: (node: NodeCode, id: string, done: CommandDone) => void;
  readonly broken: (promise: string, what: string) => void;
  readonly violations: readonly Violation[];
  readonly mirror: (node: NodeCode) => Mirror;
  /** Both nodes' copies of a request. */
  readonly files: (caseId: CaseId) => readonly CaseFile[];
  readonly cases: () => readonly CaseId[];
  readonly reopened: (caseId: CaseId) => boolean;
  /** Every message ever committed to an outbox. */
  readonly sent: () => readonly LinkageMessage[];
  /** Ids of messages that a commit consumed, by receiver. */
  readonly consumed: (node: NodeCode) => ReadonlySet<string>;
  /** How often each row of the linkage tables applied. */
  readonly rows: ReadonlyMap<string, number>;
  readonly commits: () => number;
  /** What was committed, one line an event, oldest first: the story of a failing run. */
  readonly trace: readonly string[];
};

const READ_FIRST = /^5\.2-(accept|return|conclude|conclude-unconfirmed|close)$/;

export function createWitness(nodes: readonly NodeCode[]): Witness {
  const violations: Violation[] = [];
  const mirrors = new Map(nodes.map((n) => [n, createMirror()]));
  const sent = new Map<string, LinkageMessage>();
  const consumed = new Map(nodes.map((n) => [n, new Set<string>()]));
  const commands = new Map<string, unknown>();
  const answers = new Map<string, CommandDone>();
  const reopened = new Set<CaseId>();
  const rows = new Map<string, number>();
  const trace: string[] = [];
  let commits = 0;

  const broken = (promise: string, what: string): void => {
    violations.push({ promise, what });
  };
  const mirror = (node: NodeCode): Mirror => {
    const found = mirrors.get(node);
    if (found === undefined) throw new Error(`no node ${node}`);
    return found;
  };
  const files = (caseId: CaseId): readonly CaseFile[] =>
    [...mirrors.values()].flatMap((m) => {
      const file = m.file(caseId);
      return file === null ? [] : [file];
    });

  // P1: what is said takes the next numbers, and all of it is in the outbox of the same commit.
  function checkSaid(
    node: NodeCode,
    commit: Commit,
    before: Linkage | null,
    event: LinkageEvent,
    said: number,
  ): number {
    let seq = said;
    for (const { type, seq: claimed } of event.sent) {
      seq += 1;
      const message = commit.outbox.find((m) => m.conversation === event.linkageId && m.seq === claimed);
      if (claimed !== seq) broken("P1", `${node} says ${claimed} after ${seq - 1} on ${before?.id}`);
      if (message === undefined || message.body.type !== type)
        broken("P1", `${node} logged ${type} ${claimed} and put nothing into the outbox`);
    }
    return seq;
  }

  // P1: what is heard is the message that the peer has sent with exactly the next number, and it is marked as heard.
  function checkHeard(node: NodeCode, commit: Commit, event: LinkageEvent, heard: number, peer: NodeCode): number {
    if (event.received === null) return heard;
    const message = sent.get(`${event.linkageId}/${peer}/${event.received}`);
    if (event.received !== heard + 1) broken("P1", `${node} applied ${event.received} after ${heard}`);
    if (message === undefined || message.id !== event.cause.id)
      broken("P1", `${node} applied ${event.cause.type} as ${event.received}, which ${peer} never sent so`);
    if (commit.inbox === null || commit.inbox.messageId !== event.cause.id)
      broken("P1", `${node} folded ${event.cause.type} ${event.received} without its inbox mark`);
    if (message !== undefined) consumed.get(node)?.add(message.id);
    return event.received;
  }

  function checkLinkage(node: NodeCode, commit: Commit, stream: Commit["streams"][number]): void {
    const before = mirror(node).linkage(stream.caseId, stream.id);
    const state = stream.state as Linkage;
    let said = before?.seqOut ?? 0;
    let heard = before?.seqIn ?? 0;
    for (const { body } of stream.events) {
      const event = body as LinkageEvent;
      rows.set(event.rule, (rows.get(event.rule) ?? 0) + 1);
      said = checkSaid(node, commit, before, event, said);
      heard = checkHeard(node, commit, event, heard, state.peer);
      if (READ_FIRST.test(event.rule) && before !== null && before.additionsRead < before.additionsReceived)
        broken("P4", `${node}: ${event.rule} with additions unread`);
      if (event.rule === "6-add-revives" && commit.command === null)
        broken("P3", `${node} pushed a danger again that had ended, and no person said so`);
      if (event.rule === "2-unexpected") broken("P1", `${node}: ${event.cause.type} cannot arrive in ${event.from}`);
      if (event.rule === "5.1-reopen" || event.rule === "5.2-reopen") reopened.add(stream.caseId);
      if (event.rule === "5.1-close" || event.rule === "5.2-close") reopened.delete(stream.caseId);
    }
  }

  function checkCase(node: NodeCode, commit: Commit, stream: Commit["streams"][number]): void {
    for (const { body, type } of stream.events) {
      const { by } = body as { readonly by: { readonly kind: string } };
      if (by.kind !== "user") continue;
      const danger = dangerNotTakenOver(mirror(node).file(stream.caseId)?.linkages ?? []);
      if (type === "CaseClosed" && danger !== null)
        broken("P3", `${node} closed a matter whose danger ${danger.id} was taken over by nobody`);
      if (type === "CaseReopened") reopened.add(stream.caseId);
      if (type === "CaseClosed" || type === "CaseGuided") reopened.delete(stream.caseId);
    }
    if (commit.index === null) broken("P1", "a case changed without its index");
  }

  // P5: of all that a commit stores only the vault may hold a value, and the vault holds it encrypted.
  function checkClear(node: NodeCode, commit: Commit): void {
    const { vault: _vault, caseKey: _key, ...open } = commit;
    const found = findCanary(JSON.stringify(open));
    if (found !== null) broken("P5", `${node} stored a value in clear: ${found}`);
  }

  function note(node: NodeCode, { streams, outbox, command, inbox }: Commit): void {
    for (const { kind, id, caseId, events } of streams) {
      for (const { body, type, at } of events) {
        const event = body as Partial<LinkageEvent>;
        const what = kind === "linkage" ? `${event.rule} ${event.from ?? "-"}>${event.to}` : type;
        const by = command?.id ?? (inbox === null ? "" : `message ${inbox.seq}`);
        const said = outbox.filter((m) => m.conversation === id).map((m) => `${m.body.type} ${m.seq}`);
        trace.push(
          `${at.slice(5, 19)} ${caseId.slice(-4)} ${node.slice(0, 3)} ${kind} ${id.slice(-4)} ${what} (${by}) ${said.join()}`,
        );
      }
    }
  }

  return {
    committed: (node, commit) => {
      commits += 1;
      note(node, commit);
      checkClear(node, commit);
      for (const message of commit.outbox) {
        const key = `${message.conversation}/${message.sender}/${message.seq}`;
        if (sent.has(key)) broken("P1", `${key} was said twice`);
        sent.set(key, message);
      }
      for (const stream of commit.streams) {
        if (stream.kind === "linkage") checkLinkage(node, commit, stream);
        else if (stream.kind === "case") checkCase(node, commit, stream);
      }
      const differs = mirror(node).fold(commit);
      if (differs !== null) broken("P1", `${node}: ${differs}`);
      if (commit.command !== null) {
        if (commands.has(commit.command.id)) broken("P1", `command ${commit.command.id} was committed twice`);
        commands.set(commit.command.id, commit.command.answer);
      }
      for (const caseId of new Set(commit.streams.map((s) => s.caseId))) {
        const gap = ownerless(files(caseId), reopened.has(caseId));
        if (gap !== null) broken("P2", gap);
      }
    },
    acknowledged: (node, id, done) => {
      if (!commands.has(id)) broken("P1", `${node} told command ${id} as done and stored nothing`);
      const answer = answers.get(id);
      answers.set(id, answer ?? done);
      if (answer !== undefined && (answer.caseId !== done.caseId || answer.requestNo !== done.requestNo))
        broken("P1", `command ${id} was answered in two ways`);
    },
    broken,
    violations,
    mirror,
    files,
    cases: () => [...new Set([...mirrors.values()].flatMap((m) => m.cases()))],
    reopened: (caseId) => reopened.has(caseId),
    sent: () => [...sent.values()],
    consumed: (node) => consumed.get(node) ?? new Set(),
    rows,
    commits: () => commits,
    trace,
  };
}
