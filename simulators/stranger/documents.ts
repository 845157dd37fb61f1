import { canonical, sm3Of } from "./canonical.ts";
import type { Configuration } from "./configuration.ts";
import { type JsonObject, numberIn, objectIn, parseJson, parseObject, textIn } from "./json.ts";
import type { Memory } from "./memory.ts";
import { PROTOCOLS, type Pinned, type Refusal } from "./inbox.ts";
import { isSignedDocument, type Keys, signDocument } from "./signature.ts";

/** The protocol versions in which the forms of these documents were fixed (linkage-exchange 12). */
const REQUEST_FORM = 4;
const APPROVAL_FORM = 3;
const FIVE_MINUTES_MS = 5 * 60_000;
const MOST_APPROVALS = 64;

/** What this node is and can (linkage-exchange 11). */
export function capabilityOf(configuration: Configuration, keys: Keys, now: Date): JsonObject {
  return signDocument(
    {
      protocol: PROTOCOLS.max,
      nodeCode: configuration.nodeCode,
      side: "police",
      regions: configuration.regions,
      protocols: PROTOCOLS,
      carriers: ["http-api"],
      kinds: ["clear", "afterInitialResponse", "urgent", "notice", "support"],
      catalogueVersion: configuration.catalogueVersion,
      publicKey: keys.publicKey,
      keyId: keys.keyId,
      dutyPhone: configuration.dutyPhone,
      softwareVersion: "stranger",
      issuedAt: now.toISOString(),
    },
    keys,
  );
}

/** The peer's range, when the document is by the pinned key; undefined when it is not to be believed. */
export function readCapability(
  document: unknown,
  pinned: Pinned,
): { readonly min: number; readonly max: number } | undefined {
  const capability = parseObject(document);
  if (capability === undefined || textIn(capability, "nodeCode") !== pinned.nodeCode) return undefined;
  if (textIn(capability, "publicKey") !== pinned.publicKey || !isSignedDocument(capability, pinned.publicKey))
    return undefined;
  const protocols = objectIn(capability, "protocols");
  const min = numberIn(protocols, "min");
  const max = numberIn(protocols, "max");
  return min === undefined || max === undefined ? undefined : { min, max };
}

/** A signed question for one version (linkage-exchange 12.1.6). */
export function catalogueRequest(
  version: string,
  configuration: Configuration,
  pinned: Pinned,
  keys: Keys,
): JsonObject {
  const { nodeCode: sender } = configuration;
  const { keyId } = keys;
  const form = { protocol: REQUEST_FORM, type: "catalogueRequest", sender, receiver: pinned.nodeCode, version, keyId };
  return signDocument(form, keys);
}

/** The files of a fetched version, when it is the one that was asked for (linkage-exchange 12.1.2 to 12.1.4). */
export function readCatalogue(
  document: unknown,
  version: string,
  pinned: Pinned,
  memory: Memory,
): JsonObject | undefined {
  const answer = parseObject(document);
  if (answer === undefined || !isSignedDocument(answer, pinned.publicKey)) return undefined;
  const content = parseObject(parseJson(textIn(answer, "content") ?? ""));
  const files = objectIn(content, "files");
  if (content === undefined || files === undefined) return undefined;
  if (textIn(answer, "version") !== version || textIn(content, "version") !== version) return undefined;
  const base = textIn(content, "base");
  const baseDigest = base === undefined ? "none" : textIn(memory.catalogues[base], "digest");
  return baseDigest !== undefined && versionDigest(baseDigest, files) === textIn(content, "digest")
    ? content
    : undefined;
}

/** SM3 over the base and every file with its length, in the order of their names (linkage-exchange 12.1.3). */
export function versionDigest(baseDigest: string, files: JsonObject): string {
  const parts = [Buffer.from(`base ${baseDigest}\n`, "utf8")];
  for (const name of Object.keys(files).sort()) {
    const bytes = Buffer.from(textIn(files, name) ?? "", "base64");
    parts.push(Buffer.from(`${name} ${bytes.length}\n`, "utf8"), bytes);
  }
  return sm3Of(Buffer.concat(parts));
}

/** Answers a signed question for a version, or says why not. */
export function answerCatalogueRequest(
  raw: unknown,
  configuration: Configuration,
  pinned: Pinned | null,
  memory: Memory,
  keys: Keys,
): JsonObject | Refusal {
  const request = parseObject(raw) ?? {};
  const fault = faultOfDocument(request, "catalogueRequest", REQUEST_FORM, configuration, pinned);
  if (fault !== undefined) return fault;
  const version = textIn(request, "version") ?? "";
  const content = memory.catalogues[version];
  if (content === undefined) return { http: 404, code: "EXCHANGE_CATALOGUE_UNKNOWN" };
  const { nodeCode } = configuration;
  return signDocument(
    { protocol: PROTOCOLS.max, nodeCode, version, content: canonical(content), keyId: keys.keyId },
    keys,
  );
}

/** Keeps an approval of the peer and says that it is held (linkage-exchange 12.2). This desk approves nothing itself. */
export function takeApproval(
  raw: unknown,
  configuration: Configuration,
  pinned: Pinned | null,
  memory: Memory,
  keys: Keys,
  now: Date,
): JsonObject | Refusal {
  const approval = parseObject(raw) ?? {};
  const fault = faultOfDocument(approval, "catalogueApproval", APPROVAL_FORM, configuration, pinned);
  if (fault !== undefined) return fault;
  const version = textIn(approval, "version");
  const digest = textIn(approval, "digest");
  const approvedAt = Date.parse(textIn(approval, "approvedAt") ?? "");
  if (version === undefined || digest === undefined || Number.isNaN(approvedAt))
    return { http: 400, code: "EXCHANGE_SCHEMA_INVALID", path: "/version" };
  const held = memory.approvals.some((one) => one["version"] === version && one["digest"] === digest);
  if (!held && approvedAt > now.getTime() + FIVE_MINUTES_MS) return { http: 409, code: "EXCHANGE_APPROVAL_AHEAD" };
  if (!held && memory.approvals.length >= MOST_APPROVALS) return { http: 409, code: "EXCHANGE_APPROVALS_FULL" };
  if (!held) memory.approvals.push(approval);
  return signDocument(
    {
      protocol: APPROVAL_FORM,
      type: "catalogueApprovalHeld",
      sender: configuration.nodeCode,
      receiver: textIn(approval, "sender") ?? "",
      version,
      digest,
      receivedAt: now.toISOString(),
      keyId: keys.keyId,
    },
    keys,
  );
}

function faultOfDocument(
  document: JsonObject,
  type: string,
  form: number,
  configuration: Configuration,
  pinned: Pinned | null,
): Refusal | undefined {
  if (textIn(document, "type") !== type) return { http: 400, code: "EXCHANGE_SCHEMA_INVALID", path: "/type" };
  if (numberIn(document, "protocol") !== form)
    return { http: 400, code: "EXCHANGE_PROTOCOL_UNSUPPORTED", path: "/protocol" };
  if (textIn(document, "receiver") !== configuration.nodeCode)
    return { http: 421, code: "EXCHANGE_WRONG_RECEIVER", path: "/receiver" };
  if (pinned === null || textIn(document, "sender") !== pinned.nodeCode)
    return { http: 403, code: "EXCHANGE_UNKNOWN_PEER", path: "/sender" };
  if (textIn(document, "keyId") !== pinned.keyId) return { http: 403, code: "EXCHANGE_KEY_UNKNOWN", path: "/keyId" };
  return isSignedDocument(document, pinned.publicKey) ? undefined : { http: 401, code: "EXCHANGE_SIGNATURE_WRONG" };
}
