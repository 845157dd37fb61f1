import { Transform } from "node:stream";

const NEWLINE = 0x0a;
const TAB = 0x09;

/** Start and end of field `index` in a line of COPY text, its line end included; throws when the line has fewer fields. */
function fieldRange(line: Buffer, index: number): readonly [number, number] {
  let start = 0;
  for (let field = 0; field < index; field += 1) {
    const tab = line.indexOf(TAB, start);
    if (tab === -1) throw new Error(`a row of a table's copy has no field ${index + 1}`);
    start = tab + 1;
  }
  const end = line.indexOf(TAB, start);
  return [start, end === -1 ? line.length - 1 : end];
}

/**
 * Writes `text` into field `index` (0 = first) of every row of COPY text that flows by. Works on bytes: the format writes
 * a tab or a line end inside a value as `\t` and `\n`, so these two bytes only ever separate.
 */
export function rewriteColumn(index: number, text: string): Transform {
  const value = Buffer.from(text, "utf8");
  let rest: Buffer = Buffer.alloc(0);
  const rewrite = (line: Buffer): readonly Buffer[] => {
    const [start, end] = fieldRange(line, index);
    return [line.subarray(0, start), value, line.subarray(end)];
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const parts: Buffer[] = [];
      let from = 0;
      for (let at = data.indexOf(NEWLINE); at !== -1; at = data.indexOf(NEWLINE, from)) {
        parts.push(...rewrite(data.subarray(from, at + 1)));
        from = at + 1;
      }
      rest = data.subarray(from);
      done(null, Buffer.concat(parts));
    },
    flush(done): void {
      if (rest.length > 0) done(new Error("a table's copy ends within a row"));
      else done();
    },
  });
}
