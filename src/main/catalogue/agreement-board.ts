import { agreementState, checkApproval, signaturesOfPair } from "../../core/catalogue/index.ts";
import type { CatalogueVersion } from "../../core/catalogue/index.ts";
import type { AgreementBoard } from "../../http/contract/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import type { CatalogueStanding } from "./agreement-lines.ts";

type Row = AgreementBoard["versions"][number];

/** What is judged by stands first, then what is proposed, then what was. */
const ORDER = { inForce: 0, draft: 1, foreign: 1, superseded: 2 } as const satisfies Record<Row["kept"], number>;

/**
 * How the versions of the catalogue stand at this node and with each other desk, for the page of whoever signs. `nameOf` = who somebody of
 * this node is; null = not known any more. @source nmg:2.2.5 @source yn:4.1.1 @req REQ-20
 */
export function agreementBoard(standing: CatalogueStanding, nameOf: (userId: string) => string | null): AgreementBoard {
  const { self, versions, wanted } = standing;
  const current = versions.find(({ state }) => state === "inForce") ?? null;
  return {
    self,
    inForce:
      current === null
        ? null
        : {
            version: current.version,
            since: current.inForceAt,
            signedBy: current.signatures.map(({ node }) => node).toSorted(),
          },
    versions: versions
      .toSorted((a, b) => ORDER[a.state] - ORDER[b.state])
      .map((version) => rowOf(standing, version, current, nameOf)),
    elsewhere: standing.approvals
      .filter(({ node, digest }) => node !== self && !versions.some((kept) => kept.digest === digest))
      .map(({ version, digest, node, approvedAt }) => ({
        version,
        digest,
        peer: node,
        at: approvedAt,
        why: versions.some((kept) => kept.version === version) ? ("otherText" as const) : ("notHere" as const),
      })),
    wanted: wanted.map(({ version, peer, tries, nextAt, problems }) => ({
      version,
      peer,
      tries,
      nextAt,
      problems: problems.map(({ file, row, code, detail }) => ({ file, row, code, detail })),
    })),
  };
}

function rowOf(
  standing: CatalogueStanding,
  version: CatalogueVersion,
  current: CatalogueVersion | null,
  nameOf: (userId: string) => string | null,
): Row {
  const allowed = checkApproval(version, current);
  return {
    version: version.version,
    digest: version.digest,
    base: version.base,
    validFrom: version.validFrom,
    kept: version.state,
    fetchedFrom: version.fetchedFrom,
    savedAt: version.savedAt,
    inForceAt: version.inForceAt,
    refusal: allowed.ok ? null : allowed.error.code,
    with: standing.peers.map((peer) => withPeer(standing, version, peer, nameOf)),
  };
}

function withPeer(
  { self, signatures, approvals, unheld }: CatalogueStanding,
  version: CatalogueVersion,
  peer: NodeCode,
  nameOf: (userId: string) => string | null,
): Row["with"][number] {
  const pair = { here: self, there: peer };
  const { here, there } = signaturesOfPair(version.digest, signatures, pair);
  const own = approvals.find((a) => a.node === self && a.peer === peer && a.digest === version.digest);
  const by = own === undefined || own.userId === null ? null : nameOf(own.userId);
  const held = !unheld.some((a) => a.peer === peer && a.digest === version.digest);
  return {
    peer,
    state: agreementState(version, signatures, pair),
    here: here === null ? null : { at: here.at, by, held },
    there: there === null ? null : { at: there.at },
  };
}
