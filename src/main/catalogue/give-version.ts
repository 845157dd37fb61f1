import type { CatalogueContent } from "../../exchange/contract/index.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";

/** A kept version as it travels to a peer; null = it is not kept, or an earlier program kept it without its files. */
export async function giveVersion(
  { versions }: Pick<CatalogueDesk, "versions">,
  version: string,
): Promise<CatalogueContent | null> {
  const found = await versions.findVersion(version);
  const files = await versions.filesOf(version);
  return found === null || files.size === 0 ? null : { version, base: found.base, digest: found.digest, files };
}
