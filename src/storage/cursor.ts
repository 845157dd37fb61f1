/** Page and feed cursors are opaque to everybody else: base64url of a JSON list of texts. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts), "utf8").toString("base64url");
}

/** The texts of a cursor of exactly `length` parts; null for anything that was not made by `encodeCursor`. */
export function decodeCursor(cursor: string, length: number): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (!Array.isArray(value) || value.length !== length) return null;
    const parts: readonly unknown[] = value;
    return parts.every((part) => typeof part === "string") ? parts : null;
  } catch {
    return null;
  }
}
