-- Clocks of requests and orders (nmg:2.2.5): one a stage of one thing. The row is the folded state; the columns are what is watched.
create table liandong.clocks (
  home_region text collate "C" not null,
  clock_id uuid not null,
  case_id uuid not null,
  subject uuid not null,
  version integer not null,
  due_at timestamptz,
  provisional boolean not null,
  owner text collate "C" not null,
  status text collate "C" not null,
  parent uuid,
  state jsonb not null,
  constraint clocks_pkey primary key (home_region, clock_id)
) with (fillfactor = 85);
comment on table liandong.clocks is 'One clock of one stage of a request or of an order: folded state, and when it is due for whom. due_at null = it stands still. parent = the clock it runs inside of.';
create index clocks_case on liandong.clocks (home_region, case_id);
