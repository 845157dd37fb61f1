import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** SM3 of a text in UTF-8, as 64 lower-case hex digits. */
export function digestOfText(text: string): string {
  return createHash("sm3").update(text, "utf8").digest("hex");
}

/** SM3 of a file, as 64 lower-case hex digits. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash("sm3");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** A stream that passes everything on and knows the digest and the number of bytes afterwards. */
export type DigestingStream = { readonly stream: Transform; readonly finish: () => { digest: string; bytes: number } };

/** Computes SM3 while data flows by, so that a copy's digest is of exactly the bytes that were written. */
export function digestingStream(): DigestingStream {
  const hash = createHash("sm3");
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, finish: () => ({ digest: hash.digest("hex"), bytes }) };
}
