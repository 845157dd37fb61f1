import type { Catalogue, CatalogueProblem, CatalogueVersion } from "../../core/catalogue/index.ts";
import type { Instant, Result } from "../../kernel/index.ts";
import { err, ok } from "../../kernel/index.ts";
import { catalogueOfFiles } from "../../storage/catalogue-files/index.ts";
import type { CheckedCatalogue } from "../../storage/catalogue-files/index.ts";
import type { CatalogueVersionStore, KeptVersion } from "../../storage/index.ts";

/** Shape of a kept body. Raise it when `Catalogue` changes: bodies of another shape are read again from their files. */
export const BODY_FORMAT = 4;

type Versions = Pick<CatalogueVersionStore, "save" | "findVersion" | "filesOf">;
type Problems = readonly CatalogueProblem[];

/** A version as it is when first kept: a draft nobody has signed. */
export function draftOf({ catalogue, digest }: CheckedCatalogue, savedAt: Instant): CatalogueVersion {
  const { version, base, validFrom } = catalogue.head;
  const never = { inForceAt: null, supersededAt: null };
  return { version, digest, base, validFrom, state: "draft", signatures: [], fetchedFrom: null, savedAt, ...never };
}

/**
 * Keeps a checked catalogue as a draft, its base before it. Gives the version that stands under another digest, or null:
 * what a version says never changes, so an edited folder needs the next number.
 */
export async function keepCatalogue(
  versions: Versions,
  checked: CheckedCatalogue,
  at: Instant,
): Promise<string | null> {
  const refused = checked.base === null ? null : await keepCatalogue(versions, checked.base, at);
  if (refused !== null) return refused;
  const content = { body: checked.catalogue, format: BODY_FORMAT, files: checked.files };
  const saved = await versions.save(draftOf(checked, at), content);
  return saved ? null : checked.catalogue.head.version;
}

/** The rules of a kept version: its body as kept, or read again from its files when the program kept bodies differently. */
export async function catalogueOfVersion(versions: Versions, kept: KeptVersion): Promise<Catalogue> {
  if (kept.format === BODY_FORMAT) return parseBody(kept.body);
  const checked = await checkedVersion(versions, kept.version);
  return checked.ok ? checked.value.catalogue : oldBody(kept.body);
}

/** A kept version with its files, checked again over its base. Errors: FILE_MISSING when the node has no files of it. */
export async function checkedVersion(versions: Versions, version: string): Promise<Result<CheckedCatalogue, Problems>> {
  const kept = await versions.findVersion(version);
  const files = await versions.filesOf(version);
  if (kept === null || files.size === 0)
    return err([{ file: version, row: null, code: "FILE_MISSING", detail: `no files of ${version} are kept here` }]);
  const base = kept.base === null ? ok(null) : await checkedVersion(versions, kept.base);
  return base.ok ? catalogueOfFiles(files, base.value) : base;
}

/** Every version was checked whole before it was kept, and its digest is kept: only its kind is looked at again. */
function parseBody(body: unknown): Catalogue {
  if (typeof body !== "object" || body === null || !("items" in body) || !("groups" in body) || !("limits" in body))
    throw new Error("a kept catalogue without items, groups or limits");
  return body as Catalogue;
}

/**
 * A body from before groups, documents, limits or files were kept: what it says of items still explains old requests, and
 * clocks by it have no due time.
 */
function oldBody(body: unknown): Catalogue {
  const known = typeof body === "object" && body !== null ? body : {};
  return parseBody({ groups: [], documents: [], limits: [], clockMarks: [], changed: false, ...known });
}
