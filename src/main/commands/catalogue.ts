import { resolve } from "node:path";
import { checkSummary, diffCatalogues } from "../../core/catalogue/index.ts";
import type { Catalogue, CatalogueProblem } from "../../core/catalogue/index.ts";
import { readCatalogue } from "../../storage/catalogue-files/index.ts";
import type { CatalogueVersionStore } from "../../storage/index.ts";
import { calendarFor } from "../catalogue/calendar-check.ts";
import { checkFolder } from "../catalogue/check-folder.ts";
import { changeLines } from "../catalogue/change-lines.ts";
import { describeRow } from "../catalogue/describe-row.ts";
import { exportVersion, importFolder } from "../catalogue/exchange-folders.ts";
import { catalogueOfVersion } from "../catalogue/kept-catalogue.ts";
import { withVersions } from "../catalogue/open-versions.ts";
import { placesOfProgram } from "../node/seed.ts";
import { programPath } from "../node/program-path.ts";
import { problemLine } from "../directory/problem-words.ts";
import {
  AGREEMENT_USAGE,
  approve,
  dropOpen,
  fetchAgain,
  showOpen,
  showStanding,
  withDesk,
} from "./catalogue-agreement.ts";
import { complain, parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";

const SHIPPED = programPath("catalogue/nmg-2022-89");
const USAGE = [
  "catalogue check [FOLDER]",
  "catalogue show CODE [--folder FOLDER | --config FILE [--version V]]",
  "catalogue diff A B [--config FILE]      (A, B: a folder, or a version the node keeps)",
  "catalogue versions --config FILE",
  "catalogue export VERSION FOLDER --config FILE",
  "catalogue import FOLDER --config FILE",
  ...AGREEMENT_USAGE,
].join("\n       ");

/** So many words each may be followed by: one more is a slip, and what it was meant for would not be looked at. */
const WORDS: Readonly<Record<string, number>> = {
  check: 1,
  show: 1,
  diff: 2,
  export: 2,
  import: 1,
  approve: 1,
  fetch: 1,
  drop: 1,
};

type Values = Readonly<Record<string, string>>;

/** Looks at the catalogue's files and at the versions a node keeps, moves them from one to the other, and signs them. */
export const catalogueCommand: Command = {
  name: "catalogue",
  summary: [
    "检查、比较、显示、导出、导入、签署事项目录",
    "check, compare, show, export, import and sign the catalogue",
  ],
  usage: USAGE,
  run: async (args) => {
    const { values, rest } = parseArguments(args, {
      values: ["folder", "config", "version", "user", "peer"],
      flags: [],
    });
    const [verb = "", first, second] = rest;
    const extra = rest[1 + (WORDS[verb] ?? 0)];
    if (extra !== undefined) throw new UsageError(`多余 not expected: ${extra}`);
    if (verb === "check") return check(first ?? values["folder"] ?? SHIPPED);
    if (verb === "show" && first !== undefined) return show(first, values);
    if (verb === "diff" && first !== undefined && second !== undefined) return diff([first, second], values);
    if (verb === "versions") return listVersions(configOf(values));
    if (verb === "export" && first !== undefined && second !== undefined)
      return exportTo(first, second, configOf(values));
    if (verb === "import" && first !== undefined) return importFrom(first, configOf(values));
    if (verb === "status") return showStanding(configOf(values));
    if (verb === "approve" && first !== undefined)
      return approve(first, configOf(values), userOf(values), values["peer"]);
    if (verb === "fetch" && first !== undefined) return fetchAgain(first, configOf(values), values["peer"]);
    if (verb === "approvals") return showOpen(configOf(values), values["peer"]);
    if (verb === "drop" && first !== undefined && values["peer"] !== undefined)
      return dropOpen(first, configOf(values), userOf(values), values["peer"]);
    throw new UsageError(
      "须为 expected: catalogue check, show, diff, versions, export, import, status, approve, fetch, approvals or drop",
    );
  },
};

function configOf(values: Values): string {
  const config = values["config"];
  if (config === undefined) throw new UsageError("--config FILE of the node is needed");
  return config;
}

function userOf(values: Values): string {
  const user = values["user"];
  if (user === undefined) throw new UsageError("--user LOGIN of who decides is needed");
  return user;
}

function tell(problems: readonly CatalogueProblem[]): number {
  for (const problem of problems) complain(problemLine(problem));
  return 1;
}

async function check(folder: string): Promise<number> {
  const read = await readCatalogue(resolve(folder));
  if (!read.ok) return tell(read.error);
  const problems = checkFolder(read.value, await placesOfProgram());
  if (problems.length > 0) return tell(problems);
  for (const line of checkSummary(read.value)) say(line);
  return checkCalendar(read.value);
}

/** The calendar the limits are counted by is checked with them. */
async function checkCalendar(catalogue: Catalogue): Promise<number> {
  const calendar = await calendarFor(catalogue);
  if (!calendar.ok) return tell(calendar.error);
  const { version, years, days, shifts } = calendar.value;
  const sure = years.filter((year) => year.status === "published").map((year) => year.year);
  say(`calendar ${version}: published ${sure[0]} to ${sure.at(-1)}, days ${days.length}, shifts ${shifts.length}`);
  return 0;
}

/** A catalogue named on the command line: `id@n` as a node keeps it, anything else a folder. null = told why not. */
async function named(name: string, versions: CatalogueVersionStore | null): Promise<Catalogue | null> {
  if (/^[a-z0-9-]+@\d+$/.test(name)) {
    if (versions === null) throw new UsageError(`${name} is kept by a node: --config FILE is needed`);
    const kept = await versions.findVersion(name);
    if (kept !== null) return catalogueOfVersion(versions, kept);
    complain(`没有这个版本 no version ${name}`);
    return null;
  }
  const read = await readCatalogue(resolve(name));
  if (read.ok) return read.value;
  tell(read.error);
  return null;
}

async function withMaybe<T>(values: Values, work: (versions: CatalogueVersionStore | null) => Promise<T>): Promise<T> {
  const config = values["config"];
  return config === undefined ? work(null) : withVersions(config, work);
}

async function show(code: string, values: Values): Promise<number> {
  return withMaybe(values, async (versions) => {
    const current = versions === null ? null : ((await versions.inForce())?.version ?? null);
    const catalogue = await named(values["version"] ?? values["folder"] ?? current ?? SHIPPED, versions);
    if (catalogue === null) return 1;
    const lines = describeRow(catalogue, code);
    if (lines === null) {
      complain(
        `没有这个代码 no such code ${code}; 代码形如 codes look like A01-05 (事项 item), A01 (类别 class), G01 (并列事项组 group), conclude-general (时限 limit)`,
      );
      return 1;
    }
    for (const line of lines) say(line);
    return 0;
  });
}

async function diff([a, b]: readonly [string, string], values: Values): Promise<number> {
  return withMaybe(values, async (versions) => {
    const from = await named(a, versions);
    const to = await named(b, versions);
    if (from === null || to === null) return 1;
    const changes = diffCatalogues(from, to);
    for (const line of changes.flatMap(changeLines)) say(line);
    say(`${from.head.version} → ${to.head.version}: ${changes.length} 处不同 differences`);
    return 0;
  });
}

async function listVersions(config: string): Promise<number> {
  return withVersions(config, async (versions) => {
    for (const { version, state, validFrom, digest, signatures } of await versions.versions()) {
      const signed = signatures.map(({ node }) => node).join(" ");
      const by = signed === "" ? "未签署 unsigned" : `已签 signed: ${signed}`;
      say(`${version.padEnd(24)} ${state.padEnd(11)} ${validFrom}  ${by}  ${digest.slice(0, 16)}`);
    }
    return 0;
  });
}

async function exportTo(version: string, target: string, config: string): Promise<number> {
  return withVersions(config, async (versions) => {
    const written = await exportVersion(versions, version, target);
    if (!written.ok) {
      complain(`${version}: ${written.error.code}`);
      return 1;
    }
    say(`已写出 written: ${written.value}`);
    return 0;
  });
}

async function importFrom(folder: string, config: string): Promise<number> {
  return withDesk(config, "write", async ({ desk }) => {
    const signed = await desk.approvals.approvals();
    const imported = await importFolder(desk.versions, folder, desk.now(), signed);
    if (!imported.ok) {
      tell(imported.error);
      complain(`没有导入任何内容 nothing was imported: ${imported.error.length}`);
      return 1;
    }
    const { catalogue, against, changes } = imported.value;
    for (const line of changes.flatMap(changeLines)) say(line);
    for (const line of checkSummary(catalogue)) say(line);
    const compared = against === null ? "" : `，与 ${against} 有 ${changes.length} 处不同`;
    say(
      `${catalogue.head.version} 已存为草案${compared}；双方签署（catalogue approve）后生效 kept as a draft; it takes effect when both desks have signed it`,
    );
    return 0;
  });
}
