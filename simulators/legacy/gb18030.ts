/**
 * GB18030 for writing: Node reads it (TextDecoder) and has nothing that writes it. The table of the two-byte part, and that of the
 * four-byte part below U+10000, are what the decoder answers for every byte pair there is; above, the standard counts.
 */
export type Encoding = "utf8" | "gb18030";

const FIRST_ABOVE = 0x10000;
/** Position of U+10000 among the four-byte codes: 90 30 81 30. */
const POSITION_ABOVE = 189_000;
/** Four-byte codes below U+10000: 81 30 81 30 to 84 31 A4 39. */
const FOUR_BYTES_BELOW = 39_420;
const REPLACEMENT = "\uFFFD";

const tables: { bytes: ReadonlyMap<string, Buffer> | null } = { bytes: null };

/** The bytes of a text in an encoding. A lone surrogate becomes a question mark in GB18030. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  if (encoding === "utf8") return Buffer.from(text, "utf8");
  tables.bytes ??= readTable();
  const { bytes } = tables;
  return Buffer.concat(Array.from(text, (character) => bytesOf(character, bytes)));
}

/** Reads bytes; what is no character of the encoding becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes);
}

function bytesOf(character: string, table: ReadonlyMap<string, Buffer>): Buffer {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return Buffer.from([point]);
  if (point >= FIRST_ABOVE) return fourBytes(point - FIRST_ABOVE + POSITION_ABOVE);
  return table.get(character) ?? Buffer.from("?");
}

function fourBytes(position: number): Buffer {
  const fourth = 0x30 + (position % 10);
  const third = 0x81 + (Math.floor(position / 10) % 126);
  const second = 0x30 + (Math.floor(position / 1260) % 10);
  const first = 0x81 + Math.floor(position / 12_600);
  return Buffer.from([first, second, third, fourth]);
}

function readTable(): ReadonlyMap<string, Buffer> {
  const codes: Buffer[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) codes.push(Buffer.from([lead, trail]));
  }
  for (let position = 0; position < FOUR_BYTES_BELOW; position += 1) codes.push(fourBytes(position));
  const decoder = new TextDecoder("gb18030");
  const table = new Map<string, Buffer>();
  for (const code of codes) {
    const character = decoder.decode(code);
    // Two-byte codes come first and win: they are the ones that other programs write.
    if (character.length === 1 && character !== REPLACEMENT && !table.has(character)) table.set(character, code);
  }
  table.set(REPLACEMENT, Buffer.from([0x84, 0x31, 0xa4, 0x37]));
  return table;
}
