import type { Result } from "../../kernel/index.ts";
import {
  type ApprovalHeld,
  type Capability,
  catalogueContent,
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
  type CataloguePorts,
  createApprovalIntake,
  createDocumentDoor,
  createIntake,
  createRequestIntake,
  INTAKE_LIMITS,
  type IntakeLimits,
  type IntakePorts,
} from "../intake/index.ts";

/** What a node says of itself; the handler adds versions, key, time and signature. */
export type SelfDescription = Pick<
  Capability,
  "side" | "regions" | "carriers" | "kinds" | "catalogueVersion" | "dutyPhone" | "softwareVersion"
>;

export type HandlerPorts = IntakePorts &
  CataloguePorts & {
    readonly describe: () => Promise<SelfDescription>;
  };

/** An answer for any HTTP server: status and JSON body. */
export type HttpAnswer = { readonly status: number; readonly body: unknown };

/** The exchange's side of an HTTP server, free of any framework. `raw` is the parsed body, `remote` the peer's address. */
export type ExchangeHandler = {
  readonly handleBatch: (raw: unknown, remote: string) => Promise<HttpAnswer>;
  readonly capability: () => Promise<HttpAnswer>;
  readonly handleCatalogueRequest: (raw: unknown, remote: string) => Promise<HttpAnswer>;
  readonly handleApproval: (raw: unknown, remote: string) => Promise<HttpAnswer>;
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

function answerOf(answer: Result<Receipt | ApprovalHeld, BatchRefusal>): HttpAnswer {
  return answer.ok ? { status: 200, body: answer.value } : refusalAnswer(answer.error);
}

function faultAnswer(): HttpAnswer {
  return refusalAnswer({ code: "EXCHANGE_RECEIVER_FAULT" });
}

/** Makes the handler. A fault of this node is answered 503 EXCHANGE_RECEIVER_FAULT and tells nothing of its inside. */
export function createExchangeHandler(ports: HandlerPorts, limits: IntakeLimits = INTAKE_LIMITS): ExchangeHandler {
  const receiveBatch = createIntake(ports, limits);
  const door = createDocumentDoor(ports, limits);
  const receiveApproval = createApprovalIntake(ports, door);
  const receiveRequest = createRequestIntake(ports, door);
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

  async function catalogue(raw: unknown, remote: string): Promise<HttpAnswer> {
    const found = await receiveRequest(raw, remote);
    if (!found.ok) return refusalAnswer(found.error);
    const { version } = found.value;
    const content = catalogueContent(found.value);
    return { status: 200, body: await signDocument<CatalogueDocument>(ports.keys, { ...own, version, content }) };
  }

  return {
    handleBatch: async (raw, remote) => answerOf(await receiveBatch(raw, remote)),
    capability: () => capability().catch(faultAnswer),
    handleCatalogueRequest: (raw, remote) => catalogue(raw, remote).catch(faultAnswer),
    handleApproval: (raw, remote) => receiveApproval(raw, remote).then(answerOf, faultAnswer),
  };
}
