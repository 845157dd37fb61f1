import type { CaseStore, Commit, Deps, ReadLog, TimerStore } from "../../src/app/index.ts";
import type { receiveMessage } from "../../src/app/index.ts";
import type { LinkageKind, LinkageRules, Row } from "../../src/core/linkage/index.ts";
import { LINKAGE_TABLES, rulesOf } from "../../src/core/linkage/index.ts";
import type { BatchEntry, Receipt } from "../../src/exchange/contract/index.ts";
import { messageDigest } from "../../src/exchange/contract/index.ts";
import type { RelayPorts } from "../../src/exchange/relay/index.ts";
import type { MessageId } from "../../src/kernel/index.ts";
import type { Random } from "./random.ts";

type Ports = { readonly cases: CaseStore; readonly readLog: ReadLog; readonly timers: TimerStore };
type Carrier = RelayPorts["carrier"];
type Receive = typeof receiveMessage;

/** A mistake put into both nodes on purpose, by a wrapped port or an altered table. */
export type Plant = {
  readonly name: string;
  /** What must be said when it is found. */
  readonly says: RegExp;
  readonly rules?: LinkageRules;
  readonly ports?: (ports: Ports, random: Random) => Partial<Ports>;
  readonly carrier?: (carrier: Carrier, random: Random) => Carrier;
  readonly receive?: (deps: Deps, receive: Receive) => Receive;
};

export const NOTHING_PLANTED: Plant = { name: "nothing", says: /^$/ };

function altered(change: (row: Row) => Row | null): LinkageRules {
  const of = (kind: LinkageKind): readonly Row[] =>
    (LINKAGE_TABLES[kind] ?? []).flatMap((row) => {
      const now = change(row);
      return now === null ? [] : [now];
    });
  return rulesOf({
    clear: of("clear"),
    afterInitialResponse: of("afterInitialResponse"),
    urgent: of("urgent"),
    joint: of("joint"),
    notice: of("notice"),
    support: of("support"),
  });
}

function changed(id: string, more: Partial<Row>): LinkageRules {
  return altered((row) => (row.id === id ? { ...row, ...more } : row));
}

function committing(change: (commit: Commit, random: Random) => Commit) {
  return (ports: Ports, random: Random): Partial<Ports> => ({
    cases: { ...ports.cases, commit: (commit) => ports.cases.commit(change(commit, random)) },
  });
}

/** A receipt that nobody has signed: what a sender would take for one if it looked at nothing. */
function forged(entries: readonly BatchEntry[]): Receipt {
  const [first] = entries;
  if (first === undefined) throw new Error("a receipt of nothing");
  const { message } = first;
  return {
    protocol: 1,
    sender: message.receiver,
    receiver: message.sender,
    batchId: "forged",
    receivedAt: message.issuedAt,
    keyId: "",
    signature: "",
    results: entries.map((e) => ({ messageId: e.message.id, digest: messageDigest(e.message), status: "applied" })),
  };
}

/** The number a message would need to be the next one. */
async function nextSeq(deps: Deps, message: Parameters<Receive>[1]): Promise<number> {
  const found = await deps.store.loadFile(message.caseId);
  return (found?.linkages.find((l) => l.id === message.conversation)?.seqIn ?? 0) + 1;
}

const IN_TABLES: readonly Plant[] = [
  {
    name: "the sender lets go when it sends the offer",
    says: /P2/,
    rules: changed("5.1-offer", { to: "accepted" }),
  },
  {
    name: "a late acceptance is applied after the withdrawal",
    says: /./,
    rules: changed("5.1-late-accepted", { to: "accepted", sends: ["confirmed"] }),
  },
  {
    name: "the receiver ignores a withdrawal that crosses its acceptance",
    says: /./,
    rules: changed("5.2-stood-down", { to: "same", noted: "CROSSED" }),
  },
  {
    name: "an amendment is noted and not sent",
    says: /P4/,
    rules: changed("5.1-add", { sends: [] }),
  },
  {
    name: "an amended push is noted and not sent",
    // Where 110 has reported the end of the first push meanwhile, the two copies stand apart for ever before anything else shows.
    says: /P1|P2|P3|convergence/,
    rules: changed("6-add", { sends: [] }),
  },
  {
    name: "acceptance does not wait for unread additions",
    says: /P4/,
    rules: changed("5.2-accept", { guards: [] }),
  },
  {
    name: "a push counts as delivered before anybody saw it",
    says: /P2/,
    rules: changed("6-push", { to: "delivered" }),
  },
  {
    name: "a part asked of the other desk counts as taken over before anybody there saw it",
    says: /P2/,
    rules: changed("6-joint-ask", { to: "delivered" }),
  },
  {
    name: "a conclusion releases the receiver when it is sent",
    says: /./,
    rules: changed("5.2-conclude", { to: "released" }),
  },
];

const IN_PORTS: readonly Plant[] = [
  {
    name: "an answer that never came is taken for a receipt",
    // Which promise breaks first depends on what the lost message carried: a note that was never told is P4.
    says: /P1|P3|P4|convergence/,
    carrier: (carrier) => ({
      send: async (peer, lane, entries) => {
        const answer = await carrier.send(peer, lane, entries);
        return answer.ok ? answer : { ok: true, value: forged(entries) };
      },
    }),
  },
  {
    name: "messages are applied in the order in which they come",
    says: /P1/,
    receive: (deps, receive) => async (at, message, enclosure) => {
      const seq = await nextSeq(deps, message);
      return receive(at, message.seq > seq ? { ...message, seq } : message, enclosure);
    },
  },
  {
    name: "a doubled message is applied twice",
    says: /P1/,
    receive: (deps, receive) => async (at, message, enclosure) => {
      const seq = await nextSeq(deps, message);
      const again = { ...message, seq, id: `${message.id}-again`.slice(0, 60) as MessageId };
      return receive(at, message.seq < seq ? again : message, enclosure);
    },
  },
  {
    name: "timers that move a dispute on are lost",
    says: /decided/,
    ports: committing((commit) => ({
      ...commit,
      timers: commit.timers.filter(
        (t) => !("set" in t) || !/^(negotiation|answerAtSender|decideReturned)$/.test(t.set),
      ),
    })),
  },
  {
    name: "what is handed to the peer is not written into the read log",
    says: /P5/,
    ports: ({ readLog }) => ({
      readLog: { write: (rows) => readLog.write(rows.filter((r) => r.reader.kind !== "peer")) },
    }),
  },
  {
    name: "what a person is shown is not written into the read log",
    says: /P5/,
    ports: ({ readLog }) => ({
      readLog: { write: (rows) => readLog.write(rows.filter((r) => r.reader.kind !== "user")) },
    }),
  },
  {
    name: "a message is folded without its inbox mark",
    says: /P1/,
    ports: committing((commit, random) => (random.chance(0.2) ? { ...commit, inbox: null } : commit)),
  },
  {
    name: "an outbox row is left out of the commit",
    says: /P1/,
    ports: committing((commit, random) =>
      random.chance(0.05) ? { ...commit, outbox: commit.outbox.slice(1) } : commit,
    ),
  },
  {
    name: "a command is told as done before it is stored",
    says: /P1/,
    ports: ({ cases }, random) => ({
      cases: {
        ...cases,
        commit: async (commit) => (commit.command !== null && random.chance(0.05) ? "done" : cases.commit(commit)),
      },
    }),
  },
  {
    name: "no record is kept of a command, so that a repeat is carried out again",
    says: /P1/,
    ports: committing((commit) => ({ ...commit, command: null })),
  },
  {
    name: "an alarm names the caller",
    says: /P5/,
    ports: committing((commit) => ({
      ...commit,
      alarms: commit.alarms.map((a) => ("raise" in a ? { ...a, dial: "13912345678" } : a)),
    })),
  },
  {
    name: "an urgent push is put off until the ordinary lane had its turn",
    says: /P3/,
    carrier: (carrier) => {
      let left = 40;
      return {
        send: async (peer, lane, entries) => {
          if (lane === "ordinary") left = 0;
          if (lane === "urgent" && left > 0) {
            left -= 1;
            return {
              ok: false,
              error: { code: "EXCHANGE_BUSY", blame: "peer", answered: true, retryAfterMs: null, detail: "later" },
            };
          }
          return carrier.send(peer, lane, entries);
        },
      };
    },
  },
];

/** Every planted mistake; each must be found. */
export const PLANTS: readonly Plant[] = [...IN_TABLES, ...IN_PORTS];
