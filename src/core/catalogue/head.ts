import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result } from "../../kernel/index.ts";
import type { CatalogueHead, Milestone, Policies } from "./catalogue.ts";
import { isDay } from "./sheet.ts";
import type { CatalogueProblem } from "./sheet.ts";

/** File name under which problems of the head are reported. */
export const HEAD_FILE = "catalogue.yaml";

const HEAD_KEYS = ["id", "version", "base", "region", "document", "validFrom", "policies", "milestones"];

type Fields = Readonly<Record<string, unknown>>;

const VERSION = /^([a-z0-9-]+)@[1-9]\d*$/;

/** Whether a text names a version of a catalogue: `id@n`. */
export function isCatalogueVersion(text: string): boolean {
  return text.length <= 200 && VERSION.test(text);
}

/** What each policy may say. `list` = a list of one or more of the words, `rate` = a share from 0 to 1, `count` = a whole number between two. */
const POLICY_VALUES = {
  matterList: { one: ["annex", "leftToCities"] },
  policeFirstWhen: { list: ["life", "property", "publicOrder", "publicSafety"] },
  onlineForward: { list: ["policeToHotline", "hotlineToPolice"] },
  jointConference: { one: ["regular", "quarterly"] },
  assessment: { one: ["threeCases", "acceptingPlatform"] },
  answerRateMergeBelow: { rate: true },
  answerRateTarget: { rate: true },
  eventNotice: { one: ["mutual"] },
  dutyPhoneDirectory: { one: ["required"] },
  bulkUse: { one: ["required"] },
  hotlineMergeWhen: { list: ["notAroundTheClock", "answerRateBelow", "noCallCentreSystem"] },
  threeWayCall: { one: ["prescribed", "allowed"] },
  stabilityPush: { list: ["clue", "person"] },
  onSiteHandling: { one: ["required", "urgentOnly"] },
  seatSupportBy: { one: ["hotlineAuthority", "superiorHotlineAndPolice"] },
  staffExchange: { one: ["named", "whereAble"] },
  sharingWays: { list: ["serviceInterface", "intermediateDatabase", "openData"] },
  exclusionList: { one: ["named"] },
  knowledgeBase: { one: ["shared"] },
  expertBase: { one: ["shared"] },
  intelligentMeans: { one: ["named"] },
  measureDeadlines: { one: ["overall", "perMeasure"] },
  dutyUnits: { one: ["memberUnits", "leftToCities"] },
  dutyArbiter: { one: ["hotline", "police"] },
  pauseDays: { count: [1, 366] },
  pauseRemindDays: { count: [1, 366] },
  awaitDays: { count: [1, 366] },
  awaitTimes: { count: [0, 100] },
  handOverReceiptMinutes: { count: [1, 1440] },
  handOverAnswerMinutes: { count: [1, 10080] },
  handOverAnswerAtSenderMinutes: { count: [1, 10080] },
  returnDecideMinutes: { count: [1, 10080] },
  negotiationMinutes: { count: [1, 10080] },
  arbiterMinutes: { count: [1, 10080] },
  arbiterRepeatMinutes: { count: [1, 10080] },
  acceptConfirmMinutes: { count: [1, 1440] },
  answerOwedMinutes: { count: [1, 1440] },
  consultationTimes: { count: [2, 1000] },
  consultationDays: { count: [7, 366] },
} as const satisfies Record<keyof Policies, PolicyRule>;

type PolicyRule =
  | { readonly one: readonly string[] }
  | { readonly list: readonly string[] }
  | { readonly rate: true }
  | { readonly count: readonly [least: number, most: number] };

/**
 * Reads the head of a catalogue (catalogue.yaml) from an unknown value.
 * Errors: HEAD_SHAPE with the path of the wrong or unknown value, DAY_UNKNOWN for a day that does not exist.
 */
export function parseHead(raw: unknown): Result<CatalogueHead, readonly CatalogueProblem[]> {
  const file = HEAD_FILE;
  const problems: CatalogueProblem[] = [];
  const wrong = (path: string): void => {
    problems.push({ file, row: null, code: "HEAD_SHAPE", detail: path });
  };
  if (!isFields(raw)) return err([{ file, row: null, code: "HEAD_SHAPE", detail: "the file is not a mapping" }]);
  const known = (from: Fields, keys: readonly string[], path: string): void => {
    for (const key of Object.keys(from)) if (!keys.includes(key)) wrong(path + key);
  };
  const text = (from: Fields, key: string, path: string): string => {
    const value = from[key];
    if (typeof value === "string" && value.trim() !== "") return value;
    wrong(path + key);
    return "";
  };
  const day = (from: Fields, key: string, path: string): string => {
    const value = text(from, key, path);
    if (value !== "" && !isDay(value)) problems.push({ file, row: null, code: "DAY_UNKNOWN", detail: path + key });
    return value;
  };
  const paper = isFields(raw["document"]) ? raw["document"] : {};
  known(raw, HEAD_KEYS, "");
  known(paper, ["titleZh", "titleEn", "number", "issuer", "issuedOn"], "document.");
  const id = text(raw, "id", "");
  const version = text(raw, "version", "");
  if (VERSION.exec(version)?.[1] !== id) wrong("version");
  const base = raw["base"] === null ? null : text(raw, "base", "");
  if (base !== null && !VERSION.test(base)) wrong("base");
  const region = text(raw, "region", "");
  if (!/^\d{6}$/.test(region)) wrong("region");
  const head: CatalogueHead = {
    id,
    version,
    base,
    region: region as RegionCode,
    document: {
      titleZh: text(paper, "titleZh", "document."),
      titleEn: text(paper, "titleEn", "document."),
      number: paper["number"] === null ? null : text(paper, "number", "document."),
      issuer: text(paper, "issuer", "document."),
      issuedOn: day(paper, "issuedOn", "document."),
    },
    validFrom: day(raw, "validFrom", ""),
    policies: parsePolicies(raw["policies"], wrong),
    milestones: readMilestones(raw["milestones"], text, day, known, wrong),
  };
  return problems.length > 0 ? err(problems) : ok(head);
}

function parsePolicies(raw: unknown, wrong: (path: string) => void): Partial<Policies> {
  if (!isFields(raw)) {
    wrong("policies");
    return {};
  }
  const rules: Readonly<Record<string, PolicyRule>> = POLICY_VALUES;
  for (const [name, policy] of Object.entries(raw)) {
    const rule = rules[name];
    const good = rule !== undefined && (policy === null || (isFields(policy) && fits(policy, rule)));
    if (!good) wrong(`policies.${name}`);
  }
  return raw as Partial<Policies>;
}

function fits(policy: Fields, rule: PolicyRule): boolean {
  const { value, source } = policy;
  if (typeof source !== "string" || source === "") return false;
  // Only how long something may stand is proposed by nobody's plan.
  if (source === "default" && !("count" in rule)) return false;
  if ("rate" in rule) return typeof value === "number" && value >= 0 && value <= 1;
  if ("count" in rule) {
    const [least, most] = rule.count;
    return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
  }
  if ("list" in rule)
    return Array.isArray(value) && value.length > 0 && value.every((word) => rule.list.includes(word));
  return typeof value === "string" && rule.one.includes(value);
}

type Reading = (from: Fields, key: string, path: string) => string;

type Known = (from: Fields, keys: readonly string[], path: string) => void;

function readMilestones(
  raw: unknown,
  text: Reading,
  day: Reading,
  known: Known,
  wrong: (path: string) => void,
): Milestone[] {
  if (!Array.isArray(raw)) {
    wrong("milestones");
    return [];
  }
  return raw.map((row: unknown, i) => {
    const from = isFields(row) ? row : {};
    const path = `milestones.${i}.`;
    known(from, ["due", "titleZh", "titleEn", "source"], path);
    return {
      due: day(from, "due", path),
      titleZh: text(from, "titleZh", path),
      titleEn: text(from, "titleEn", path),
      source: text(from, "source", path),
    };
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
