import { err, ok, shanghaiDay } from "../../kernel/index.ts";
import type { Instant, NodeCode, Result } from "../../kernel/index.ts";
import type { Day } from "./vocabulary.ts";

/** Life of one version: kept, put to the other desk, judged by, followed by a later one. */
export const VERSION_STATES = ["draft", "proposed", "inForce", "superseded"] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** One desk's signature over the digest of a version. */
export type CatalogueSignature = {
  readonly side: "hotline" | "police";
  readonly node: NodeCode;
  readonly at: Instant;
  readonly digest: string;
  /** Base64, by the node's key. */
  readonly signature: string;
};

/** One version as a node keeps it, without its rows. Only state and signatures ever change. @req REQ-20 */
export type CatalogueVersion = {
  /** `id@n`. */
  readonly version: string;
  /** SM3 over its files and the digest of its base, hex: what a desk signs. */
  readonly digest: string;
  readonly base: string | null;
  /** First day on which it may be judged by. */
  readonly validFrom: Day;
  readonly state: VersionState;
  readonly signatures: readonly CatalogueSignature[];
  readonly savedAt: Instant;
  readonly proposedAt: Instant | null;
  readonly inForceAt: Instant | null;
  readonly supersededAt: Instant | null;
};

/** What may happen to a version. `current` = the version in force now, null on an empty node. */
export type VersionStep =
  | { readonly type: "propose"; readonly at: Instant }
  | { readonly type: "sign"; readonly signature: CatalogueSignature }
  | { readonly type: "withdraw" }
  | { readonly type: "takeEffect"; readonly at: Instant; readonly current: CatalogueVersion | null }
  | {
      readonly type: "seed";
      readonly at: Instant;
      readonly current: CatalogueVersion | null;
      /** Whether it holds rows that rest on an agreement: those a running node never takes unsigned. */
      readonly agreements: boolean;
    }
  | { readonly type: "supersede"; readonly at: Instant };

/**
 * Why a step is refused. VERSION_STATE: not from this state; VERSION_DIGEST_DIFFERS: another text was signed;
 * VERSION_SIGNED_ALREADY: this desk has signed; VERSION_UNSIGNED: a desk has not; VERSION_NOT_YET: its first day has not
 * come; VERSION_OLDER: a later one of its kind is in force; VERSION_AGREED_IN_FORCE: files may not replace what both signed.
 */
export type VersionRefusal = {
  readonly code:
    | "VERSION_STATE"
    | "VERSION_DIGEST_DIFFERS"
    | "VERSION_SIGNED_ALREADY"
    | "VERSION_UNSIGNED"
    | "VERSION_NOT_YET"
    | "VERSION_OLDER"
    | "VERSION_AGREED_IN_FORCE";
};

/**
 * Where each step leads. `seed` is the way of files into an empty node, and of a plan's own later text into a node on which
 * nothing has been agreed: a plan binds both desks without their signature. Everything else is signed by both.
 */
export const VERSION_TABLE = {
  propose: { from: "draft", to: "proposed" },
  sign: { from: "proposed", to: "proposed" },
  withdraw: { from: "proposed", to: "draft" },
  takeEffect: { from: "proposed", to: "inForce" },
  seed: { from: "draft", to: "inForce" },
  supersede: { from: "inForce", to: "superseded" },
} as const satisfies Record<VersionStep["type"], { readonly from: VersionState; readonly to: VersionState }>;

/** Whether both desks have signed this very text. @source nmg:2.2.5 @source yn:4.1.1 */
export function isAgreed(version: CatalogueVersion): boolean {
  return (["hotline", "police"] as const).every((side) =>
    version.signatures.some((signature) => signature.side === side && signature.digest === version.digest),
  );
}

/** The version after one step, or why not. Whoever puts a version in force supersedes the one before. @req REQ-20 */
export function advanceVersion(version: CatalogueVersion, step: VersionStep): Result<CatalogueVersion, VersionRefusal> {
  const { from, to } = VERSION_TABLE[step.type];
  if (version.state !== from) return err({ code: "VERSION_STATE" });
  const refusal = refusalOf(version, step);
  return refusal === null ? ok({ ...version, state: to, ...changesOf(version, step) }) : err({ code: refusal });
}

function refusalOf(version: CatalogueVersion, step: VersionStep): VersionRefusal["code"] | null {
  switch (step.type) {
    case "sign":
      if (step.signature.digest !== version.digest) return "VERSION_DIGEST_DIFFERS";
      return version.signatures.some(({ side }) => side === step.signature.side) ? "VERSION_SIGNED_ALREADY" : null;
    case "takeEffect":
      if (!isAgreed(version)) return "VERSION_UNSIGNED";
      return tooEarlyOrLate(version, step.at, step.current);
    case "seed":
      if (step.current !== null && isAgreed(step.current)) return "VERSION_AGREED_IN_FORCE";
      if (step.current !== null && step.agreements) return "VERSION_UNSIGNED";
      return tooEarlyOrLate(version, step.at, step.current);
    case "propose":
    case "withdraw":
    case "supersede":
      return null;
  }
}

function tooEarlyOrLate(
  version: CatalogueVersion,
  at: Instant,
  current: CatalogueVersion | null,
): "VERSION_NOT_YET" | "VERSION_OLDER" | null {
  if (shanghaiDay(at) < version.validFrom) return "VERSION_NOT_YET";
  return current !== null && isOlder(version.version, current.version) ? "VERSION_OLDER" : null;
}

function changesOf(version: CatalogueVersion, step: VersionStep): Partial<CatalogueVersion> {
  switch (step.type) {
    case "propose":
      return { proposedAt: step.at };
    case "sign":
      return { signatures: [...version.signatures, step.signature] };
    case "withdraw":
      return { signatures: [], proposedAt: null };
    case "takeEffect":
    case "seed":
      return { inForceAt: step.at };
    case "supersede":
      return { supersededAt: step.at };
  }
}

/** Whether `version` is an earlier one of the same catalogue. */
function isOlder(version: string, than: string): boolean {
  const [id, number] = version.split("@");
  const [otherId, otherNumber] = than.split("@");
  return id === otherId && Number(number) <= Number(otherNumber);
}
