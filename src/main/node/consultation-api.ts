import { openCaseKey, openTexts, sealValue } from "../../app/case-keys.ts";
import type { Deps } from "../../app/deps.ts";
import type { Accounts } from "../../app/ports/accounts.ts";
import { inRegions, may } from "../../core/access/index.ts";
import type { Catalogue } from "../../core/catalogue/index.ts";
import { agendaOf, agendaPolicyOf, agendaSince, DISPUTE_WAYS } from "../../core/consultation/index.ts";
import type { AgendaTopic, Decision, Settled } from "../../core/consultation/index.ts";
import type { AppApi, AppRefusal } from "../../http/index.ts";
import type { ConsultationView, RecordConsultationBody, TopicView } from "../../http/contract/index.ts";
import { dayNumber, err, instantOf, ok, shanghaiDay, startOfDay } from "../../kernel/index.ts";
import type { CaseId, CommandId, Instant, ItemCode, RegionCode } from "../../kernel/index.ts";
import type { ConsultationRow, ConsultationStore } from "../../storage/index.ts";
import type { CatalogueDesk } from "../catalogue/catalogue-desk.ts";
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
  const topicsNow = async (regions: readonly RegionCode[], held: readonly Held[]): Promise<readonly AgendaTopic[]> => {
    const { catalogue } = rules();
    const policy = agendaPolicyOf(catalogue.policies);
    const at = deps.clock.now();
    const found = await deps.queries.disputed(agendaSince(at, policy));
    const settled = [...held.map(settledBy), ...(await settledByCatalogue(ports.desk, catalogue))];
    return agendaOf(found, settled, policy, at).filter(({ division }) => inRegions(regions, division));
  };
  return {
    consultations: async (actor) => {
      if (!may(actor, "readAgenda", null)) return err({ code: "FORBIDDEN" });
      const held = await store.consultations();
      const topics = await topicsNow(actor.regions, held);
      return ok({
        policy: agendaPolicyOf(rules().catalogue.policies),
        topics: topics.map((topic) => topicView(rules(), topic)),
        held: await heldViews(ports, held),
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
      const topics = await topicsNow([deps.node.home], held);
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

function settledBy({ item, recordedAt }: Held): Settled {
  return { item: item as ItemCode, at: recordedAt };
}

/** What the other desk wrote down is known here by its row, once both have signed it. */
async function settledByCatalogue(
  { versions }: CatalogueDesk,
  { items, head }: Catalogue,
): Promise<readonly Settled[]> {
  const current = await versions.inForce();
  return items.flatMap(({ code, document, validFrom }): readonly Settled[] => {
    if (document === null || !document.startsWith("minutes-")) return [];
    const since = validFrom === head.validFrom ? (current?.inForceAt ?? null) : null;
    return [{ item: code, at: since ?? startOf(validFrom) }];
  });
}

function startOf(day: string): Instant {
  return instantOf(startOfDay(dayNumber(day)));
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

function topicView(rules: RuleBook, topic: AgendaTopic): TopicView {
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
