import { err, ok, shanghaiDay } from "../../kernel/index.ts";
import type { Instant, NodeCode, Result } from "../../kernel/index.ts";
import type { Day } from "./vocabulary.ts";

/**
 * Life of one version at one node: kept as an edited text, or fetched from the node that judged by it; judged by; followed
 * by a later one. What two desks have said of it to each other is the matter of `agreement.ts`.
 */
export const VERSION_STATES = ["draft", "foreign", "inForce", "superseded"] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** One desk's word, given to another desk, that it will judge by the text of this digest. */
export type CatalogueSignature = {
  /** Who signed. */
  readonly node: NodeCode;
  /** With whom it agrees. */
  readonly peer: NodeCode;
  readonly at: Instant;
  readonly digest: string;
  /** Hex, by the node's key, over the whole statement. */
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
  /** The two by which it was agreed; empty while it rests on a plan alone. */
  readonly signatures: readonly CatalogueSignature[];
  /** The peer that gave it; null = it came from files of this node. */
  readonly fetchedFrom: NodeCode | null;
  readonly savedAt: Instant;
  readonly inForceAt: Instant | null;
  readonly supersededAt: Instant | null;
};

type Signatures = readonly CatalogueSignature[];

/** What may happen to a version. `current` = the version in force now, null on an empty node. */
export type VersionStep =
  | { readonly type: "adopt" }
  | {
      readonly type: "takeEffect";
      readonly at: Instant;
      readonly current: CatalogueVersion | null;
      readonly signatures: Signatures;
    }
  | { readonly type: "confirm"; readonly signatures: Signatures }
  | {
      readonly type: "seed";
      readonly at: Instant;
      readonly current: CatalogueVersion | null;
      /** Whether it holds rows that rest on an agreement: those a running node never takes unsigned. */
      readonly agreements: boolean;
    }
  | { readonly type: "supersede"; readonly at: Instant };

/**
 * Why a step is refused. VERSION_STATE: not from this state; VERSION_UNSIGNED: two desks have not signed this text;
 * VERSION_CONFIRMED: it has both signatures already; VERSION_NOT_YET: its first day has not come; VERSION_OLDER: what is in
 * force is later, by number or by the moment it was agreed; VERSION_AGREED_IN_FORCE: files may not replace what both signed.
 */
export type VersionRefusal = {
  readonly code:
    | "VERSION_STATE"
    | "VERSION_UNSIGNED"
    | "VERSION_CONFIRMED"
    | "VERSION_NOT_YET"
    | "VERSION_OLDER"
    | "VERSION_AGREED_IN_FORCE";
};

/**
 * Where each step leads. `seed` is the way of files into an empty node, and of a plan's own later text into a node on which
 * nothing has been agreed: a plan binds both desks without their signature. `confirm` makes what is in force by a plan agreed.
 * `adopt` takes a fetched version for one's own. Everything else takes effect by two signatures.
 */
export const VERSION_TABLE = {
  adopt: { from: ["foreign"], to: "draft" },
  takeEffect: { from: ["draft", "foreign"], to: "inForce" },
  confirm: { from: ["inForce"], to: "inForce" },
  seed: { from: ["draft", "foreign"], to: "inForce" },
  supersede: { from: ["inForce"], to: "superseded" },
} as const satisfies Record<VersionStep["type"], { readonly from: readonly VersionState[]; readonly to: VersionState }>;

/** Whether two desks have signed this very text for each other. @source nmg:2.2.5 @source yn:4.1.1 */
export function isAgreed({ signatures, digest }: Pick<CatalogueVersion, "signatures" | "digest">): boolean {
  return signatures.some(
    (one) =>
      one.digest === digest &&
      signatures.some((other) => other.digest === digest && other.node === one.peer && other.peer === one.node),
  );
}

/** The version after one step, or why not. Whoever puts a version in force supersedes the one before. @req REQ-20 */
export function advanceVersion(version: CatalogueVersion, step: VersionStep): Result<CatalogueVersion, VersionRefusal> {
  const { from, to } = VERSION_TABLE[step.type];
  if (!from.some((state) => state === version.state)) return err({ code: "VERSION_STATE" });
  const refusal = refusalOf(version, step);
  return refusal === null ? ok({ ...version, state: to, ...changesOf(step) }) : err({ code: refusal });
}

function refusalOf(version: CatalogueVersion, step: VersionStep): VersionRefusal["code"] | null {
  switch (step.type) {
    case "takeEffect":
      if (!isAgreed({ ...version, signatures: step.signatures })) return "VERSION_UNSIGNED";
      return tooEarlyOrLate({ ...version, signatures: step.signatures }, step.at, step.current);
    case "confirm":
      if (isAgreed(version)) return "VERSION_CONFIRMED";
      return isAgreed({ ...version, signatures: step.signatures }) ? null : "VERSION_UNSIGNED";
    case "seed":
      if (step.current !== null && isAgreed(step.current)) return "VERSION_AGREED_IN_FORCE";
      if (step.current !== null && step.agreements) return "VERSION_UNSIGNED";
      return tooEarlyOrLate(version, step.at, step.current);
    case "adopt":
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
  return current !== null && isOlder(version, current) ? "VERSION_OLDER" : null;
}

function changesOf(step: VersionStep): Partial<CatalogueVersion> {
  switch (step.type) {
    case "takeEffect":
      return { inForceAt: step.at, signatures: step.signatures };
    case "confirm":
      return { signatures: step.signatures };
    case "seed":
      return { inForceAt: step.at };
    case "supersede":
      return { supersededAt: step.at };
    case "adopt":
      return {};
  }
}

/**
 * Whether `version` is before `than`: of two that were both agreed the one that was agreed first, by what both desks signed, whatever their
 * numbers: so any number of nodes that learn of the same agreements in another order end with the same one. Agreed in the same moment, the
 * number says it, or the name. Where one is not agreed only the numbers of one catalogue do.
 */
export function isOlder(version: CatalogueVersion, than: CatalogueVersion): boolean {
  const [id, number] = version.version.split("@");
  const [otherId, otherNumber] = than.version.split("@");
  const [own, other] = [agreedAt(version.signatures), agreedAt(than.signatures)];
  if (own !== null && other !== null && own !== other) return own < other;
  if (id === otherId) return Number(number) <= Number(otherNumber);
  return own !== null && other !== null && version.version <= than.version;
}

/** When the later of the desks signed; null = nobody has. Instants of one form compare as texts. */
export function agreedAt(signatures: Signatures): Instant | null {
  return signatures
    .map(({ at }) => at)
    .reduce<Instant | null>((last, at) => (last === null || at > last ? at : last), null);
}
