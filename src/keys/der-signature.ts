/** The order of the SM2 group (GM/T 0003.5), as 64 hex digits. */
const ORDER = BigInt("0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123");

function derInteger(value: bigint): string {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const positive = Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even;
  return `02${(positive.length / 2).toString(16).padStart(2, "0")}${positive}`;
}

/** Raw signature (r then s, 64 hex digits each) as the DER sequence of two integers that GM/T 0009 prescribes, in hex. */
export function derOfRaw(raw: string): string {
  const body = derInteger(BigInt(`0x${raw.slice(0, 64)}`)) + derInteger(BigInt(`0x${raw.slice(64)}`));
  return `30${(body.length / 2).toString(16).padStart(2, "0")}${body}`;
}

function integerAt(der: string, at: number): { readonly value: bigint; readonly next: number } | null {
  if (der.slice(at, at + 2) !== "02") return null;
  const length = Number.parseInt(der.slice(at + 2, at + 4), 16);
  const next = at + 4 + length * 2;
  if (Number.isNaN(length) || length < 1 || length > 33 || next > der.length) return null;
  return { value: BigInt(`0x${der.slice(at + 4, next)}`), next };
}

/**
 * The raw form of a DER signature, or null. Only the one canonical encoding is taken, and r, s in [1, order - 1]:
 * otherwise a stranger could re-encode a signature and the log would hold two of one act.
 */
export function rawOfDer(der: string): string | null {
  if (!/^30[0-9a-f]{2}(?:[0-9a-f]{2}){6,70}$/.test(der)) return null;
  const r = integerAt(der, 4);
  const s = r === null ? null : integerAt(der, r.next);
  if (r === null || s === null || r.value < 1n || s.value < 1n || r.value >= ORDER || s.value >= ORDER) return null;
  const raw = r.value.toString(16).padStart(64, "0") + s.value.toString(16).padStart(64, "0");
  return derOfRaw(raw) === der ? raw : null;
}
