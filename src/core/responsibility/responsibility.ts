import type { LinkageId, NodeCode } from "../../kernel/index.ts";
import { grantsOf, isPushed } from "../linkage/index.ts";
import type { Linkage, LinkageDecision, LinkageFile, LinkageState, Part } from "../linkage/index.ts";

/** One reason for or against: a grant, and what happened to it. */
export type GrantAccount = {
  readonly grant: "registration" | LinkageId;
  readonly live: boolean;
  /** R-state of the linkage that made the grant; null for registration. */
  readonly state: LinkageState | null;
  readonly releasedBy: LinkageId | null;
  /** S-state of the linkage that carried it on. */
  readonly releasedIn: LinkageState | null;
};

/** Who acts, as far as this node can know it. A hint for screens; never the ground of a decision. */
export type HolderHint =
  | { readonly holder: "self" }
  | { readonly holder: "peer"; readonly node: NodeCode }
  | { readonly holder: "ended" };

export type Responsibility = {
  readonly part: Part;
  readonly responsible: boolean;
  /** Everything the answer rests on (P6). For a part that was pushed: the pushes, each its own grant. */
  readonly grants: readonly GrantAccount[];
  readonly holderHint: HolderHint;
};

/**
 * Whether this node is responsible for the part: ordinary, iff it holds a grant that is live and not released
 * (section 3); danger and a partner's part, iff a push of it is not yet delivered (S) or not yet ended (R) (section 6).
 * @source nmg:2.2.1 @source nmg:2.2.2 @source nmg:a3
 */
export function isResponsible(file: LinkageFile, part: Part): boolean {
  return part === "ordinary"
    ? grantsOf(file).some((g) => g.live && g.releasedBy === null)
    : file.linkages.some((l) => l.part === part && holdsPushed(l));
}

/** `isResponsible` with everything it rests on (P6). */
export function explainResponsibility(file: LinkageFile, part: Part): Responsibility {
  const responsible = isResponsible(file, part);
  const grants = part === "ordinary" ? ordinaryAccounts(file) : pushedAccounts(file, part);
  return { part, responsible, grants, holderHint: responsible ? { holder: "self" } : otherHolder(file, part) };
}

/**
 * The registration grant after a decision: closing the first linkage of the chain closes it, and a linkage that leaves
 * `closed` again (reopened, handed back) makes it live again. The caller keeps the file in step with this.
 */
export function registrationGrantAfter(
  grant: LinkageFile["registrationGrant"],
  { event, linkage }: LinkageDecision,
): LinkageFile["registrationGrant"] {
  if (grant === "none" || linkage.role !== "S" || linkage.part !== "ordinary" || linkage.source !== null) return grant;
  if (event.to === "closed") return "closed";
  return event.from === "closed" ? "live" : grant;
}

function holdsPushed(linkage: Linkage): boolean {
  if (!isPushed(linkage)) return false;
  return linkage.role === "S"
    ? linkage.state === "pushed"
    : linkage.state === "active" || linkage.state === "endReported";
}

function ordinaryAccounts(file: LinkageFile): readonly GrantAccount[] {
  return grantsOf(file).map((g) => ({
    grant: g.from,
    live: g.live,
    state: g.linkage?.state ?? null,
    releasedBy: g.releasedBy,
    releasedIn: file.linkages.find((l) => l.id === g.releasedBy)?.state ?? null,
  }));
}

function pushedAccounts(file: LinkageFile, part: Part): readonly GrantAccount[] {
  return file.linkages
    .filter((l) => l.part === part)
    .map((l) => ({
      grant: l.id,
      live: holdsPushed(l),
      state: l.state,
      releasedBy: l.role === "S" && l.state === "delivered" ? l.id : null,
      releasedIn: l.role === "S" && l.state === "delivered" ? l.state : null,
    }));
}

const ENDED: readonly LinkageState[] = ["closed", "ended"];

/** What came here without the ordinary part: a push, a part beside it, a notice, a plea for support. */
function cameWithout({ part, role }: Linkage): boolean {
  return part !== "ordinary" && role === "R";
}

function otherHolder(file: LinkageFile, part: Part): HolderHint {
  const last = file.linkages.filter((l) => l.part === part).at(-1);
  // What came here for its danger alone, or was only told, is for the rest the telling desk's, whatever became of that here.
  const isForeign = last === undefined && part === "ordinary" && file.registrationGrant === "none";
  const teller = isForeign ? file.linkages.find(cameWithout) : undefined;
  if (teller !== undefined) return { holder: "peer", node: teller.peer };
  if (last === undefined || ENDED.includes(last.state)) return { holder: "ended" };
  return last.state === "absorbed" && last.role === "R" ? { holder: "self" } : { holder: "peer", node: last.peer };
}
