import { isOpenTo } from "../../core/catalogue/index.ts";
import type { CatalogueContent } from "../../exchange/contract/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { signaturesOf } from "./catalogue-desk.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";

/**
 * A kept version as it travels to a peer; null = it is not kept, an earlier program kept it without its files, or it is a draft
 * that is no matter of this peer yet.
 */
export async function giveVersion(
  desk: Pick<CatalogueDesk, "self" | "versions" | "approvals">,
  version: string,
  peer: NodeCode,
): Promise<CatalogueContent | null> {
  const { versions, self } = desk;
  const pair = { here: self, there: peer };
  if (!isOpenTo(version, await versions.versions(), await signaturesOf(desk), pair)) return null;
  const found = await versions.findVersion(version);
  const files = await versions.filesOf(version);
  return found === null || files.size === 0 ? null : { version, base: found.base, digest: found.digest, files };
}
