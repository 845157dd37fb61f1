import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "./browser.ts";
import type { Look } from "./browser.ts";
import { tour } from "./tour.ts";

/** Largest picture that may go into the repository. */
const MOST_BYTES = 300_000;

type Series = {
  readonly folder?: string;
  readonly suffix: string;
  readonly look: Look;
  readonly names: readonly string[];
};

const MAIN = [
  "login",
  "desk",
  "request",
  "register",
  "incoming",
  "urgent",
  "alarms",
  "police",
  "dial",
  "duty",
  "supervision",
] as const;

/** What stands in docs/screens; with `--all <folder>` every screen in every size, to be looked at and thrown away. */
const DOCS: readonly Series[] = [
  { suffix: "", look: {}, names: MAIN },
  { suffix: ".en", look: { language: "en" }, names: ["request", "urgent"] },
  { suffix: ".dark", look: { theme: "dark" }, names: ["request", "urgent", "register"] },
  { suffix: ".wide", look: { width: 1920, height: 1080 }, names: ["request"] },
  { suffix: ".phone", look: { width: 390, height: 844 }, names: ["unit", "unit-danger", "request"] },
];
const ALL: readonly Series[] = [
  { suffix: "-1366", look: {}, names: [] },
  { suffix: "-1920", look: { width: 1920, height: 1080 }, names: [] },
  { suffix: "-390", look: { width: 390, height: 844 }, names: [] },
  { suffix: "-dark-en", look: { theme: "dark", language: "en" }, names: [] },
];

const all = process.argv.indexOf("--all");
const folder = all >= 0 ? (process.argv[all + 1] ?? "screens") : join(import.meta.dirname, "../../docs/screens");
mkdirSync(folder, { recursive: true });
const browser = await startBrowser();
for (const series of all >= 0 ? ALL : DOCS) {
  await tour(browser, series.look, series.names, async (name, page) => {
    const path = join(folder, `${name}${series.suffix}.png`);
    await page.screenshot({ path, animations: "disabled", caret: "initial" });
    const { size } = statSync(path);
    process.stdout.write(`${name}${series.suffix}.png ${Math.round(size / 1_000)} kB\n`);
    if (all < 0 && size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES} bytes`);
  });
}
await browser.close();
