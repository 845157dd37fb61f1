import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type JsonObject, parseJson, parseObject } from "./json.ts";
import type { Message } from "./message.ts";
import type { Doubtful, Enclosed } from "./sealing.ts";

/** S sends the matter, R receives it (linkage 1). */
export type Role = "S" | "R";
export type TableName = "handOver" | "urgent" | "notice" | "support";

/** One conversation as this node folds it from its own log. */
export type Linkage = {
  conversation: string;
  table: TableName;
  role: Role;
  state: string;
  requestNo: string;
  caseId: string;
  /** Body of the message that opened it. */
  opening: JsonObject;
  openedAt: string;
  /** When the state was entered: timers count from here. */
  enteredAt: string;
  /** The last message of ours is receipted: nothing of it is under way. */
  receipted: boolean;
  /** Additions and pushes: how many were sent or came, and how many the desk has read or shown. */
  additions: number;
  read: number;
  push: number;
  shown: number;
  signed: number;
  /** Number of the newest conclusion. */
  conclusion: number;
  /** A `reopen` of the other side that is still to be answered: its id. */
  answers: string | null;
  /** Timers that have fired in this state, by name. */
  fired: string[];
  /** Rows that applied, with the message or command behind each. */
  log: { at: string; row: string; by: string }[];
};

/** A request this desk registered itself. */
export type Matter = {
  requestNo: string;
  caseId: string;
  registeredAt: string;
  facts: JsonObject;
  words: { [field: string]: string };
  initialResponse: string | null;
};

export type Queued = {
  message: Message;
  digest: string;
  enclosure: Enclosed[];
  /** Why it is not sent any more until a person says so; null while it is under way. */
  dead: string | null;
};

export type Memory = {
  onDuty: boolean;
  linkages: { [conversation: string]: Linkage };
  matters: { [requestNo: string]: Matter };
  /** For each conversation: our last number, their last folded number, and what waits for an earlier one. */
  streams: {
    [conversation: string]: {
      out: number;
      folded: number;
      waiting: { [seq: string]: { message: JsonObject; enclosure: unknown } };
    };
  };
  outbox: Queued[];
  /** Every message taken, whole, with what became of it. */
  taken: { [id: string]: { digest: string; status: string; code: string | null; message: JsonObject } };
  /** What was said, by field, in clear: a JSON file is this desk's whole vault. */
  said: { requestNo: string; by: string; field: string; version: number; value: string }[];
  doubtful: { requestNo: string; message: string; what: Doubtful[]; values: unknown[] }[];
  /** Last number under which a value of a field of a request was sealed. */
  sealed: { [requestAndField: string]: number };
  /** Batches and receipts of both directions, without entries (linkage-exchange 10). */
  evidence: { batch: JsonObject; receipt: JsonObject }[];
  catalogues: { [version: string]: JsonObject };
  approvals: JsonObject[];
  registered: number;
};

const EMPTY: Memory = {
  onDuty: false,
  linkages: {},
  matters: {},
  streams: {},
  outbox: [],
  taken: {},
  said: [],
  doubtful: [],
  sealed: {},
  evidence: [],
  catalogues: {},
  approvals: [],
  registered: 0,
};

/**
 * One JSON file. A change is made on a copy, written and synced, and only then believed: what throws changes nothing, and
 * whatever leaves this node afterwards is on the disk already (linkage 2.2).
 */
export class Store {
  readonly #file: string;
  #memory: Memory;

  constructor(file: string) {
    this.#file = file;
    this.#memory = existsSync(file) ? parseMemory(readFileSync(file, "utf8")) : EMPTY;
  }

  get now(): Readonly<Memory> {
    return this.#memory;
  }

  change<Result>(how: (memory: Memory) => Result): Result {
    const copy = structuredClone(this.#memory);
    const result = how(copy);
    writeSafely(this.#file, JSON.stringify(copy));
    this.#memory = copy;
    return result;
  }
}

function parseMemory(text: string): Memory {
  const kept = parseObject(parseJson(text));
  if (kept === undefined) throw new Error("the memory file holds no JSON object");
  return { ...EMPTY, ...kept } as Memory;
}

function writeSafely(file: string, text: string): void {
  const fresh = `${file}.new`;
  const handle = openSync(fresh, "w", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
