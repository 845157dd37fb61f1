/**
 * Who looks, and for what. A peer's purpose is the kind of message that carries the value. `deskDanger` = a desk while a
 * danger part of this very request is open: whoever sends officers must not have to ask for the number first. `peerTold` = a
 * desk that is told of a matter, or asked for help with it, and does not take it: it rings nobody, so it is not told who asked.
 */
export type Viewer =
  | "desk"
  | "deskDanger"
  | "unit"
  | "peerTransfer"
  | "peerDanger"
  | "peerTold"
  | "public"
  | "evidence";

/** clear = as it is; masked = enough to recognise; hidden = not at all. */
export type Showing = "clear" | "masked" | "hidden";

type ScopeRow = {
  readonly field: string;
  readonly showings: Readonly<Record<Viewer, Showing>>;
  /** When the requester asked for confidentiality or the request is a tip-off. */
  readonly confidential: Readonly<Record<Viewer, Showing>>;
  readonly source: string;
};

const all = (s: Showing): Readonly<Record<Viewer, Showing>> => ({
  desk: s,
  deskDanger: s,
  unit: s,
  peerTransfer: s,
  peerDanger: s,
  peerTold: s,
  public: "hidden",
  evidence: "hidden",
});

/**
 * 知悉范围: which sealed field each viewer sees. First matching row counts; `*` ends a prefix; no row = hidden.
 * The danger scope always holds the caller's number and place. All rows are `default` until both desks have signed them.
 * @source nmg:2.3.2 @req REQ-56
 */
export const SCOPE_TABLE: readonly ScopeRow[] = [
  {
    field: "requester.name",
    showings: { ...all("clear"), desk: "masked", unit: "masked", peerTold: "hidden" },
    confidential: { ...all("hidden"), desk: "masked", deskDanger: "clear", peerDanger: "clear" },
    source: "default",
  },
  {
    field: "requester.phone",
    showings: { ...all("clear"), desk: "masked", peerTold: "hidden" },
    confidential: { ...all("hidden"), desk: "masked", deskDanger: "clear", peerDanger: "clear" },
    source: "default",
  },
  {
    field: "requester.contact",
    showings: { ...all("clear"), desk: "masked", peerTold: "hidden" },
    confidential: { ...all("hidden"), desk: "masked", deskDanger: "clear", peerDanger: "clear" },
    source: "default",
  },
  {
    field: "address",
    showings: all("clear"),
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "text",
    showings: all("clear"),
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "note.*",
    showings: all("clear"),
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "guidance.*",
    showings: { ...all("clear"), peerTold: "hidden" },
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "answer.*",
    showings: { ...all("clear"), peerTold: "hidden" },
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "instruction.*",
    showings: { ...all("clear"), peerTold: "hidden" },
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "reply.*",
    showings: { ...all("clear"), peerTold: "hidden" },
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "result.*",
    showings: { ...all("clear"), peerTold: "hidden" },
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "reason.*",
    showings: { ...all("clear"), peerTold: "hidden" },
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "basis.*",
    showings: { ...all("clear"), unit: "hidden", peerTold: "hidden" },
    confidential: { ...all("clear"), unit: "hidden", peerTold: "hidden" },
    source: "default",
  },
  {
    field: "ruling.*",
    showings: { ...all("clear"), unit: "hidden", peerTold: "hidden" },
    confidential: { ...all("clear"), unit: "hidden", peerTold: "hidden" },
    source: "default",
  },
  {
    field: "proposedOwner.*",
    showings: { ...all("clear"), unit: "hidden", peerTold: "hidden" },
    confidential: { ...all("clear"), unit: "hidden", peerTold: "hidden" },
    source: "default",
  },
  {
    field: "initialResponse.*",
    showings: { ...all("clear"), peerTold: "hidden" },
    confidential: { ...all("clear"), peerTold: "hidden" },
    source: "default",
  },
  {
    field: "callback.*",
    showings: { ...all("clear"), unit: "hidden", peerTransfer: "hidden", peerDanger: "hidden", peerTold: "hidden" },
    confidential: { ...all("clear"), unit: "hidden", peerTransfer: "hidden", peerDanger: "hidden", peerTold: "hidden" },
    source: "default",
  },
  {
    field: "call.*",
    showings: { ...all("clear"), unit: "hidden", peerTransfer: "hidden", peerDanger: "hidden", peerTold: "hidden" },
    confidential: { ...all("clear"), unit: "hidden", peerTransfer: "hidden", peerDanger: "hidden", peerTold: "hidden" },
    source: "default",
  },
  // What is said between the desks without handing anything over: theirs, and no unit's.
  {
    field: "notice.*",
    showings: { ...all("clear"), unit: "hidden" },
    confidential: { ...all("clear"), unit: "hidden" },
    source: "default",
  },
  {
    field: "support.*",
    showings: { ...all("clear"), unit: "hidden" },
    confidential: { ...all("clear"), unit: "hidden" },
    source: "default",
  },
  // What the other desk is asked to work on beside ours.
  {
    field: "joint.*",
    showings: { ...all("clear"), unit: "hidden", peerTold: "hidden" },
    confidential: { ...all("clear"), unit: "hidden", peerTold: "hidden" },
    source: "default",
  },
  // What came and does not fit its commitment may be anything: shown to nobody but the desk, and there only when asked for.
  {
    field: "doubtful.*",
    showings: { ...all("hidden"), desk: "masked", deskDanger: "clear" },
    confidential: { ...all("hidden"), desk: "masked", deskDanger: "clear" },
    source: "default",
  },
  { field: "checkCode", showings: all("hidden"), confidential: all("hidden"), source: "default" },
];

/** How `viewer` sees `field`. Unknown fields are hidden: a new field must be put into the table first. */
export function showingOf(viewer: Viewer, field: string, confidential: boolean): Showing {
  const row = SCOPE_TABLE.find((r) =>
    r.field.endsWith("*") ? field.startsWith(r.field.slice(0, -1)) : r.field === field,
  );
  if (row === undefined) return "hidden";
  return (confidential ? row.confidential : row.showings)[viewer];
}
