import { randomBytes } from "node:crypto";
import { sm3Of } from "./canonical.ts";
import { listIn, numberIn, parseObject, textIn } from "./json.ts";

/** What a message holds instead of a value (linkage-exchange 4.2). */
export type SealedReference = { readonly field: string; readonly version: number; readonly commitment: string };

/** The value itself, which travels beside the message (linkage-exchange 5.1). */
export type Enclosed = {
  readonly field: string;
  readonly version: number;
  readonly value: string;
  readonly salt: string;
};

export type Doubtful = { readonly field: string; readonly version: number; readonly code: string };

export type CheckedEnclosure = {
  readonly checked: readonly Enclosed[];
  /** Kept apart and named in the receipt; never mixed with the others (linkage-exchange 5.3). */
  readonly apart: readonly unknown[];
  readonly doubtful: readonly Doubtful[];
};

const LONGEST = 65_536;

export function commitmentOf(salt: string, value: string): string {
  return sm3Of(Buffer.concat([Buffer.from(salt, "hex"), Buffer.from(value, "utf8")]));
}

/** Seals one value under a field's name and its number among the values this node has sealed under that name. */
export function seal(field: string, version: number, value: string): [SealedReference, Enclosed] {
  const salt = randomBytes(16).toString("hex");
  return [
    { field, version, commitment: commitmentOf(salt, value) },
    { field, version, value, salt },
  ];
}

/** Every sealed reference anywhere in a body. */
export function referencesIn(value: unknown): readonly SealedReference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  const object = parseObject(value);
  if (object === undefined) return [];
  const field = textIn(object, "field");
  const version = numberIn(object, "version");
  const commitment = textIn(object, "commitment");
  if (field !== undefined && version !== undefined && commitment !== undefined) return [{ field, version, commitment }];
  return Object.values(object).flatMap(referencesIn);
}

/** Checks each enclosed value against the reference of its message (linkage-exchange 5.3). Stops no message. */
export function checkEnclosure(body: unknown, enclosure: unknown): CheckedEnclosure {
  const references = referencesIn(body);
  const checked: Enclosed[] = [];
  const apart: unknown[] = [];
  const doubtful: Doubtful[] = [];
  for (const one of listIn({ enclosure }, "enclosure") ?? []) {
    const value = parseEnclosed(one);
    const code = value === undefined ? "EXCHANGE_ENCLOSURE_UNREADABLE" : faultOf(value, references);
    if (value !== undefined && code === undefined) checked.push(value);
    else {
      const object = parseObject(one);
      apart.push(one);
      doubtful.push({
        field: textIn(object, "field") ?? "unknown",
        version: numberIn(object, "version") ?? 0,
        code: code ?? "EXCHANGE_ENCLOSURE_UNREADABLE",
      });
    }
  }
  return { checked, apart, doubtful };
}

function faultOf(value: Enclosed, references: readonly SealedReference[]): string | undefined {
  const meant = references.filter(({ field, version }) => field === value.field && version === value.version);
  if (meant.length === 0) return "EXCHANGE_ENCLOSURE_UNREFERENCED";
  const commitment = commitmentOf(value.salt, value.value);
  return meant.some((one) => one.commitment === commitment) ? undefined : "EXCHANGE_ENCLOSURE_MISMATCH";
}

function parseEnclosed(raw: unknown): Enclosed | undefined {
  const object = parseObject(raw);
  const field = textIn(object, "field");
  const version = numberIn(object, "version");
  const value = textIn(object, "value");
  const salt = textIn(object, "salt");
  if (field === undefined || version === undefined || value === undefined || salt === undefined) return undefined;
  if (value.length > LONGEST || !/^([0-9a-f]{2}){16,64}$/.test(salt)) return undefined;
  return { field, version, value, salt };
}
