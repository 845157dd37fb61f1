import type { Meta } from "../../src/http/contract/index.ts";

export type Named = { readonly code: string; readonly nameZh: string; readonly nameEn: string };

/** Options of a coded list in the reader's language. */
export function optionsOf(
  list: readonly Named[],
  named: (both: Named) => string,
): readonly { readonly value: string; readonly label: string }[] {
  return list.map((entry) => ({ value: entry.code, label: named(entry) }));
}

/** Name of one code of a list; the code itself when the list does not hold it. */
export function nameIn(
  list: readonly Named[] | undefined,
  code: string | null,
  named: (both: Named) => string,
): string | null {
  if (code === null) return null;
  const entry = list?.find((one) => one.code === code);
  return entry === undefined ? code : named(entry);
}

/** Last first. (`toReversed` is one browser version too young for us.) */
export function newestFirst<T>(rows: readonly T[]): readonly T[] {
  return rows.map((_, i) => rows[rows.length - 1 - i]).filter((row): row is T => row !== undefined);
}

/** Which desk a node code is, as people call it. */
export function deskOf(meta: Meta | undefined, node: string): "hotline" | "police" | null {
  if (meta === undefined) return null;
  if (node === meta.nodeCode) return meta.side;
  return meta.peers.find((peer) => peer.nodeCode === node)?.side ?? null;
}
