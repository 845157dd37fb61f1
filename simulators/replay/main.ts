import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { LoginError } from "../client/session.ts";
import { GaveUpError } from "../client/retry.ts";
import { readOptions, REPLAY_HELP, UsageError } from "./options.ts";
import { isClean, reportText } from "./report.ts";
import { replay } from "./run.ts";
import { parseStoryText } from "./story.ts";

/** The first Ctrl-C lets no more callers in and reports, the second ends at once. */
function stopOnSignals(): AbortSignal {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return stop.signal;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env["LIANDONG_ACCOUNTS"], randomBytes(4).toString("hex"));
  if (options === "help") {
    console.log(REPLAY_HELP);
    return 0;
  }
  const lines = readFileSync(options.file, "utf8")
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/);
  const texts = lines.flatMap((line) => parseStoryText(line) ?? []);
  if (texts.length === 0)
    throw new UsageError(`${options.file} 中没有含 id 与 text 的记录 holds no record with id and text`);
  console.log(
    `种子 seed ${options.seed}: ${texts.length} 条文本 texts, 12345 at ${options.urls.hotline}, 110 at ${options.urls.police}`,
  );
  const report = await replay(options, texts, (line) => console.log(line), stopOnSignals());
  mkdirSync(dirname(options.report), { recursive: true });
  writeFileSync(options.report, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${reportText(report)}\nJSON 报告 as JSON: ${options.report}`);
  return isClean(report) ? 0 : 1;
}

try {
  const code = await main();
  process.exit(code);
} catch (fault) {
  const wrongCall =
    fault instanceof UsageError || (fault instanceof Error && "code" in fault && fault.code === "ENOENT");
  if (!wrongCall && !(fault instanceof LoginError) && !(fault instanceof GaveUpError)) throw fault;
  console.error(
    `${fault instanceof Error ? fault.message : String(fault)}${wrongCall ? "\n用法 see: npx liandong replay --help" : ""}`,
  );
  process.exitCode = wrongCall ? 2 : 1;
}
