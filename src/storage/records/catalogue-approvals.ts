import type { Instant, NodeCode } from "../../kernel/index.ts";
import type { Store } from "../open-store.ts";
import { change, run, statement } from "../statement.ts";

/** One desk's signed word to another, as it was signed. `D` = the shape the exchange gives it. */
export type KeptApproval<D> = {
  readonly version: string;
  readonly digest: string;
  readonly node: NodeCode;
  readonly peer: NodeCode;
  readonly approvedAt: Instant;
  /** Who decided so at this node; null = it came from the peer. */
  readonly userId: string | null;
  /** A peer's, and this desk's operator has said that nothing will come of it. */
  readonly laidAside: boolean;
  readonly document: D;
};

type ApprovalKey = Pick<KeptApproval<unknown>, "version" | "digest" | "node" | "peer">;

export type CatalogueApprovalStore<D> = {
  /** Keeps an approval for ever. false = this desk's word for this text and this peer was here already. */
  readonly keep: (approval: KeptApproval<D>, at: Instant) => Promise<boolean>;
  /** Those this node gave or got; all versions, oldest first. */
  readonly approvals: () => Promise<readonly KeptApproval<D>[]>;
  readonly findApproval: (
    key: Pick<KeptApproval<D>, "version" | "digest" | "node" | "peer">,
  ) => Promise<KeptApproval<D> | null>;
  /** What this node signed and no peer has said yet to hold. */
  readonly unheld: (node: NodeCode) => Promise<readonly KeptApproval<D>[]>;
  /** Notes that nothing will come of a peer's approval, and who decided so; the approval stays. */
  readonly layAside: (approval: ApprovalKey, user: string, at: Instant) => Promise<void>;
  /** Keeps the peer's signed word that it holds one. */
  readonly held: (approval: KeptApproval<D>, receipt: unknown, at: Instant) => Promise<void>;
};

// What answers an approval stands in one table: the peer's word that it holds ours, and this desk's that it lays the peer's aside.
const COLUMNS = `a.version, a.digest, a.node, a.peer, a.approved_at, a.user_id, a.document,
  exists (select from liandong.catalogue_approval_receipts r where r.version = a.version and r.digest = a.digest
    and r.node = a.node and r.peer = a.peer and r.document->>'type' = 'laidAside') as laid_aside`;
const KEY = "version = $1 and digest = $2 and node = $3 and peer = $4";
const KEEP = statement(`
  insert into liandong.catalogue_approvals (version, digest, node, peer, approved_at, user_id, kept_at, document)
  values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb) on conflict do nothing`);
const ALL = statement(
  `select ${COLUMNS} from liandong.catalogue_approvals a order by a.approved_at, a.version, a.node`,
);
const FIND = statement(`select ${COLUMNS} from liandong.catalogue_approvals a where ${KEY}`);
const UNHELD = statement(`
  select ${COLUMNS} from liandong.catalogue_approvals a
  where a.node = $1 and not exists (
    select from liandong.catalogue_approval_receipts r
    where r.version = a.version and r.digest = a.digest and r.node = a.node and r.peer = a.peer)
  order by a.approved_at`);
const HELD = statement(`
  insert into liandong.catalogue_approval_receipts (version, digest, node, peer, received_at, document)
  values ($1, $2, $3, $4, $5, $6::jsonb) on conflict do nothing`);

type Row = {
  readonly version: string;
  readonly digest: string;
  readonly node: NodeCode;
  readonly peer: NodeCode;
  readonly approved_at: Instant;
  readonly user_id: string | null;
  readonly laid_aside: boolean;
  readonly document: unknown;
};

/** What desks signed of the catalogue for each other, by this node and by its peers; `parse` checks what comes back. */
export function createCatalogueApprovals<D>(
  { pool }: Store,
  parse: (document: unknown) => D,
): CatalogueApprovalStore<D> {
  const of = (row: Row): KeptApproval<D> => ({
    version: row.version,
    digest: row.digest,
    node: row.node,
    peer: row.peer,
    approvedAt: row.approved_at,
    userId: row.user_id,
    laidAside: row.laid_aside,
    document: parse(row.document),
  });
  return {
    keep: async (approval, at) => {
      const { version, digest, node, peer, approvedAt, userId, document } = approval;
      const values = [version, digest, node, peer, approvedAt, userId, at, JSON.stringify(document)];
      return (await change(pool, KEEP, values)) === 1;
    },
    approvals: async () => (await run<Row>(pool, ALL, [])).map(of),
    findApproval: async ({ version, digest, node, peer }) => {
      const [row] = await run<Row>(pool, FIND, [version, digest, node, peer]);
      return row === undefined ? null : of(row);
    },
    unheld: async (node) => (await run<Row>(pool, UNHELD, [node])).map(of),
    layAside: async ({ version, digest, node, peer }, user, at) => {
      await change(pool, HELD, [version, digest, node, peer, at, JSON.stringify({ type: "laidAside", by: user, at })]);
    },
    held: async ({ version, digest, node, peer }, receipt, at) => {
      await change(pool, HELD, [version, digest, node, peer, at, JSON.stringify(receipt)]);
    },
  };
}
