import { Type } from "typebox";
import { err, ok, type Result } from "../../kernel/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { faultFinder, type FieldFault } from "./field-fault.ts";
import { CodeSchema, DigestSchema } from "./scalar-schemas.ts";

/** One version of the catalogue as it travels: its files byte by byte, so that its digest can be made again. */
export type CatalogueContent = {
  readonly version: string;
  /** Version whose rows it changes; it is fetched by itself. */
  readonly base: string | null;
  readonly digest: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
};

const FILES_MAX = 100;

/** The text in `content` of a catalogue document since version 3. A node of an earlier version put a body of its own there. */
const ContentSchema = Type.Object({
  version: CodeSchema,
  base: Type.Union([CodeSchema, Type.Null()]),
  digest: DigestSchema,
  /** By file name; base64. */
  files: Type.Record(
    Type.String({ pattern: "^[a-z0-9-]{1,60}\\.(csv|yaml|txt)$" }),
    Type.String({ pattern: "^[A-Za-z0-9+/]*={0,2}$" }),
    { minProperties: 1, maxProperties: FILES_MAX, additionalProperties: false },
  ),
});

const findFault = faultFinder(ContentSchema);

/** Writes a version as the text a catalogue document carries. */
export function catalogueContent({ version, base, digest, files }: CatalogueContent): string {
  const listed = [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]);
  return canonicalJson({ version, base, digest, files: Object.fromEntries(listed) });
}

/** Reads it. What the files say is judged by who keeps them. */
export function parseCatalogueContent(text: string): Result<CatalogueContent, FieldFault> {
  const raw = parseJson(text);
  const fault = findFault(raw);
  if (fault !== null) return err(fault);
  const { version, base, digest, files } = raw as Omit<CatalogueContent, "files"> & {
    readonly files: Readonly<Record<string, string>>;
  };
  const bytes = Object.entries(files).map(([name, base64]): readonly [string, Uint8Array] => [
    name,
    new Uint8Array(Buffer.from(base64, "base64")),
  ]);
  return ok({ version, base, digest, files: new Map(bytes) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
