import { CATALOGUE_COLUMNS, CATALOGUE_FILES, validateCatalogue } from "./index.ts";
import type { Catalogue, CatalogueFile, RawCatalogue, Sheet } from "./index.ts";

/** Head of the small catalogue. */
export const HEAD = {
  id: "small",
  version: "small@1",
  base: null,
  region: "150100",
  document: {
    titleZh: "小清单",
    titleEn: "Small list",
    number: "试〔2026〕1号",
    issuer: "某市",
    issuedOn: "2026-01-01",
  },
  validFrom: "2026-01-01",
  policies: { answerRateTarget: { value: 0.95, source: "nmg:a1.1" } },
  milestones: [{ due: "2026-12-31", titleZh: "完成", titleEn: "Done", source: "nmg:a1.1" }],
};

/** Rows as an official writes them, cells separated by bars; lines count from 2. */
const ROWS: Readonly<Record<CatalogueFile, readonly string[]>> = {
  "clauses.csv": [
    "nmg:a1.1|公共设施|Public facilities|REQ-88|公共设施类：路灯、井盖缺失；",
    "nmg:a2.7|涉警投诉|Complaints about the police|REQ-89",
    "nmg:a3.1|极端|Extreme acts|REQ-90",
    "nmg:a4.6|公共设施|Public facilities|REQ-92 REQ-94|公共设施类：井盖缺失（需公安机关临时设置警示标志）等；",
    "nmg:2.1|范围|Scope|",
  ],
  "classes.csv": [
    "A01|one|公共设施类|Public facilities|open|nmg:a1.1",
    "B07|two|涉警投诉举报|Complaints about the police|closed|nmg:a2.7",
    "C01|three|个人极端事件|Extreme acts|closed|nmg:a3.1",
    "D06|four|公共设施类|Public facilities|open|nmg:a4.6",
    "N00|neither|不属于两者|Neither desk's matter|open|nmg:2.1",
    "Z00|negotiate|未明确|Not settled|closed|nmg:2.1",
  ],
  "items.csv": [
    "A01-05|A01|公共设施类|Public facilities|路灯故障损坏|Street lamp out|ldgzsh|||hotline|hotlineHandles|ordinary||plan|nmg:a1.1|works||2026-01-01|",
    "A01-10|A01|公共设施类|Public facilities|井盖缺失|Manhole cover missing|jgqs||两处|hotline|hotlineHandles|ordinary||plan|nmg:a1.1|works||2026-01-01|2026-06-30",
    "B07-02|B07|涉警投诉举报|Complaints about the police|违法行使职权|Powers used unlawfully|wfxszq|正在发生||police|policeHandles|ordinary||plan|nmg:a2.7||station|2026-01-01|",
    "C01-01|C01|个人极端事件|Extreme acts|诉求人称有个人极端行为事件|Extreme act|sqrcygrjdxwsj|||both|urgentBoth|urgent|nmg:a3.1|plan|nmg:a3.1|duty|station|2026-01-01|",
    "D06-01|D06|公共设施类|Public facilities|井盖缺失|Manhole cover missing|jgqs|需公安机关临时设置警示标志||police|policeFirstThenHotline|urgent|default|plan|nmg:a4.6|works|station|2026-01-01|",
    "N00-01|N00|不属于两者|Neither desk's matter|诉讼|Court proceedings|ss|||neither|guide|ordinary||plan|nmg:2.1|||2026-01-01|",
    "Z00-01|Z00|未明确|Not settled|未明确|Not settled|wmq|||negotiate|negotiate|ordinary||plan|nmg:2.1|||2026-01-01|",
  ],
  "groups.csv": ["G01|路面设施|Things in the road|one four|A01-05 D06-01|两处"],
  "group-questions.csv": [
    "G01|G01-1|thing|坏的是路灯吗？|Is it a street lamp?|A01-05|G01-2|negotiate|plan|nmg:a1.1|路灯|",
    "G01|G01-2|condition|需要设置警示标志吗？|Is a warning sign needed?|D06-01|negotiate|D06-01|plan|nmg:a4.6|井盖缺失…警示标志|",
  ],
  "channels.csv": ["phone|电话|Telephone|both|yes|no|nmg:2.1|plan"],
  "exclusions.csv": ["litigation|N00-01|诉讼|Court proceedings|hotline|no|nmg:2.1|plan"],
  "guidance-reasons.csv": ["N00-01|诉讼|Court proceedings|人民法院|The court|nmg:2.1|default"],
  "request-kinds.csv": ["inquiry|咨询|Inquiry|hotline|nmg:2.1|plan"],
  "fields.csv": ["publicServices|公共服务|Public services|nmg:2.1|plan"],
  "requester-types.csv": ["person|群众|Person|nmg:2.1|plan"],
  "return-reasons.csv": ["outOfScope|不属本方受理范围|Outside our scope|nmg:2.1|default"],
  "withdraw-reasons.csv": ["takeBack|收回|Taken back|nmg:2.1|default"],
  "resolutions.csv": ["resolved|已解决|Resolved|hotline|nmg:2.1|default"],
  "unit-kinds.csv": [
    "works|市政|Works|hotline|nmg:2.1|default",
    "duty|值班室|Duty desk|hotline|nmg:2.1|default",
    "station|派出所|Police station|police|nmg:2.1|default",
  ],
  "limits.csv": [
    "reply-general|reply||||||5|workingDays|office|yes|10||standard||nmg:2.1|default|2026-01-01|",
    "reply-manhole|reply|||A01-10|||2|workingDays|office|yes|0||standard||nmg:2.1|default|2026-01-01|2026-06-30",
    "reply-police|reply|urgent|police||B07||4|naturalHours|office|no|0|30|standard||nmg:2.1|default|2026-01-01|",
    "callback-old|callback||||||2|workingDays|office|no|0||standard||nmg:2.1|default|2025-01-01|2025-12-31",
    "callback-new|callback||||||1|workingDays|office|no|0||standard||nmg:2.1|default|2026-01-01|",
  ],
  "clock-marks.csv": [
    "standard-reminder|standard|reminder|2880|owner|nmg:2.1|default",
    "standard-overdue|standard|overdue|1440|supervisor|nmg:2.1|default",
  ],
};

/** A sheet of rows written as cells separated by bars. */
export function sheetOf(file: CatalogueFile, rows: readonly string[]): Sheet {
  const columns: readonly string[] = CATALOGUE_COLUMNS[file];
  return {
    file,
    columns,
    rows: rows.map((row, i) => {
      const cells = row.split("|");
      return { line: i + 2, cells: Object.fromEntries(columns.map((column, c) => [column, cells[c] ?? ""])) };
    }),
  };
}

/** The small catalogue with the text `from` replaced by `to` in one file. */
export function aCatalogue(change?: { file: CatalogueFile; from: string; to: string }): RawCatalogue {
  if (change !== undefined && !ROWS[change.file].some((row) => row.includes(change.from)))
    throw new Error(`not there: ${change.from}`);
  const sheets = Object.fromEntries(
    CATALOGUE_FILES.map((file) => {
      const rows = ROWS[file].map((row) => (change?.file === file ? row.replace(change.from, change.to) : row));
      return [file, sheetOf(file, rows)];
    }),
  );
  return { head: HEAD, sheets };
}

/** The catalogue of a raw one that must be good. */
export function valid(raw: RawCatalogue = aCatalogue()): Catalogue {
  const result = validateCatalogue(raw);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
