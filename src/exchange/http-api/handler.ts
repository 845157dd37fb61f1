import type { Result } from "../../kernel/index.ts";
import {
  type Capability,
  type CatalogueDocument,
  EXCHANGE_CODES,
  OWN_PROTOCOLS,
  PROTOCOL_VERSION,
  type Receipt,
  type Refusal,
  signDocument,
} from "../contract/index.ts";
import {
  type BatchRefusal,
  createIntake,
  INTAKE_LIMITS,
  type IntakeLimits,
  type IntakePorts,
} from "../intake/index.ts";

/** What a node says of itself; the handler adds versions, key, time and signature. */
export type SelfDescription = Pick<
  Capability,
  "side" | "regions" | "carriers" | "kinds" | "catalogueVersion" | "dutyPhone" | "softwareVersion"
>;

export type HandlerPorts = IntakePorts & {
  readonly describe: () => Promise<SelfDescription>;
  /** One version of the catalogue as exported text; null when this node does not hold it. */
  readonly catalogue: (version: string) => Promise<string | null>;
};

/** An answer for any HTTP server: status and JSON body. */
export type HttpAnswer = { readonly status: number; readonly body: unknown };

/** The exchange's side of an HTTP server, free of any framework. `raw` is the parsed body, `remote` the peer's address. */
export type ExchangeHandler = {
  readonly handleBatch: (raw: unknown, remote: string) => Promise<HttpAnswer>;
  readonly capability: () => Promise<HttpAnswer>;
  readonly catalogue: (version: string) => Promise<HttpAnswer>;
};

function refusalAnswer(refusal: BatchRefusal): HttpAnswer {
  const row = EXCHANGE_CODES[refusal.code];
  const body: Refusal = {
    protocol: PROTOCOL_VERSION,
    ...refusal,
    ...(refusal.code === "EXCHANGE_PROTOCOL_UNSUPPORTED" ? { protocols: OWN_PROTOCOLS } : {}),
    messageZh: row.zh,
    messageEn: row.en,
  };
  return { status: row.http ?? 400, body };
}

function batchAnswer(answer: Result<Receipt, BatchRefusal>): HttpAnswer {
  return answer.ok ? { status: 200, body: answer.value } : refusalAnswer(answer.error);
}

function faultAnswer(): HttpAnswer {
  return refusalAnswer({ code: "EXCHANGE_RECEIVER_FAULT" });
}

/** Makes the handler. A fault of this node is answered 503 EXCHANGE_RECEIVER_FAULT and tells nothing of its inside. */
export function createExchangeHandler(ports: HandlerPorts, limits: IntakeLimits = INTAKE_LIMITS): ExchangeHandler {
  const receiveBatch = createIntake(ports, limits);
  const own = { protocol: PROTOCOL_VERSION, nodeCode: ports.self, keyId: ports.keys.keyId } as const;

  async function capability(): Promise<HttpAnswer> {
    const body = await signDocument<Capability>(ports.keys, {
      ...own,
      ...(await ports.describe()),
      protocols: OWN_PROTOCOLS,
      publicKey: ports.keys.nodePublicKey,
      issuedAt: ports.clock.now(),
    });
    return { status: 200, body };
  }

  async function catalogue(version: string): Promise<HttpAnswer> {
    const content = await ports.catalogue(version);
    if (content === null) return refusalAnswer({ code: "EXCHANGE_CATALOGUE_UNKNOWN" });
    return { status: 200, body: await signDocument<CatalogueDocument>(ports.keys, { ...own, version, content }) };
  }

  return {
    handleBatch: async (raw, remote) => batchAnswer(await receiveBatch(raw, remote)),
    capability: () => capability().catch(faultAnswer),
    catalogue: (version) => catalogue(version).catch(faultAnswer),
  };
}
