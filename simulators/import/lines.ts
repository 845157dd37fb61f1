import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseLine } from "./record.ts";
import type { Parsed, SourceRecord } from "./record.ts";

/** One line of the file, numbered from 1. null = blank. */
export type Line = { readonly no: number; readonly parsed: Parsed | null };

/** All lines in order, each checked by itself and against the ids before it. A byte-order mark is no part of the text. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const seen = new Set<string>();
  let no = 0;
  const input = createReadStream(path, { encoding: "utf8" });
  for await (const raw of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    no += 1;
    const line = no === 1 ? raw.replace(/^\uFEFF/, "") : raw;
    if (line.trim() === "") {
      yield { no, parsed: null };
      continue;
    }
    const parsed = parseLine(line);
    yield { no, parsed: parsed.ok ? firstOnly(seen, parsed.record) : parsed };
  }
}

function firstOnly(seen: Set<string>, record: SourceRecord): Parsed {
  if (seen.has(record.id)) return { ok: false, code: "DUPLICATE_ID", id: record.id };
  seen.add(record.id);
  return { ok: true, record };
}
