import { HEAD_FILE, isCatalogueVersion } from "../../core/catalogue/index.ts";
import type { CatalogueProblem } from "../../core/catalogue/index.ts";
import { CATALOGUE_REQUEST_PROTOCOL } from "../../exchange/contract/index.ts";
import type { CatalogueContent } from "../../exchange/contract/index.ts";
import type { HttpCarrier } from "../../exchange/http-api/index.ts";
import type { ExchangePeer } from "../../exchange/peer.ts";
import { err, ok, plusMs } from "../../kernel/index.ts";
import type { NodeCode, Result } from "../../kernel/index.ts";
import { catalogueOfFiles } from "../../storage/catalogue-files/index.ts";
import type { CheckedCatalogue } from "../../storage/catalogue-files/index.ts";
import type { WantedVersion } from "../../storage/index.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";
import { BODY_FORMAT, checkedVersion, draftOf } from "./kept-catalogue.ts";

export type VersionFetching = {
  readonly desk: Pick<CatalogueDesk, "now" | "versions" | "wanted">;
  readonly carrier: Pick<HttpCarrier, "fetchCatalogue">;
  readonly peers: () => readonly ExchangePeer[];
  readonly log: (line: string) => void;
  readonly onFault: (where: string, fault: unknown) => void;
};

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;
/** What nothing has come of for so long makes room: the peer has lost it, is gone, or gave what cannot be used. */
export const WANTED_FOR_MS = 30 * 24 * 3_600_000;

/** What came of one wanted version. */
type Outcome = "kept" | "later" | { readonly problems: readonly CatalogueProblem[]; readonly document: unknown };

/**
 * Asks peers for the versions they judged by and this node does not keep. What comes is data: checked like any folder, its digest made
 * again, kept as `foreign`, judged by only when this desk's operator signs it. What cannot be used is put aside with its
 * reasons. Gives the versions that are kept now. `only` = of this peer alone. @req REQ-08 @req REQ-20
 */
export async function fetchWanted(fetching: VersionFetching, only?: NodeCode): Promise<readonly string[]> {
  const { desk, log, onFault } = fetching;
  const kept: string[] = [];
  for (const { version, peer, tries } of await desk.wanted.giveUp(plusMs(desk.now(), -WANTED_FOR_MS)))
    log(`catalogue ${version} of ${peer} is asked for no longer, after ${tries} tries`);
  for (const wanted of await desk.wanted.due(desk.now())) {
    if (only !== undefined && wanted.peer !== only) continue;
    try {
      if (await settle(fetching, wanted)) kept.push(wanted.version);
    } catch (fault) {
      // What breaks on one version waits as long as a peer that is away, and holds up no other.
      onFault(`catalogue ${wanted.version}`, fault);
      await later(desk, wanted);
    }
  }
  return kept;
}

/**
 * Has a version asked for anew from each of some peers, also one that came and could not be used. VERSION_KEPT: this node has it;
 * VERSION_UNREADABLE: that is no name of a version.
 */
export async function askAnew(
  { versions, wanted, now }: VersionFetching["desk"],
  version: string,
  peers: readonly NodeCode[],
): Promise<Result<null, { readonly code: "VERSION_KEPT" | "VERSION_UNREADABLE" }>> {
  if (!isCatalogueVersion(version)) return err({ code: "VERSION_UNREADABLE" });
  if ((await versions.findVersion(version)) !== null) return err({ code: "VERSION_KEPT" });
  await wanted.forget(version);
  for (const peer of peers) await wanted.ask(version, peer, now());
  return ok(null);
}

/** true = the version is kept now. */
async function settle(fetching: VersionFetching, wanted: WantedVersion): Promise<boolean> {
  const { desk, log } = fetching;
  const { version, peer } = wanted;
  const outcome = await fetchOne(fetching, wanted);
  if (outcome === "kept") {
    await desk.wanted.forget(version);
    log(`catalogue ${version} came from ${peer}; it explains what was judged by it and is not judged by here`);
  } else if (outcome === "later") {
    await later(desk, wanted);
  } else {
    await desk.wanted.setAside(version, peer, outcome.problems, outcome.document);
    const [first] = outcome.problems;
    log(
      `catalogue ${version} of ${peer} cannot be used and lies aside: ${first?.file} ${first?.code} ${first?.detail}`,
    );
  }
  return outcome === "kept";
}

async function later({ wanted, now }: VersionFetching["desk"], { version, peer, tries }: WantedVersion): Promise<void> {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries, 12), LONGEST_WAIT_MS);
  await wanted.tryAgain(version, peer, plusMs(now(), wait));
}

/** Whether a peer answers signed requests for versions; one that has not said anything is not asked. */
function givesCatalogues({ protocols, publicKey }: ExchangePeer): boolean {
  return publicKey !== null && protocols !== undefined && protocols.max >= CATALOGUE_REQUEST_PROTOCOL;
}

async function fetchOne({ desk, carrier, peers, log }: VersionFetching, wanted: WantedVersion): Promise<Outcome> {
  const { version, peer: code } = wanted;
  if ((await desk.versions.findVersion(version)) !== null) return "kept";
  const peer = peers().find(({ nodeCode }) => nodeCode === code);
  if (peer === undefined || !givesCatalogues(peer)) return "later";
  const fetched = await carrier.fetchCatalogue(peer, version);
  if (!fetched.ok) {
    if (wanted.tries === 0) log(`catalogue ${version} of ${code}: ${fetched.error.code} ${fetched.error.detail}`);
    return "later";
  }
  const { content, document } = fetched.value;
  const checked = await check(desk, content, code);
  if (checked === "later") return "later";
  return "problems" in checked ? { ...checked, document } : keep(desk, checked, code, document);
}

/** Its base is fetched first; then the files are judged as a folder's, and must have the digest they came under. */
async function check(
  desk: VersionFetching["desk"],
  { version, base, digest, files }: CatalogueContent,
  peer: NodeCode,
): Promise<CheckedCatalogue | "later" | { readonly problems: readonly CatalogueProblem[] }> {
  const under = base === null ? null : await checkedVersion(desk.versions, base);
  if (under !== null && !under.ok) {
    if (base === null || !isCatalogueVersion(base)) return { problems: under.error };
    if ((await desk.versions.findVersion(base)) !== null) return { problems: under.error };
    await desk.wanted.want(base, peer, desk.now());
    return "later";
  }
  const checked = catalogueOfFiles(files, under === null ? null : under.value);
  if (!checked.ok) return { problems: checked.error };
  const { head } = checked.value.catalogue;
  const wrong = (code: "VERSION_DIFFERS" | "DIGEST_DIFFERS", detail: string) => ({
    problems: [{ file: HEAD_FILE, row: null, code, detail }],
  });
  if (head.version !== version) return wrong("VERSION_DIFFERS", `${head.version}, asked for ${version}`);
  if (checked.value.digest !== digest) return wrong("DIGEST_DIFFERS", `${checked.value.digest}, came under ${digest}`);
  return checked.value;
}

async function keep(
  { versions, now }: VersionFetching["desk"],
  checked: CheckedCatalogue,
  peer: NodeCode,
  document: unknown,
): Promise<Outcome> {
  const { catalogue, files } = checked;
  const foreign = { ...draftOf(checked, now()), state: "foreign", fetchedFrom: peer } as const;
  if (await versions.save(foreign, { body: catalogue, format: BODY_FORMAT, files })) return "kept";
  const detail = `${catalogue.head.version} is kept here with another text`;
  return { problems: [{ file: HEAD_FILE, row: null, code: "VERSION_TAKEN", detail }], document };
}
