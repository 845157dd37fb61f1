/**
 * By how much an answer of the desks comes late at most, in ms, from LIANDONG_LATE; 0 when nothing is said. A test that is right only
 * while its machine is quick fails under it: `LIANDONG_LATE=800 npm test -- browser`.
 */
const LATE_MS = Number(process.env["LIANDONG_LATE"] ?? 0) || 0;

/** Waits for up to LATE_MS, never twice as long, so that answers overtake each other as they do on a busy machine. */
export async function comeLate(): Promise<void> {
  if (LATE_MS > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * LATE_MS));
}
