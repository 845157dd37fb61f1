import { type JsonObject, numberIn, objectIn, parseObject, textIn } from "./json.ts";

export type Lane = "urgent" | "ordinary";

/** A message as it was sent, with members this program does not know (linkage-exchange 4). */
export type Message = {
  readonly id: string;
  readonly conversation: string;
  readonly seq: number;
  readonly sender: string;
  readonly receiver: string;
  readonly issuedAt: string;
  readonly cause: string;
  readonly lane: Lane;
  readonly requestNo: string;
  readonly caseId: string;
  readonly body: JsonObject;
};

/** What lets a received message be placed: without it the entry is unreadable (linkage-exchange 7). */
export type Placed = {
  readonly id: string;
  readonly conversation: string;
  readonly seq: number;
  readonly sender: string;
  readonly receiver: string;
  readonly requestNo: string;
  readonly caseId: string;
  readonly type: string;
  readonly body: JsonObject;
  /** The whole message as it came: its digest covers members unknown here too (linkage-exchange 4.3). */
  readonly raw: JsonObject;
};

const IDENTIFIER = /^[A-Za-z0-9-]{1,64}$/;

/** Reads what places a message; undefined when id, conversation or number are not to be read. */
export function parsePlaced(value: unknown): Placed | undefined {
  const raw = parseObject(value);
  const id = textIn(raw, "id");
  const conversation = textIn(raw, "conversation");
  const seq = numberIn(raw, "seq");
  if (raw === undefined || id === undefined || conversation === undefined || seq === undefined) return undefined;
  if (!IDENTIFIER.test(id) || !IDENTIFIER.test(conversation) || !Number.isSafeInteger(seq) || seq < 1) return undefined;
  const body = objectIn(raw, "body") ?? {};
  return {
    id,
    conversation,
    seq,
    sender: textIn(raw, "sender") ?? "",
    receiver: textIn(raw, "receiver") ?? "",
    requestNo: textIn(raw, "requestNo") ?? "",
    caseId: textIn(raw, "caseId") ?? "",
    type: textIn(body, "type") ?? "",
    body,
    raw,
  };
}
