import type { Totals } from "./checkpoint.ts";

export type ProgressLine = {
  readonly done: number;
  /** null = not known yet. */
  readonly of: number | null;
  readonly totals: Totals;
  readonly seconds: number;
};

const BAR = 24;

/** One line of progress, with a bar when the end is known. */
export function progressText({ done, of, totals, seconds }: ProgressLine): string {
  const share = of === null || of === 0 ? null : Math.min(1, done / of);
  const filled = share === null ? 0 : Math.round(share * BAR);
  const bar = share === null ? "" : `[${"#".repeat(filled)}${"-".repeat(BAR - filled)}] ${Math.floor(share * 100)} %  `;
  const rate = seconds > 0 ? (done / seconds).toFixed(1) : "0.0";
  const counts = `新登记 registered ${totals.registered}, 已有 already there ${totals.known}, 拒收 rejected ${totals.rejected}`;
  return `${bar}${done}${of === null ? "" : ` / ${of}`} 行 lines, ${rate}/s, ${counts}`;
}

/** Shows progress until stopped: a bar that stays in place on a terminal, else a line every 5 s. */
export function showProgress(current: () => ProgressLine): () => void {
  const tty = process.stderr.isTTY;
  const show = (): void => {
    process.stderr.write(tty ? `\r\u001b[K${progressText(current())}` : `${progressText(current())}\n`);
  };
  const timer = setInterval(show, tty ? 200 : 5_000);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (tty) {
      show();
      process.stderr.write("\n");
    }
  };
}
