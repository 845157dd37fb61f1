-- Clocks of requests and orders (nmg:2.2.5): one a stage of one thing. What it began with stands in its first event and only there; the
-- row has what has changed since, and is its own timer: a registration writes one row more, not two.
create table liandong.clocks (
  home_region text collate "C" not null,
  clock_id uuid not null,
  case_id uuid not null,
  version integer not null,
  ring_at timestamptz,
  lease_until timestamptz,
  state jsonb not null,
  constraint clocks_pkey primary key (home_region, case_id, clock_id)
) with (fillfactor = 85);
comment on table liandong.clocks is 'One clock of one stage of a request or of an order. state = what has changed since its first event, {} = nothing. ring_at = its timer, for the mark that comes next; a lease that runs out frees it again.';
create index clocks_ring on liandong.clocks (home_region, ring_at) where ring_at is not null;
create index clocks_leased on liandong.clocks (home_region, lease_until) where lease_until is not null;

comment on table liandong.cases is 'One request at this node: its folded state, and beside it what queues filter and sort by. file_version = number of the events of its own stream, its linkages and its orders; clocks do not count.';

-- Marks of clocks may be thousands; what must be signed, dialled or mended is found without them.
create index alarms_others on liandong.alarms (home_region, audience) where kind not in ('deadlineNear', 'deadlinePassed', 'notTakenUp');
create index alarms_clocks on liandong.alarms (home_region, level desc, raised_at desc) where kind in ('deadlineNear', 'deadlinePassed', 'notTakenUp');
