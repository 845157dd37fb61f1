-- What both nodes keep of every batch: the sender's signature over the ordered digests and the receiver's receipt.
create table liandong.exchange_evidence (
  home_region text collate "C" not null,
  direction text collate "C" not null check (direction in ('sent', 'received')),
  peer text collate "C" not null,
  batch_id text collate "C" not null,
  kept_at timestamptz not null default now(),
  batch jsonb not null,
  receipt jsonb not null,
  constraint exchange_evidence_pkey primary key (home_region, peer, direction, batch_id)
);
comment on table liandong.exchange_evidence is 'Signed batch and signed receipt of every exchange, without messages: digests and signatures only. Append-only.';
