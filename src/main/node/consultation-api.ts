import { openCaseKey, openTexts, sealValue } from "../../app/case-keys.ts";
import type { Deps } from "../../app/deps.ts";
import type { Accounts } from "../../app/ports/accounts.ts";
import { inRegions, may } from "../../core/access/index.ts";
import {
  agendaOf,
  agendaPolicyOf,
  agendaSince,
  DISPUTE_WAYS,
  isMinutes,
  settledBy,
} from "../../core/consultation/index.ts";
import type { AgendaTopic, Decision, JudgedVersion } from "../../core/consultation/index.ts";
import type { AppApi, AppRefusal } from "../../http/index.ts";
import type { ConsultationView, RecordConsultationBody, TopicView } from "../../http/contract/index.ts";
import { err, ok, shanghaiDay } from "../../kernel/index.ts";
import type { CaseId, CommandId, ItemCode, RegionCode } from "../../kernel/index.ts";
import type { ConsultationRow, ConsultationStore } from "../../storage/index.ts";
import type { CatalogueDesk } from "../catalogue/catalogue-desk.ts";
import { catalogueOfVersion } from "../catalogue/kept-catalogue.ts";
import { proposeDecision } from "../catalogue/propose-decision.ts";
import type { ProposeRefusal } from "../catalogue/propose-decision.ts";
import type { RuleBook } from "../rules.ts";
import { problemLine } from "./seed-error.ts";

/** What of a consultation is kept in clear: codes, the decision, what was proposed. */
export type ConsultationBody = {
  readonly decision: Decision;
  readonly version: string;
  readonly digest: string;
  readonly requestNos: readonly string[];
};

export type ConsultationPorts = {
  readonly deps: Pick<Deps, "queries" | "keys" | "clock" | "node">;
  readonly rules: () => RuleBook;
  readonly desk: CatalogueDesk;
  readonly store: ConsultationStore<ConsultationBody>;
  readonly accounts: Pick<Accounts, "users">;
};

type ConsultationApi = Pick<AppApi, "consultations" | "recordConsultation">;

/** So many requests of a topic are listed; the others are counted. */
const MATTERS_MOST = 200;
const TEXTS = ["tookPart", "minutes"] as const;

/** The agenda of both sides as this desk's own log has it, what was decided, and the row that a decision proposes. @req REQ-35 @req REQ-36 @req REQ-37 */
export function consultationApi(ports: ConsultationPorts): ConsultationApi {
  const { deps, rules, store } = ports;
  const judgedVersions = openJudgedVersions(ports.desk);
  const topicsNow = async (regions: readonly RegionCode[]): Promise<readonly AgendaTopic[]> => {
    const policy = agendaPolicyOf(rules().catalogue.policies);
    const at = deps.clock.now();
    const found = await deps.queries.disputed(agendaSince(at, policy));
    return agendaOf(found, settledBy(await judgedVersions()), policy, at).filter(({ division }) =>
      inRegions(regions, division),
    );
  };
  return {
    consultations: async (actor) => {
      if (!may(actor, "readAgenda", null)) return err({ code: "FORBIDDEN" });
      const held = await store.consultations();
      const topics = await topicsNow(actor.regions);
      const views = await heldViews(ports, held);
      return ok({
        policy: agendaPolicyOf(rules().catalogue.policies),
        topics: topics.map((topic) => topicView(rules(), topic, views)),
        held: views,
      });
    },
    recordConsultation: async (actor, id, body) => {
      if (!may(actor, "recordConsultation", { place: deps.node.home, units: [] })) return err({ code: "FORBIDDEN" });
      const held = await store.consultations();
      const before = held.find((one) => one.id === id);
      if (before !== undefined) return ok({ id, version: before.body.version, digest: before.body.digest });
      const at = deps.clock.now();
      const wrong = dayRefusal(body, shanghaiDay(at));
      if (wrong !== null) return err(wrong);
      const decision = decisionOf(body);
      const topics = await topicsNow([deps.node.home]);
      const behind = topics.filter(({ item }) => item === body.item);
      const requestNos = behind.flatMap(({ matters }) => matters.map(({ requestNo }) => requestNo));
      const proposed = await proposeDecision(ports.desk, deps.node.home, decision);
      if (!proposed.ok) return err(refusalOf(proposed.error));
      const sealed = await sealTexts(deps.keys, id, body);
      await store.save({
        id,
        heldOn: body.heldOn,
        item: body.item,
        recordedAt: at,
        recordedBy: actor.id,
        body: { decision, ...proposed.value, requestNos: [...new Set(requestNos)] },
        ...sealed,
      });
      return ok({ id, ...proposed.value });
    },
  };
}

type Held = ConsultationRow<ConsultationBody>;

/** Reads every version that was ever judged by once: what a version says never changes. */
function openJudgedVersions({ versions }: Pick<CatalogueDesk, "versions">): () => Promise<readonly JudgedVersion[]> {
  const known = new Map<string, JudgedVersion["items"]>();
  return async () => {
    const judged: JudgedVersion[] = [];
    for (const { version, inForceAt } of await versions.versions()) {
      if (inForceAt === null) continue;
      const items = known.get(version) ?? (await minutesIn(versions, version));
      known.set(version, items);
      judged.push({ inForceAt, items });
    }
    return judged;
  };
}

async function minutesIn(versions: CatalogueDesk["versions"], version: string): Promise<JudgedVersion["items"]> {
  const kept = await versions.findVersion(version);
  if (kept === null) return [];
  const { items } = await catalogueOfVersion(versions, kept);
  return items.flatMap(({ code, document }) => (isMinutes(document) ? [{ code, document }] : []));
}

/** A meeting that has not been is no ground, and a row from before it would have been judged by without it. */
function dayRefusal({ heldOn, validFrom }: RecordConsultationBody, today: string): AppRefusal | null {
  return heldOn > today || validFrom < heldOn ? { code: "CONSULTATION_DAYS", params: { heldOn, validFrom } } : null;
}

function decisionOf({
  item,
  side,
  rule,
  unitKind,
  heldOn,
  number,
  titleZh,
  titleEn,
  issuer,
  validFrom,
}: RecordConsultationBody): Decision {
  const minutes = { titleZh, titleEn, number, issuer, heldOn };
  return { item: item as ItemCode, side, rule, unitKind: unitKind ?? null, minutes, validFrom };
}

function refusalOf(refusal: ProposeRefusal): AppRefusal {
  const { code, ...rest } = refusal;
  return "problems" in rest
    ? { code, params: { problems: rest.problems.map(problemLine).join("; ") } }
    : { code, params: rest };
}

async function sealTexts(keys: Deps["keys"], id: CommandId, body: RecordConsultationBody) {
  const key = await openCaseKey(keys, parseContext(id), null);
  const boxes = TEXTS.map((name) => [name, hexOf(sealValue(keys, key, name, 1, body[name]).row.box)] as const);
  return { wrapped: key.wrapped, boxes: Object.fromEntries(boxes) };
}

/** What its texts are locked to: the id of the consultation, as those of a request to its own. */
function parseContext(id: string): CaseId {
  return id as CaseId;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

async function heldViews(
  { deps, rules, desk, accounts }: ConsultationPorts,
  held: readonly Held[],
): Promise<ConsultationView[]> {
  const states = new Map((await desk.versions.versions()).map(({ version, state }) => [version, state]));
  const names = new Map<string, string>((await accounts.users()).map(({ id, displayName }) => [id, displayName]));
  return Promise.all(
    held.map(async ({ id, heldOn, item, recordedAt, recordedBy, body, wrapped, boxes }) => {
      const caseId = parseContext(id);
      const key = await openCaseKey(deps.keys, caseId, wrapped);
      const rows = TEXTS.map((field) => ({ caseId, field, version: 1, box: Buffer.from(boxes[field] ?? "", "hex") }));
      const texts = openTexts(deps.keys, key, rows);
      const { side, rule, minutes, validFrom } = body.decision;
      return {
        ...itemNames(rules(), item),
        id,
        heldOn,
        side,
        rule,
        validFrom,
        recordedAt,
        number: minutes.number,
        titleZh: minutes.titleZh,
        issuer: minutes.issuer,
        item,
        version: body.version,
        versionState: states.get(body.version) ?? null,
        requestNos: [...body.requestNos],
        recordedBy: names.get(recordedBy) ?? null,
        tookPart: texts.get("tookPart/1") ?? "",
        minutes: texts.get("minutes/1") ?? "",
      };
    }),
  );
}

function itemNames(rules: RuleBook, item: string | null) {
  const found = item === null ? null : rules.item(item);
  return { itemName: found?.nameZh ?? null, itemNameEn: found?.nameEn ?? null };
}

/** A decision that one desk wrote down settles nothing before both have signed its row: it is named where the matter still stands. */
function decidedOn({ item, settledAt }: AgendaTopic, held: readonly ConsultationView[]): string | null {
  const waits = held.filter(
    (one) => one.item === item && one.versionState === "draft" && (settledAt === null || one.recordedAt > settledAt),
  );
  return (
    waits
      .map(({ heldOn }) => heldOn)
      .toSorted()
      .at(-1) ?? null
  );
}

function topicView(rules: RuleBook, topic: AgendaTopic, held: readonly ConsultationView[]): TopicView {
  const { item, division, requests, ways, firstAt, lastAt, settledAt, matters } = topic;
  return {
    ...itemNames(rules, item),
    division,
    divisionName: division === null ? null : rules.placeName(division),
    item,
    requests,
    firstAt,
    lastAt,
    settledAt,
    decidedOn: decidedOn(topic, held),
    ways: DISPUTE_WAYS.flatMap((way) => (ways[way] === undefined ? [] : [{ way, of: ways[way] }])),
    matters: matters
      .slice(0, MATTERS_MOST)
      .map(({ requestNo, linkageId, peer, at, ways: how }) => ({ requestNo, linkageId, peer, at, ways: [...how] })),
    more: Math.max(0, matters.length - MATTERS_MOST),
  };
}

/** A kept consultation was ours when written; a row without a decision is damaged: it throws. */
export function parseConsultation(value: unknown): ConsultationBody {
  if (typeof value !== "object" || value === null || !("decision" in value) || !("version" in value))
    throw new Error("a kept consultation without its decision");
  return value as ConsultationBody;
}
