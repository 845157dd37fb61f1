import type { CatalogueProblem, CatalogueProblemCode } from "../../core/catalogue/index.ts";

/** What each rule means to whoever filled in the sheet: Chinese first, English second. A rule that is not here shows its code. */
const WORDS: Partial<Record<CatalogueProblemCode, readonly [string, string]>> = {
  FILE_MISSING: ["没有这个文件", "there is no such file"],
  FILE_UNREADABLE: ["文件读不出来：请另存为“CSV UTF-8”", "the file cannot be read: save it as CSV UTF-8"],
  FILE_UNKNOWN: ["文件夹里有不认识的文件", "a file in the folder is not known"],
  HEAD_SHAPE: ["catalogue.yaml 的写法不对", "catalogue.yaml is not written as it should be"],
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
};

/** One line for a person at a terminal. */
export function problemLine({ file, row, code, detail }: CatalogueProblem): string {
  const words = WORDS[code];
  const meaning = words === undefined ? "" : ` ${words[0]} / ${words[1]}:`;
  return `${file}${row === null ? "" : `:${row}`} ${code}${meaning} ${detail}`;
}

/** The report as a sheet that opens in a spreadsheet program: file, row, rule, words and what stood there. */
export function problemSheet(problems: readonly CatalogueProblem[]): string {
  const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = problems.map(({ file, row, code, detail }) => {
    const [zh, en] = WORDS[code] ?? ["", ""];
    return [file, row === null ? "" : String(row), code, zh, en, detail].map(quoted).join(",");
  });
  return `\ufeff${["file,row,rule,meaning_zh,meaning_en,found", ...rows].join("\n")}\n`;
}
