import { constants } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../app/ports/clock.ts";
import type { Notify, OutgoingNotice } from "../app/ports/notify.ts";
import { instantOf, shanghaiYymmdd } from "../kernel/index.ts";
import type { Instant } from "../kernel/index.ts";
import { NotifyError, systemCodeOf } from "./notify-error.ts";

const NEW_LINE = 10;
const wallClock: Clock = { now: () => instantOf(Date.now()) };

/**
 * Hands notices over by writing them down: one JSON line each (`id`, `at`, `to`, `unit`, `template`, `address`, `text`) in
 * `notices-<yymmdd>.jsonl` (day of Asia/Shanghai), for a demonstration, a site without a gateway, or a gateway that reads
 * files. Folder 0700, files 0600: they hold telephone numbers. A line is on disk before `send` resolves, and several
 * processes may write at once. What is sent at the same moment shares one write and one flush. A notice tried again stands
 * there twice with the same `id`; the reader keeps one.
 * @throws NotifyError NOTICE_FILE_UNWRITABLE with the system's name of the fault (ENOSPC, EACCES, …).
 */
export function createFileSender(dir: string, clock: Clock = wallClock): Notify {
  let gathering: { readonly lines: string[]; readonly written: Promise<void> } | null = null;
  let before: Promise<unknown> = Promise.resolve();

  async function write(lines: readonly string[], at: Instant): Promise<void> {
    const path = join(dir, `notices-${shanghaiYymmdd(at)}.jsonl`);
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await append(dir, path, lines.join(""));
    } catch (fault) {
      throw fault instanceof NotifyError ? fault : new NotifyError("NOTICE_FILE_UNWRITABLE", systemCodeOf(fault));
    }
  }

  return {
    send: (outgoing) => {
      const at = clock.now();
      const line = lineOf(outgoing, at);
      if (gathering !== null) {
        gathering.lines.push(line);
        return gathering.written;
      }
      const lines = [line];
      // The next write begins when the one before has ended, well or not; until then it gathers.
      const written = before.then(() => {
        gathering = null;
        return write(lines, at);
      });
      gathering = { lines, written };
      before = written.catch(() => undefined);
      return written;
    },
  };
}

function lineOf({ notice, address, text }: OutgoingNotice, at: string): string {
  const { id, to, unit, template } = notice;
  return `${JSON.stringify({ id, at, to, unit, template, address, text })}\n`;
}

async function append(dir: string, path: string, line: string): Promise<void> {
  // Reading besides appending: the last byte tells whether a killed or full disk left half a line.
  const handle = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
  try {
    const { size } = await handle.stat();
    const torn = size > 0 && (await lastByte(handle, size)) !== NEW_LINE;
    const bytes = Buffer.from(torn ? `\n${line}` : line);
    // One write call: the system places appends of several processes one after another, never within each other.
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten !== bytes.length) throw new NotifyError("NOTICE_FILE_UNWRITABLE", "half written");
    await handle.sync();
    if (size === 0) await syncFolder(dir);
  } finally {
    await handle.close();
  }
}

async function lastByte(handle: FileHandle, size: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 ? buffer[0] : undefined;
}

/** A new file's name is durable only when its folder is. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(dir, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
