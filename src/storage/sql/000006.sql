-- What two desks sign of the catalogue for each other, and versions fetched because another desk judged by them.
alter table liandong.catalogue_versions drop constraint catalogue_versions_state_check;
update liandong.catalogue_versions set state = 'draft' where state = 'proposed';
alter table liandong.catalogue_versions
  add constraint catalogue_versions_state_check check (state in ('draft', 'foreign', 'inForce', 'superseded')),
  add column fetched_from text collate "C";
comment on column liandong.catalogue_versions.state is 'draft = kept from files, foreign = fetched from the peer that judged by it; neither is judged by here.';
comment on column liandong.catalogue_versions.signatures is 'The two by which both desks agreed; empty while it rests on a plan alone.';
comment on column liandong.catalogue_versions.proposed_at is 'Of an earlier program; always null.';
comment on column liandong.catalogue_versions.fetched_from is 'Node that gave it; null = files of this node.';

create table liandong.catalogue_approvals (
  version text collate "C" not null,
  digest text collate "C" not null,
  node text collate "C" not null,
  peer text collate "C" not null,
  approved_at timestamptz not null,
  user_id text collate "C",
  kept_at timestamptz not null,
  document jsonb not null,
  constraint catalogue_approvals_pkey primary key (version, digest, node, peer)
);
comment on table liandong.catalogue_approvals is 'Signed word of one desk to another that it will judge by the text of this digest: node said it to peer. user_id = who decided so here, null for the peer''s. Append-only.';

create table liandong.catalogue_approval_receipts (
  version text collate "C" not null,
  digest text collate "C" not null,
  node text collate "C" not null,
  peer text collate "C" not null,
  received_at timestamptz not null,
  document jsonb not null,
  constraint catalogue_approval_receipts_pkey primary key (version, digest, node, peer)
);
comment on table liandong.catalogue_approval_receipts is 'Signed word of the peer that it holds an approval of this node; what has none is sent again. Append-only.';

create table liandong.catalogue_wanted (
  version text collate "C" not null,
  peer text collate "C" not null,
  asked_at timestamptz not null,
  tries integer not null default 0,
  next_at timestamptz,
  problems jsonb,
  document jsonb,
  constraint catalogue_wanted_pkey primary key (version, peer)
);
comment on table liandong.catalogue_wanted is 'Versions that a peer named and this node does not keep. next_at = when the peer is asked again; null = it came and cannot be used: problems says why, document is what came.';
