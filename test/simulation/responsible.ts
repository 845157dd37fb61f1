import type { CaseFile } from "../../src/core/file/index.ts";
import { linkageView } from "../../src/core/file/index.ts";
import { isPushed } from "../../src/core/linkage/index.ts";
import type { Linkage, LinkageState } from "../../src/core/linkage/index.ts";
import { isResponsible } from "../../src/core/responsibility/index.ts";

/** S and R of one linkage; R is missing until the first message has arrived. */
export type Pair = { readonly s: Linkage; readonly r: Linkage | null };

export function pairsOf(files: readonly CaseFile[]): readonly Pair[] {
  const all = files.flatMap((f) => f.linkages);
  return all
    .filter((l) => l.role === "S")
    .map((s) => ({ s, r: all.find((l) => l.id === s.id && l.role === "R") ?? null }));
}

const FALLIBLE: readonly LinkageState[] = ["accepted?", "concluding?"];

/** Whether the file's node is responsible for the ordinary part by its own log (section 3). */
export function holdsOrdinary(file: CaseFile): boolean {
  return file.case !== null && isResponsible(linkageView(file.case, file.linkages), "ordinary");
}

/** As `holdsOrdinary`, where a claim that its sender has already taken back counts no more, though its holder cannot know. */
export function holdsFirmly(file: CaseFile, pairs: readonly Pair[]): boolean {
  const fallen = pairs.filter((p) => p.s.state === "withdrawn").map((p) => p.s.id);
  const linkages = file.linkages.filter(
    (l) => !(l.role === "R" && fallen.includes(l.id) && FALLIBLE.includes(l.state)),
  );
  return holdsOrdinary({ ...file, linkages });
}

/**
 * Whether somebody owes the ordinary part: until whoever may close it has closed it, and again from the moment in which
 * somebody asked it back to work.
 */
export function isOpen(files: readonly CaseFile[], pairs: readonly Pair[], reopened: boolean): boolean {
  const origin = files.find((f) => f.case?.origin === "intake");
  if (origin === undefined) return false;
  if (reopened) return true;
  if (origin.case?.status === "closed") return false;
  const first = pairs.filter(({ s }) => s.source === null && s.part === "ordinary");
  return !first.some(({ s, r }) => s.state === "closed" || r?.state === "closed");
}

/** What is wrong with who is responsible at this instant (P2), null when nothing. */
export function ownerless(files: readonly CaseFile[], reopened: boolean): string | null {
  const pairs = pairsOf(files);
  if (isOpen(files, pairs, reopened) && !files.some((f) => holdsFirmly(f, pairs)))
    return `the ordinary part is nobody's: ${pairs.map(pairInWords).join(" ")}`;
  const gap = pairs.find((p) => p.s.state === "delivered" && p.r?.state !== "active" && p.r?.state !== "endReported");
  return gap === undefined ? null : `the ${gap.s.part} part is nobody's: ${pairInWords(gap)}`;
}

export function pairInWords({ s, r }: Pair): string {
  return `${s.kind} ${s.id.slice(-6)} ${s.state}/${r?.state ?? "-"}`;
}

const RESTING: readonly string[] = [
  "offered/offered",
  "negotiating/negotiating",
  "held/held",
  "returned/returned",
  "accepted/accepted",
  "closed/closed",
  "withdrawn/withdrawn",
  "rejected/rejected",
  "handedBack/handedBack",
  "absorbed/absorbed",
  "pushed/active",
  "delivered/active",
  "ended/ended",
  "received/received",
  "read/read",
  "requested/requested",
  "granted/granted",
  "declined/declined",
];

/** What must hold when nothing is under way (linkage table, 5.4 and section 10); null when it holds. */
export function unrest(files: readonly CaseFile[], reopened: boolean): string | null {
  const pairs = pairsOf(files);
  for (const pair of pairs) {
    const { s, r } = pair;
    const concluded = s.followPolicy === "follow" ? "concluded/released" : "concluded/toCallBack";
    const states = `${s.state}/${r?.state}`;
    if (!RESTING.includes(states) && states !== concluded) return `convergence: ${pairInWords(pair)} at rest`;
    if (r === null) return `convergence: ${pairInWords(pair)} at rest`;
    if (isPushed(s) && r.kShown === r.k && s.state === "pushed") return `P2: two desks for ${pairInWords(pair)}`;
    if (isPushed(s) && s.k !== r.k) return `P1: push ${s.k} of ${pairInWords(pair)} never arrived`;
    if (s.part === "ordinary" && s.state !== "handedBack" && r.additionsReceived !== s.additionsSent)
      return `P4: ${pairInWords(pair)} lost an addition`;
  }
  const holders = files.filter(holdsOrdinary).map((f) => f.case?.self ?? "");
  const open = isOpen(files, pairs, reopened);
  if (holders.length === (open ? 1 : 0)) return null;
  return `P2: at rest ${holders.join(" and ") || "nobody"} instead of ${open ? 1 : 0}: ${pairs.map(pairInWords).join(" ")}`;
}
