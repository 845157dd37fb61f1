-- What the other desk gave back is found without looking at every hand-over: it waits for whoever handed it over (nmg:2.2.1).
create index linkages_returned on liandong.linkages (case_id) where state->>'role' = 'S' and state->>'state' = 'returned';
-- What this desk gave back, or what was taken back from it, has ended here and stands with what is closed.
drop index liandong.cases_closed;
create index cases_closed on liandong.cases (home_region, registered_at, case_id) where status in ('closed', 'stoodDown');
