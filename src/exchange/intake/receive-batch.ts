import { urgently } from "../../app/ports/urgency.ts";
import { err, type Instant, msBetween, ok, type Result } from "../../kernel/index.ts";
import {
  BATCH_MAX,
  type ExchangeCode,
  isBatchSigned,
  type LooseBatch,
  OWN_PROTOCOLS,
  parseBatch,
  PROTOCOL_VERSION,
  type Receipt,
  sealOf,
  signDocument,
} from "../contract/index.ts";
import { createSlots } from "../slots.ts";
import { createBatchMemory } from "./batch-memory.ts";
import { createOrdinaryGate } from "./ordinary-gate.ts";
import type { IntakeLimits, IntakePorts } from "./ports.ts";
import { createProofLine } from "./proof-line.ts";
import { receiveEntries, type RunFold } from "./receive-entries.ts";

/** Why a whole batch was not taken. `path` names the field, `retryAfterMs` when sending again makes sense. */
export type BatchRefusal = { readonly code: ExchangeCode; readonly path?: string; readonly retryAfterMs?: number };

export type ReceiveBatch = (raw: unknown, remote: string) => Promise<Result<Receipt, BatchRefusal>>;

const CLOCK_FAR_MS = 5 * 60_000;

const runAtOnce: RunFold = (act) => act();

/** The urgent lane is for urgent messages: an ordinary one in an urgent batch is received, but on ordinary capacity. */
function isUrgent(batch: LooseBatch): boolean {
  const [only] = batch.entries;
  const message = typeof only === "object" && only !== null ? Reflect.get(only, "message") : null;
  const lane = typeof message === "object" && message !== null ? Reflect.get(message, "lane") : null;
  return batch.lane === "urgent" && lane === "urgent";
}

function findHeadFault(ports: IntakePorts, batch: LooseBatch): BatchRefusal | null {
  if (batch.protocol < OWN_PROTOCOLS.min || batch.protocol > OWN_PROTOCOLS.max) {
    return { code: "EXCHANGE_PROTOCOL_UNSUPPORTED", path: "/protocol" };
  }
  if (batch.receiver !== ports.self) return { code: "EXCHANGE_WRONG_RECEIVER", path: "/receiver" };
  if (batch.entries.length > (batch.lane === "urgent" ? 1 : BATCH_MAX)) {
    return { code: "EXCHANGE_BATCH_TOO_LARGE", path: "/entries" };
  }
  return null;
}

/** The key the sender is known by here, or why there is none: no signature is checked for a batch that names another. */
function findKey(ports: IntakePorts, batch: LooseBatch): Result<string, BatchRefusal> {
  const publicKey = ports.peer(batch.sender)?.publicKey;
  if (publicKey === undefined) return err({ code: "EXCHANGE_UNKNOWN_PEER", path: "/sender" });
  if (publicKey === null || ports.keys.keyIdOf(publicKey) !== batch.keyId) {
    return err({ code: "EXCHANGE_KEY_UNKNOWN", path: "/keyId" });
  }
  return ok(publicKey);
}

/**
 * Receives batches, whatever carried them. A batch is refused whole for its head or its signature; after that every
 * entry stands for itself. The receipt is made after all folds are committed and the evidence is kept. The same batch
 * may come again and is answered again: its messages come out as duplicates.
 */
export function createIntake(ports: IntakePorts, limits: IntakeLimits): ReceiveBatch {
  const gate = createOrdinaryGate(limits);
  const folds = createSlots(limits.ordinaryFolds);
  const memory = createBatchMemory();
  const proofs = createProofLine();

  async function take(
    batch: LooseBatch,
    receivedAt: Instant,
    runFold: RunFold,
  ): Promise<Result<Receipt, BatchRefusal>> {
    // A number used twice harms nothing, so it may stop an ordinary batch but never a danger.
    if (runFold !== runAtOnce && memory.isReused(batch)) {
      return err({ code: "EXCHANGE_BATCH_ID_REUSED", path: "/batchId" });
    }
    const results = await receiveEntries(ports, batch, runFold);
    const clockFar = Math.abs(msBetween(batch.sentAt, receivedAt)) > CLOCK_FAR_MS;
    const receipt = await signDocument<Receipt>(ports.keys, {
      protocol: Math.min(batch.protocol, PROTOCOL_VERSION),
      sender: ports.self,
      receiver: batch.sender,
      batchId: batch.batchId,
      receivedAt,
      results,
      ...(clockFar ? { warnings: ["EXCHANGE_CLOCK_FAR"] } : {}),
      keyId: ports.keys.keyId,
    });
    await ports.evidence({ direction: "received", batch: sealOf(batch), receipt });
    return ok(receipt);
  }

  async function admit(batch: LooseBatch, remote: string): Promise<Result<Receipt, BatchRefusal>> {
    const receivedAt = ports.clock.now();
    const fault = findHeadFault(ports, batch);
    if (fault !== null) return err(fault);
    const key = findKey(ports, batch);
    if (!key.ok) return key;
    const verify = (): Promise<boolean> => isBatchSigned(ports.keys, key.value, batch);
    if (isUrgent(batch)) {
      const signed = await proofs.check(batch.sender, remote, verify);
      if (signed === null) return err({ code: "EXCHANGE_RECEIVER_FAULT", retryAfterMs: limits.retryAfterMs });
      // Only now it is known that this is a danger and not somebody's word for one.
      return signed ? urgently(() => take(batch, receivedAt, runAtOnce)) : err({ code: "EXCHANGE_SIGNATURE_WRONG" });
    }
    if (!gate.enter(batch.sender)) return err({ code: "EXCHANGE_BUSY", retryAfterMs: limits.retryAfterMs });
    try {
      return (await verify()) ? await take(batch, receivedAt, folds.run) : err({ code: "EXCHANGE_SIGNATURE_WRONG" });
    } finally {
      gate.leave(batch.sender);
    }
  }

  return async (raw, remote) => {
    const parsed = parseBatch(raw);
    const answer = parsed.ok
      ? await admit(parsed.value, remote).catch(() =>
          err<BatchRefusal>({ code: "EXCHANGE_RECEIVER_FAULT", retryAfterMs: limits.retryAfterMs }),
        )
      : err<BatchRefusal>({ code: "EXCHANGE_SCHEMA_INVALID", path: parsed.error.path });
    if (!answer.ok) {
      const claimedSender = parsed.ok ? parsed.value.sender : null;
      ports.refused({ code: answer.error.code, remote, claimedSender, at: ports.clock.now() });
    }
    return answer;
  };
}
