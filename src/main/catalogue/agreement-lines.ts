import { agreementState, signaturesOfPair } from "../../core/catalogue/index.ts";
import type { AgreementState, CatalogueSignature, CatalogueVersion } from "../../core/catalogue/index.ts";
import { shanghaiDay } from "../../kernel/index.ts";
import type { Instant, NodeCode } from "../../kernel/index.ts";
import type { KeptApproval, WantedVersion } from "../../storage/index.ts";
import { problemLine } from "../node/seed-error.ts";

/** What an operator is told of each state. */
export const AGREEMENT_WORDS = {
  draft: "双方均未签署 signed by nobody",
  approvedHere: "本方已签，待对方 signed here, waits for the other desk",
  approvedThere: "对方已签，待本方 signed there, waits for this desk",
  agreed: "双方已签 signed by both",
  inEffect: "生效中 in effect",
  superseded: "已被后来的版本取代 followed by a later one",
} as const satisfies Record<AgreementState, string>;

/** What stands at a node, as its stores give it. */
export type CatalogueStanding = {
  readonly self: NodeCode;
  readonly at: Instant;
  readonly peers: readonly NodeCode[];
  readonly versions: readonly CatalogueVersion[];
  readonly signatures: readonly CatalogueSignature[];
  readonly approvals: readonly Pick<
    KeptApproval<unknown>,
    "version" | "digest" | "node" | "peer" | "userId" | "approvedAt"
  >[];
  readonly unheld: readonly Pick<KeptApproval<unknown>, "version" | "digest" | "peer">[];
  readonly wanted: readonly WantedVersion[];
};

/** The whole of it for a terminal: what is judged by, how far each version has come with each peer, what is still to be fetched. */
export function standingLines(standing: CatalogueStanding): readonly string[] {
  const { versions, peers, wanted } = standing;
  const current = versions.find(({ state }) => state === "inForce");
  const first = current === undefined ? "没有生效的目录 nothing is in force" : inForceLine(current);
  return [
    first,
    ...peers.flatMap((peer) => [`${peer}:`, ...versionsWith(standing, peer), ...otherTexts(standing, peer)]),
    ...wanted.flatMap(wantedLines),
  ];
}

function inForceLine({ version, inForceAt, signatures }: CatalogueVersion): string {
  const by =
    signatures.length === 0
      ? "依方案 by the plan"
      : `双方签署 signed by ${signatures.map(({ node }) => node).join(", ")}`;
  return `本节点按 ${version} 判定 is judged by here, since ${inForceAt ?? "?"}, ${by}`;
}

function versionsWith(
  { self, at, versions, signatures, approvals, unheld }: CatalogueStanding,
  peer: NodeCode,
): readonly string[] {
  const pair = { here: self, there: peer };
  return versions.flatMap((version) => {
    const state = agreementState(version, signatures, pair);
    const by = signaturesOfPair(version.digest, signatures, pair);
    const own = approvals.find((a) => a.node === self && a.peer === peer && a.digest === version.digest);
    const waits =
      state === "agreed" && shanghaiDay(at) < version.validFrom ? `，${version.validFrom} 起生效 from that day` : "";
    const onWay = unheld.some((a) => a.peer === peer && a.digest === version.digest);
    return [
      `  ${version.version.padEnd(20)} ${AGREEMENT_WORDS[state]}${waits}  ${version.digest.slice(0, 16)}${version.state === "foreign" ? "  来自对方 fetched" : ""}`,
      ...(by.here === null
        ? []
        : [`    本方 here ${by.here.at} ${own?.userId ?? ""}${onWay ? "  尚未送达 not delivered yet" : ""}`]),
      ...(by.there === null ? [] : [`    对方 there ${by.there.at}`]),
    ];
  });
}

/** The peer signed what this node does not have, or has with another text: nothing comes of it until one of them makes a new number. */
function otherTexts({ self, versions, approvals }: CatalogueStanding, peer: NodeCode): readonly string[] {
  return approvals
    .filter((a) => a.node === peer && a.peer === self && !versions.some(({ digest }) => digest === a.digest))
    .map(({ version, digest, approvedAt }) => {
      const known = versions.some((kept) => kept.version === version);
      const why = known ? "对方签的是另一文本 another text than the one kept here" : "本节点还没有 not kept here yet";
      return `  ${version.padEnd(20)} 对方已签 signed there ${approvedAt}  ${digest.slice(0, 16)}  ${why}`;
    });
}

function wantedLines({ version, peer, nextAt, tries, problems }: WantedVersion): readonly string[] {
  if (nextAt !== null) return [`${version} 待向 ${peer} 索取 is asked for, tries ${tries}, next ${nextAt}`];
  return [
    `${version} 由 ${peer} 给出但不能使用，已另存 came and cannot be used; it lies aside:`,
    ...problems.map((problem) => `  ${problemLine({ ...problem, code: parseCode(problem.code) })}`),
  ];
}

/** A kept reason is only shown. */
function parseCode(code: string): Parameters<typeof problemLine>[0]["code"] {
  return code as Parameters<typeof problemLine>[0]["code"];
}
