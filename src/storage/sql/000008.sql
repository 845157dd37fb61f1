-- What of a request's clocks is due first stands in its row of the queue: a page of the queue asks nothing more for it (nmg:2.2.5).
alter table liandong.cases add column due jsonb;
comment on column liandong.cases.due is 'What of its time limits is due first: stage, at (null = all stand still), provisional, status; null = none runs.';

-- Only clocks that still ring are open: a few in a hundred requests have one.
update liandong.cases c set due = f.due
from (
  select distinct on (d.home_region, d.case_id) d.home_region, d.case_id,
    jsonb_build_object('stage', s.body->'policy'->'stage', 'at', t.due->'at', 'provisional', t.due->'provisional', 'status', 'running') as due
  from liandong.clocks d
  join liandong.events s on s.home_region = d.home_region and s.stream_kind = 'clock' and s.stream_id = d.clock_id and s.version = 1
  cross join lateral (select coalesce(d.state->'due', s.body->'due') as due) t
  where d.ring_at is not null and jsonb_typeof(t.due) = 'object'
  order by d.home_region, d.case_id, t.due->>'at' collate "C") f
where c.home_region = f.home_region and c.case_id = f.case_id;

-- An extension that waits for its answer is a mark of a clock: it stands below danger and everything that must be dialled.
drop index liandong.alarms_others;
drop index liandong.alarms_clocks;
create index alarms_others on liandong.alarms (home_region, audience) where kind not in ('deadlineNear', 'deadlinePassed', 'notTakenUp', 'extensionAsked');
create index alarms_clocks on liandong.alarms (home_region, level desc, raised_at desc) where kind in ('deadlineNear', 'deadlinePassed', 'notTakenUp', 'extensionAsked');
