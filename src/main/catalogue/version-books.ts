import { ordinarily } from "../../app/ports/urgency.ts";
import { isCatalogueVersion } from "../../core/catalogue/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { createVersionBook } from "../rules.ts";
import type { VersionBook } from "../rules.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";
import { catalogueOfVersion } from "./kept-catalogue.ts";

/** Every version this node keeps, ready to explain what was judged by it; and which ones it lacks. */
export type VersionBooks = {
  /** Never waits: what is missing is asked for in the background. `peer` = who judged by it, null = nobody to ask. */
  readonly by: (version: string, peer: NodeCode | null) => VersionBook | null;
  /** Reads what has come since; the newest first. */
  readonly refresh: () => Promise<void>;
};

type Ports = {
  readonly desk: Pick<CatalogueDesk, "now" | "versions" | "wanted">;
  /** A version is wanted: somebody should ask for it soon. */
  readonly onWanted: () => void;
  readonly onFault: (where: string, fault: unknown) => void;
};

/** A peer out of its mind must not fill the memory; what is forgotten here is noted once more. */
const NOTED_MOST = 1_000;

/** Makes the books. An offer or a push never waits for them: they are looked up in memory alone. @source nmg:2.2.1 @req REQ-08 */
export function createVersionBooks({ desk, onWanted, onFault }: Ports): VersionBooks {
  const books = new Map<string, VersionBook>();
  const noted = new Set<string>();
  const unreadable = new Set<string>();

  async function note(version: string, peer: NodeCode): Promise<void> {
    if (await desk.wanted.want(version, peer, desk.now())) onWanted();
  }

  return {
    by: (version, peer) => {
      const book = books.get(version);
      if (book !== undefined) return book;
      const key = `${version} ${peer}`;
      if (peer === null || noted.has(key) || !isCatalogueVersion(version)) return null;
      if (noted.size >= NOTED_MOST) noted.clear();
      noted.add(key);
      // Whoever noticed may be at work on a danger: this must not go on with its reserved capacity.
      ordinarily(() => {
        note(version, peer).catch((fault: unknown) => {
          noted.delete(key);
          onFault("catalogue wanted", fault);
        });
      });
      return null;
    },
    refresh: async () => {
      for (const { version } of await desk.versions.versions()) {
        if (books.has(version) || unreadable.has(version)) continue;
        const kept = await desk.versions.findVersion(version);
        if (kept === null) continue;
        try {
          books.set(version, createVersionBook(await catalogueOfVersion(desk.versions, kept)));
        } catch (fault) {
          // One that cannot be read hides none of the others, and is told once.
          unreadable.add(version);
          onFault(`catalogue ${version}`, fault);
        }
      }
    },
  };
}
