import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { instantOf, type NodeCode } from "../../kernel/index.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { type BatchEntry, isBatchSigned, type Receipt, signDocument } from "../contract/index.ts";
import { HOTLINE, POLICE, SPECIMEN_ENCLOSURE, specimenBody, specimenMessage } from "../contract/specimen.test-data.ts";
import type { ExchangeEvidence } from "../evidence.ts";
import type { ExchangePeer } from "../peer.ts";
import { type CarrierTimeouts, createHttpCarrier, type HttpCarrier } from "./carrier.ts";
import { createTlsFetch, type ExchangeFetch, openTlsFetch } from "./exchange-fetch.ts";
import {
  type AnswerFate,
  answerRequests,
  createSpecimenNode,
  listen,
  serveNode,
  SPECIMEN_CONTENT,
  type SpecimenNode,
} from "./specimen-node.test-data.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

const hotline = openPassingKeys();
const stranger = openPassingKeys();
const police = openPassingKeys();
afterAll(() => Promise.all([hotline.close(), stranger.close(), police.close()]));

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const entries: readonly BatchEntry[] = [
  { message: specimenMessage(1, specimenBody("offer")), enclosure: SPECIMEN_ENCLOSURE },
  { message: specimenMessage(2, specimenBody("progress"), { seq: 2 }), enclosure: [] },
];
let node: SpecimenNode;
let evidence: ExchangeEvidence[];
beforeEach(() => {
  evidence = [];
  node = createSpecimenNode(POLICE, police);
  node.peers.set(HOTLINE, { nodeCode: HOTLINE, url: "", publicKey: hotline.nodePublicKey });
});

/** Patient by default: a loaded machine must not turn an answer into a timeout. */
function aCarrier(
  fetchOver: ExchangeFetch = fetch,
  timeouts: CarrierTimeouts = { urgentMs: 10_000, ordinaryMs: 10_000 },
): HttpCarrier {
  return createHttpCarrier({
    keys: hotline,
    self: HOTLINE,
    fetch: fetchOver,
    clock: { now: () => instantOf(Date.now()) },
    evidence: async (line) => {
      evidence.push(line);
    },
    timeouts,
  });
}

async function aPeer(fate?: AnswerFate): Promise<ExchangePeer> {
  const server = await serveNode(node.handler, fate);
  cleanups.push(server.close);
  return { nodeCode: POLICE, url: server.url, publicKey: police.nodePublicKey };
}

/** A peer that answers every request with what `answer` makes of the batch. */
async function aPeerThatAnswers(
  answer: (batch: unknown) => Promise<{ status: number; body: string }>,
): Promise<ExchangePeer> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { status, body } = await answer(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    response.writeHead(status).end(body);
  });
  cleanups.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return { nodeCode: POLICE, url: await listen(server), publicKey: police.nodePublicKey };
}

/** A peer that receives properly and changes its receipt before it leaves; signed again when `sign` is given. */
function aPeerThatAlters(
  alter: (receipt: Receipt) => Partial<Receipt>,
  sign: typeof police | null,
): Promise<ExchangePeer> {
  return aPeerThatAnswers(async (batch) => {
    const { status, body } = await node.handler.handleBatch(batch, "");
    const altered = { ...(body as Receipt), ...alter(body as Receipt) };
    const answer = sign === null ? altered : await signDocument<Receipt>(sign, altered);
    return { status, body: JSON.stringify(answer) };
  });
}

describe("sending over HTTP", () => {
  test("a batch arrives with its values, the receipt verifies and both sides keep the same evidence", async () => {
    const sent = await aCarrier().send(await aPeer(), "ordinary", entries);
    expect(sent).toMatchObject({ ok: true, value: { results: [{ status: "applied" }, { status: "applied" }] } });
    expect(node.entries[0]).toMatchObject({ enclosure: SPECIMEN_ENCLOSURE, doubtful: [] });
    expect(evidence).toMatchObject([{ direction: "sent" }]);
    expect(node.evidence).toMatchObject([{ direction: "received" }]);
    expect(evidence.map(({ batch, receipt }) => ({ batch, receipt }))).toEqual(
      node.evidence.map(({ batch, receipt }) => ({ batch, receipt })),
    );
    for (const { batch } of evidence) expect(await isBatchSigned(police, hotline.nodePublicKey, batch)).toBe(true);
  });

  test("an answer that is lost after the commit is a failure, and sending again applies nothing twice", async () => {
    let lost = 0;
    const peer = await aPeer(async () => (lost++ === 0 ? "lose" : "send"));
    const first = await aCarrier().send(peer, "ordinary", entries);
    expect(first).toMatchObject({ ok: false, error: { code: "EXCHANGE_LINK_DOWN", blame: "link", answered: false } });
    expect(node.applied).toHaveLength(2);
    const again = await aCarrier().send(peer, "ordinary", entries);
    expect(again).toMatchObject({ ok: true, value: { results: [{ status: "duplicate" }, { status: "duplicate" }] } });
    expect(node.applied).toHaveLength(2);
  });

  test("a peer that does not answer in its lane's time is a timeout", async () => {
    const peer = await aPeer(() => new Promise(() => undefined));
    const hasty = aCarrier(fetch, { urgentMs: 250, ordinaryMs: 400 });
    expect(await hasty.send(peer, "urgent", entries.slice(0, 1))).toMatchObject({
      ok: false,
      error: { code: "EXCHANGE_LINK_TIMEOUT", blame: "link", detail: "250 ms" },
    });
    expect(await hasty.send(peer, "ordinary", entries)).toMatchObject({ error: { detail: "400 ms" } });
  });

  test("a peer that is not there is a link down, named by its cause", async () => {
    const server = await serveNode(node.handler);
    await server.close();
    const gone = { nodeCode: POLICE, url: server.url, publicKey: police.nodePublicKey };
    expect(await aCarrier().send(gone, "ordinary", entries)).toMatchObject({
      error: { code: "EXCHANGE_LINK_DOWN", detail: "ECONNREFUSED" },
    });
  });

  test("a peer without a pinned key, or without a version in common, is sent nothing", async () => {
    const peer = await aPeer();
    const none = await aCarrier().send({ ...peer, publicKey: null }, "ordinary", entries);
    expect(none).toMatchObject({ error: { code: "EXCHANGE_KEY_UNKNOWN", blame: "peer" } });
    const later = await aCarrier().send({ ...peer, protocols: { min: 90, max: 91 } }, "ordinary", entries);
    expect(later).toMatchObject({ error: { code: "EXCHANGE_PROTOCOL_UNSUPPORTED", blame: "peer" } });
    expect(node.applied).toEqual([]);
  });

  test("a message that has no canonical form is the message's own fault", async () => {
    const odd = specimenMessage(1, { ...specimenBody("ruling"), basis: "\ud800" });
    expect(await aCarrier().send(await aPeer(), "ordinary", [{ message: odd, enclosure: [] }])).toMatchObject({
      error: { code: "EXCHANGE_MESSAGE_UNWRITABLE", blame: "message" },
    });
  });
});

const withOtherDigests = (receipt: Receipt): Partial<Receipt> => ({
  results: receipt.results.map((result) => ({ ...result, digest: "00".repeat(32) })),
});
const turned = (receipt: Receipt): Partial<Receipt> => ({ results: receipt.results.toReversed() });
const withoutFirst = (receipt: Receipt): Partial<Receipt> => ({ results: receipt.results.slice(1) });
const allNoted = (receipt: Receipt): Partial<Receipt> => ({
  results: receipt.results.map((result) => ({ ...result, status: "noted" as const })),
});

const sendTo = async (peer: ExchangePeer): Promise<unknown> => aCarrier().send(peer, "ordinary", entries);

describe("a wrong receipt is no receipt", () => {
  const mismatch = { ok: false, error: { code: "EXCHANGE_RECEIPT_MISMATCH", blame: "peer" } };
  const forged = { ok: false, error: { code: "EXCHANGE_RECEIPT_FORGED", blame: "peer" } };

  test("for other digests, another order, fewer, or another batch, however well signed", async () => {
    expect(await sendTo(await aPeerThatAlters(withOtherDigests, police))).toMatchObject(mismatch);
    expect(await sendTo(await aPeerThatAlters(turned, police))).toMatchObject(mismatch);
    expect(await sendTo(await aPeerThatAlters(withoutFirst, police))).toMatchObject(mismatch);
    expect(await sendTo(await aPeerThatAlters(() => ({ batchId: "another" }), police))).toMatchObject(mismatch);
    const elsewhere = { receiver: "hotline-159998" as NodeCode };
    expect(await sendTo(await aPeerThatAlters(() => elsewhere, police))).toMatchObject(mismatch);
    expect(evidence).toEqual([]);
  });

  test("changed after signing, or signed with another key", async () => {
    expect(await sendTo(await aPeerThatAlters(allNoted, null))).toMatchObject(forged);
    expect(await sendTo(await aPeerThatAlters(() => ({ keyId: stranger.keyId }), stranger))).toMatchObject(forged);
    expect(await sendTo(await aPeerThatAlters(() => ({}), stranger))).toMatchObject(forged);
  });

  test("in another form, or no JSON at all", async () => {
    const unreadable = { ok: false, error: { code: "EXCHANGE_ANSWER_UNREADABLE", answered: true } };
    expect(await sendTo(await aPeerThatAnswers(async () => ({ status: 200, body: "{}" })))).toMatchObject(unreadable);
    expect(await sendTo(await aPeerThatAnswers(async () => ({ status: 200, body: "<html>" })))).toMatchObject(
      unreadable,
    );
  });
});

describe("refusals", () => {
  test("the peer's code comes through with whose fault it is and how long to wait", async () => {
    const body = { protocol: 1, code: "EXCHANGE_BUSY", retryAfterMs: 9_999_999, messageZh: "", messageEn: "" };
    const peer = await aPeerThatAnswers(async () => ({ status: 429, body: JSON.stringify(body) }));
    expect(await aCarrier().send(peer, "ordinary", entries)).toMatchObject({
      error: { code: "EXCHANGE_BUSY", blame: "link", answered: true, retryAfterMs: 30_000 },
    });
    const later = { ...body, code: "EXCHANGE_OF_TOMORROW" };
    const tomorrow = await aPeerThatAnswers(async () => ({ status: 400, body: JSON.stringify(later) }));
    expect(await aCarrier().send(tomorrow, "ordinary", entries)).toMatchObject({
      error: { code: "EXCHANGE_OF_TOMORROW", blame: "peer" },
    });
  });

  test("a fault in the head blames the peer, one inside an entry the message", async () => {
    for (const [path, blame] of [
      ["/sentAt", "peer"],
      ["/entries/3/message", "message"],
    ]) {
      const body = { protocol: 1, code: "EXCHANGE_SCHEMA_INVALID", path, messageZh: "", messageEn: "" };
      const peer = await aPeerThatAnswers(async () => ({ status: 400, body: JSON.stringify(body) }));
      expect(await aCarrier().send(peer, "ordinary", entries)).toMatchObject({ error: { blame, detail: path } });
    }
  });

  test.each([
    [413, "EXCHANGE_BATCH_TOO_LARGE"],
    [429, "EXCHANGE_BUSY"],
    [502, "EXCHANGE_RECEIVER_FAULT"],
    [404, "EXCHANGE_ANSWER_UNREADABLE"],
  ])("a proxy's bare %i counts as %s", async (status, code) => {
    const peer = await aPeerThatAnswers(async () => ({ status, body: "proxy" }));
    expect(await aCarrier().send(peer, "ordinary", entries)).toMatchObject({
      error: { code, detail: `HTTP ${status}` },
    });
  });
});

describe("capability and catalogue", () => {
  test("both are fetched and verified with the pinned key", async () => {
    const peer = await aPeer();
    expect(await aCarrier().fetchCapability(peer)).toMatchObject({
      ok: true,
      value: {
        nodeCode: POLICE,
        protocols: { min: 1, max: 7 },
        publicKey: police.nodePublicKey,
        dutyPhone: "00000000",
      },
    });
    expect(await aCarrier().fetchCatalogue(peer, "specimen/1")).toMatchObject({
      ok: true,
      value: { content: SPECIMEN_CONTENT, document: { version: "specimen/1" } },
    });
    expect(await aCarrier().fetchCatalogue(peer, "none")).toMatchObject({
      error: { code: "EXCHANGE_CATALOGUE_UNKNOWN", answered: true },
    });
  });

  test("with another key they are not taken", async () => {
    const peer = { ...(await aPeer()), publicKey: stranger.nodePublicKey };
    expect(await aCarrier().fetchCapability(peer)).toMatchObject({ error: { code: "EXCHANGE_KEY_UNKNOWN" } });
    expect(await aCarrier().fetchCatalogue(peer, "specimen/1")).toMatchObject({
      error: { code: "EXCHANGE_KEY_UNKNOWN" },
    });
  });
});

describe("TLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "tls-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const certificate = (name: string): void => {
    const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1"];
    const out = ["-keyout", join(folder, `${name}.key`), "-out", join(folder, `${name}.pem`)];
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "1",
        ...subject,
        ...out,
      ],
      { stdio: "ignore" },
    );
  };

  test("a peer is reached over TLS if the given authority vouches for it, and not otherwise", async () => {
    certificate("peer");
    certificate("other");
    const tls = { key: readFileSync(join(folder, "peer.key")), cert: readFileSync(join(folder, "peer.pem")) };
    const server = createTlsServer(tls, answerRequests(node.handler));
    cleanups.push(
      () => server.close(),
      () => server.closeAllConnections(),
    );
    const url = (await listen(server)).replace("http:", "https:");
    const peer = { nodeCode: POLICE, url, publicKey: police.nodePublicKey };

    const trusted = await openTlsFetch(join(folder, "peer.pem"));
    if (!trusted.ok) throw new Error(trusted.error.code);
    cleanups.push(trusted.value.close);
    expect(await aCarrier(trusted.value).send(peer, "urgent", entries.slice(0, 1))).toMatchObject({ ok: true });

    const other = createTlsFetch(readFileSync(join(folder, "other.pem"), "utf8"));
    cleanups.push(other.close);
    expect(await aCarrier(other).send(peer, "ordinary", entries)).toMatchObject({
      error: { code: "EXCHANGE_LINK_DOWN" },
    });
    expect(await aCarrier(fetch).send(peer, "ordinary", entries)).toMatchObject({
      error: { code: "EXCHANGE_LINK_DOWN" },
    });
  });

  test("a file that holds no certificate is refused by name", async () => {
    const file = join(folder, "absent.pem");
    expect(await openTlsFetch(file)).toEqual({ ok: false, error: { code: "CA_FILE_UNREADABLE", file } });
  });

  test("an answer that does not come is a timeout over TLS too", async () => {
    const silent = createTlsServer(
      { key: readFileSync(join(folder, "peer.key")), cert: readFileSync(join(folder, "peer.pem")) },
      () => undefined,
    );
    cleanups.push(
      () => silent.close(),
      () => silent.closeAllConnections(),
    );
    const url = (await listen(silent)).replace("http:", "https:");
    const tlsFetch = createTlsFetch(readFileSync(join(folder, "peer.pem"), "utf8"));
    cleanups.push(tlsFetch.close);
    const peer = { nodeCode: POLICE, url, publicKey: police.nodePublicKey };
    const hasty = aCarrier(tlsFetch, { urgentMs: 250, ordinaryMs: 400 });
    expect(await hasty.send(peer, "urgent", entries.slice(0, 1))).toMatchObject({
      error: { code: "EXCHANGE_LINK_TIMEOUT" },
    });
  });
});
