import type { CatalogueProblem, CatalogueProblemCode } from "../../core/catalogue/index.ts";

/** What each rule means to whoever filled in the sheet: Chinese first, English second. A rule without words does not compile. */
const WORDS: Readonly<Record<CatalogueProblemCode, readonly [string, string]>> = {
  FILE_MISSING: ["没有这个文件", "there is no such file"],
  FILE_UNREADABLE: ["文件读不出来：请另存为“CSV UTF-8”", "the file cannot be read: save it as CSV UTF-8"],
  FILE_UNKNOWN: ["文件夹里有不认识的文件", "a file in the folder is not known"],
  HEAD_SHAPE: ["catalogue.yaml 的写法不对", "catalogue.yaml is not written as it should be"],
  DANGER_LOST: [
    "方案写明的险情须由110先行处置且为紧急，不得改归12345或改为普通",
    "danger by the plan stays urgent and with 110: no agreement takes it away",
  ],
  LIMIT_URGENT: [
    "紧急事项的时限不得暂停，也不得长于同一事项不紧急时的时限",
    "the time for what is urgent cannot stand still, nor be longer than without the haste",
  ],
  PLAN_DIFFERS: [
    "方案原文的事项不得增删改：地方另有规定的，写在以它为 base 的文件夹里，并注明文件",
    "what the plan prints is not added to, changed or left out: what a place has agreed stands in a folder that rests on it, with its document",
  ],
  SOURCE_UNKNOWN: ["依据的条款不在 clauses.csv 里", "the clause is not in clauses.csv"],
  DOCUMENT_UNKNOWN: ["没有登记这份文件", "no such document"],
  GROUP_UNKNOWN: ["没有这个并列事项组", "no such group of matters"],
  QUESTION_UNKNOWN: ["没有这个追问", "no such question"],
  HOURS_UNKNOWN: ["日历里没有这个工作时间", "no such hours in the calendar"],
  MARKS_UNKNOWN: ["没有这组提示", "no such marks"],
  FILE_EMPTY: ["表中没有数据行", "the sheet has no rows"],
  COLUMN_MISSING: ["缺少这一列", "this column is missing"],
  COLUMN_UNKNOWN: ["多出不认识的列", "this column is not known"],
  CELL_EMPTY: ["必填单元格为空", "a cell that must be filled is empty"],
  CELL_BLANKS: ["单元格首尾有空格", "the cell begins or ends with a blank"],
  CODE_SHAPE: ["格式不对（是否被表格软件改写）", "wrong form (did the spreadsheet rewrite it?)"],
  CODE_DUPLICATE: ["代码重复", "the code stands there twice"],
  VALUE_UNKNOWN: ["不是允许的取值", "not one of the values allowed"],
  DAY_UNKNOWN: ["日期应写成 yyyy-mm-dd", "a day is written yyyy-mm-dd"],
  PERIOD_REVERSED: ["止日早于起日", "the period ends before it begins"],
  UNIT_KIND_UNKNOWN: ["单位类别不在事项目录中", "no such kind of unit in the catalogue"],
  UNIT_KIND_WRONG_SIDE: ["单位类别属于另一方", "this kind belongs to the other side"],
  ITEM_UNKNOWN: ["没有这个事项", "no such item"],
  CLASS_UNKNOWN: ["没有这个类别", "no such class"],
  PARENT_UNKNOWN: [
    "上级单位不存在、属于另一方或层级更低",
    "the unit above is missing, of the other side or of a lower tier",
  ],
  PARENT_CYCLE: ["单位成了自己的上级", "a unit above itself"],
  REGION_UNKNOWN: ["没有这个区划，或与层级不符", "no such division, or not of this tier"],
  UNIT_UNKNOWN: ["没有这个单位", "no such unit"],
  SHIFT_UNKNOWN: ["没有这个班次", "no such shift"],
  CHECK_CHARACTER: ["统一社会信用代码校验位不对", "the check character of the credit code is wrong"],
  SUCCESSOR_UNFIT: [
    "接替单位不合适：属于另一方、是其本身，或最终也已撤销",
    "the successor is of the other side, the unit itself, or in the end retired too",
  ],
  PHONE_DIFFERS: ["核实的号码不是该单位的值班电话", "the number verified is not the unit's duty phone"],
  PERIOD_OVERLAP: [
    "同一单位对同一事项、同一区域的时段与另一行重叠",
    "the unit serves this matter in this area by another row at the same time",
  ],
  ROW_DUPLICATE: ["与前面一行完全相同", "it says again what a row above it says"],
  STEP_TO_ITSELF: [
    "升级后仍是本单位：无人接听时会一直打同一部电话",
    "the step leads to the unit itself: nobody else would be rung",
  ],
  DAY_FUTURE: ["核实日期还没有到", "the day of verification has not come"],
  LEAD_WRONG_SIDE: [
    "该事项按目录只归另一方办理，本单位不能主办",
    "by the catalogue the matter is the other side's alone: this unit cannot lead it",
  ],
  DESK_UNKNOWN: ["没有这个平台", "no such desk"],
  POLICIES_CONTRADICT: [
    "两个时限前后矛盾：较短的比较长的还长",
    "two limits contradict: the shorter is longer than the longer",
  ],
  BASE_DIFFERS: ["所依据的上级目录不是这一份", "it rests on another catalogue than this one"],
  VERSION_TAKEN: ["这个版本号在本平台已被另一内容占用", "this version number has another content here already"],
  VERSION_TAKEN_THERE: [
    "对方已用这个版本号签署了另一内容",
    "another desk has signed another content under this version number",
  ],
  VERSION_DIFFERS: ["取来的不是所要的版本", "what was fetched is not the version asked for"],
  DIGEST_DIFFERS: ["取来的内容与其摘要不符", "what was fetched differs from its digest"],
  OVERRIDE_NO_DOCUMENT: [
    "要改上级方案的值，须写明允许修改的文件",
    "a value of the plan is changed only with the document that allows it",
  ],
  OVERRIDE_UNKNOWN: ["要改或停用的行在上级目录中不存在", "the row to be changed or ended is not in the base"],
  OVERRIDE_EXISTS: [
    "要新增的行在上级目录中已有：请改用 replace",
    "the row to be added is in the base already: use replace",
  ],
  OVERRIDE_BASIS: [
    "依据不成立：自定的行不能写成方案原文",
    "the basis does not hold: a row of one's own is not by the plan",
  ],
  OVERRIDE_GAP: [
    "起日晚于本版本生效日，其间该行会空缺",
    "it begins after this version takes effect: until then the row would be missing",
  ],
  DOCUMENT_LATER: ["所依据的文件晚于生效日", "the document is younger than the day from which it is to hold"],
  PART_THREE_ENDED: [
    "附件第三部分（危及生命安全）的行不得停用",
    "a row of part three (danger to life) cannot be ended",
  ],
  CLASS_NAME_DIFFERS: ["类别名称与类别表不一致", "the class is named otherwise in the sheet of classes"],
  CLASS_EMPTY: ["类别下没有事项", "the class has no item"],
  CLASS_PART_DIFFERS: ["类别代码与所属部分不符", "the code of the class does not fit its part"],
  CLASS_CLOSED: ["该类别按方案只含所列事项，不能有“其他”", "by the plan this class is closed: it has no “other”"],
  SIDE_NOT_OF_MODE: ["办理方与办理方式不符", "the side does not fit the mode"],
  MODE_NOT_OF_PART: ["办理方式与附件所属部分不符", "the mode does not fit the part of the annex"],
  URGENCY_UNEXPLAINED: ["紧急程度与其依据须同时填写或同时留空", "urgency and its source stand together or not at all"],
  PART_THREE_NOT_URGENT: [
    "附件第三部分（危及生命安全）的行必须是紧急",
    "a row of part three (danger to life) must be urgent",
  ],
  LEGAL_EYE_NEEDED: ["该不受理情形须由人作法律判断", "this exclusion needs a legal eye"],
  UNIT_KIND_MISSING: ["办理方没有写单位类别", "the side that acts has no kind of unit"],
  ITEM_ENDED: ["组内事项已停用", "an item of the group has ended"],
  GROUP_EMPTY: ["并列事项组没有追问", "the group has no question"],
  GROUP_PARTS_DIFFER: ["组所涉部分与其事项不符", "the parts of the group are not those of its items"],
  GROUP_ITEM_UNREACHED: ["没有一条追问路径能到达该事项", "no answer leads to this item"],
  QUESTION_UNREACHABLE: ["没有路径能问到这个追问", "nothing leads to this question"],
  QUESTION_LOOP: ["追问绕成了圈", "the questions go in a circle"],
  CRITERION_MISSING: ["依方案的追问须写明方案的判别原文", "a question by the plan needs the plan's criterion"],
  CRITERION_NOT_IN_SOURCE: ["判别原文不在所引条款中", "the criterion does not stand in the clause it names"],
  TWIN_UNGROUPED: ["同名事项没有归入并列事项组", "two items of one name stand in no group"],
  EXCLUSION_BINDS_POLICE: ["不受理清单只约束12345，不能用于110", "the exclusion list bounds 12345 only, never 110"],
  LIMIT_AMBIGUOUS: ["时限规则有歧义：两行同样适用", "the limit is ambiguous: two rows fit equally"],
  SHIFT_OVERLAP: ["班次时间重叠", "shifts overlap"],
  YEAR_UNKNOWN: ["日历里没有这一年", "the calendar has no such year"],
};

/** One line for a person at a terminal. */
export function problemLine({ file, row, code, detail }: CatalogueProblem): string {
  const [zh, en] = WORDS[code];
  return `${file}${row === null ? "" : `:${row}`} ${code} ${zh} / ${en}: ${detail}`;
}

/** The report as a sheet that opens in a spreadsheet program: file, row, rule, words and what stood there. */
export function problemSheet(problems: readonly CatalogueProblem[]): string {
  const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = problems.map(({ file, row, code, detail }) => {
    const [zh, en] = WORDS[code];
    return [file, row === null ? "" : String(row), code, zh, en, detail].map(quoted).join(",");
  });
  return `\ufeff${["file,row,rule,meaning_zh,meaning_en,found", ...rows].join("\n")}\n`;
}
