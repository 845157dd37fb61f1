import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Page } from "playwright-core";
import type { Bench } from "./bench.ts";
import { newClicks, QUIET_MIX, runLoad } from "./desk-load.ts";
import { openDesks } from "./desks.ts";
import { FIELDS, nextPhone } from "./sample-request.ts";
import { openSeat } from "./seat.ts";
import type { Seat } from "./seat.ts";
import { percentile } from "./statistics.ts";
import { judge } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const PER_SECOND = 25;
const PAUSE_MS = 700;
const PAINT_MS = 15_000;

/** Debian's browser, or the one named by `LIANDONG_CHROMIUM`; null: this question cannot be asked here. */
export function findChromium(): string | null {
  const named = process.env["LIANDONG_CHROMIUM"];
  return [named, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((p) => p !== undefined && existsSync(p)) ?? null;
}

/**
 * Question 4 with a real browser: the click at 12345 until the push stands painted in the alarm bar of 110's page, one push after
 * the other, while 25 other records a second come in. Measured by the wall clock that page and program share.
 */
export async function measureBrowser(bench: Bench): Promise<readonly Verdict[]> {
  const program = findChromium();
  if (program === null) throw new Error("no Chromium found: install it or leave this question out with --only");
  const pushes = bench.quick ? 12 : 60;
  const browser = await chromium.launch({
    executablePath: program,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
  try {
    const painted = new Map<string, number>();
    const police = await openSeat(bench.pair.account("police", "supervisor"));
    await signAll(police);
    const page = await openDesk(bench, await browser.newPage(), painted);
    const desks = await openDesks(bench.pair);
    const load = runLoad(
      desks,
      { perSecond: PER_SECOND, ms: pushes * 1_100, seed: bench.seed, mix: QUIET_MIX },
      newClicks(),
    );
    const took: number[] = [];
    for (let n = 0; n < pushes; n++) took.push(await push(desks.hotline(), police, painted));
    await load;
    await page.close();
    const at = (share: number): string => percentile(took, share).toFixed(0);
    const found = { measured: percentile(took, 0.99), limit: 1_000, direction: "atMost", unit: "ms" } as const;
    const detail = `p50 ${at(0.5)}, p90 ${at(0.9)}, max ${at(1)} ms of ${took.length}`;
    return [
      judge({
        ...found,
        question: "browser",
        what: "urgent push, click → painted in the alarm bar of a real browser, p99",
        detail,
      }),
    ];
  } finally {
    await browser.close();
  }
}

/** Logs the page in as an on-duty seat of 110 and notes when each request number is painted in the alarm bar. */
async function openDesk({ pair }: Bench, page: Page, painted: Map<string, number>): Promise<Page> {
  const { url, login, password } = pair.account("police", "taker1");
  const answer = await page.request.post(`${url}/api/session`, { data: { login, password }, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`log-in of the page: ${answer.status()}`);
  const { csrf } = (await answer.json()) as { readonly csrf: string };
  await page.request.put(`${url}/api/session/duty`, {
    data: { onDuty: true },
    headers: { origin: url, "x-csrf-token": csrf },
  });
  await page.exposeFunction("notePainted", (no: string, at: number) => {
    if (!painted.has(no)) painted.set(no, at);
  });
  await page.addInitScript(WATCH);
  await page.goto(url);
  await page.waitForSelector("main", { timeout: PAINT_MS });
  // The stream of the page must be open before the first click counts.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  return page;
}

/** In the page: after every change of the document, the numbers in the bar count as painted two animation frames later. */
const WATCH = `
  const seen = new Set();
  const look = () => {
    for (const item of document.querySelectorAll(".alarms .urgent-no")) {
      // The whole number stands in the title: with several pushes at once the bar shows only its last digits.
      const no = item.title;
      if (seen.has(no)) continue;
      seen.add(no);
      requestAnimationFrame(() => requestAnimationFrame(() => window.notePainted(no, Date.now())));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });`;

type AlarmRow = { readonly kind: string; readonly subject: string; readonly requestNo: string | null };

/** Signs what the question before left: behind three unsigned pushes the bar folds the next ones away. */
async function signAll(police: Seat): Promise<void> {
  const { rows } = await police.get<{ readonly rows: readonly AlarmRow[] }>("/alarms");
  for (const { kind, subject } of rows)
    if (kind === "urgentPush") await police.trySend(`/linkages/${subject}/sign`, {});
}

/** One click; milliseconds until it is painted. Afterwards it is signed, so that the bar is empty for the next one. */
async function push(hotline: Seat, police: Seat, painted: ReadonlyMap<string, number>): Promise<number> {
  const clicked = Date.now();
  const fields = { ...FIELDS, requesterPhone: nextPhone() };
  const { requestNo } = await hotline.send<{ readonly requestNo: string }>("POST", "/requests", {
    fields,
    danger: true,
  });
  while (!painted.has(requestNo) && Date.now() - clicked < PAINT_MS)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const at = painted.get(requestNo) ?? Number.POSITIVE_INFINITY;
  const { rows } = await police.get<{ readonly rows: readonly AlarmRow[] }>("/alarms");
  const alarm = rows.find((r) => r.kind === "urgentPush" && r.requestNo === requestNo);
  if (alarm !== undefined) await police.trySend(`/linkages/${alarm.subject}/sign`, {});
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  return at - clicked;
}
