import * as fc from "fast-check";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { rewriteColumn } from "./rewrite-column.ts";

async function rewritten(bytes: Buffer, cuts: readonly number[], index: number, text: string): Promise<string> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
  return (await buffer(Readable.from(chunks).pipe(rewriteColumn(index, text)))).toString("utf8");
}

function copyText(all: readonly (readonly string[])[]): string {
  return all.map((row) => `${row.join("\t")}\n`).join("");
}

test("exactly the chosen field of every row changes, wherever the stream is cut", async () => {
  const field = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\t\n]/g, ""));
  const rows = fc.integer({ min: 1, max: 5 }).chain((width) =>
    fc.record({
      rows: fc.array(fc.array(field, { minLength: width, maxLength: width })),
      index: fc.integer({ min: 0, max: width - 1 }),
      cuts: fc.array(fc.nat(500)),
    }),
  );
  await fc.assert(
    fc.asyncProperty(rows, async ({ rows: table, index, cuts }) => {
      const expected = copyText(table.map((row) => row.map((value, i) => (i === index ? "0" : value))));
      expect(await rewritten(Buffer.from(copyText(table)), cuts, index, "0")).toBe(expected);
    }),
  );
});

test("a copy that ends within a row is an error, not a shorter table", async () => {
  await expect(buffer(Readable.from([Buffer.from("a\tb\nc")]).pipe(rewriteColumn(0, "0")))).rejects.toThrow(
    "ends within a row",
  );
});
