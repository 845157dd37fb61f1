-- An open danger stands in "mine" whoever holds the ordinary part: what was pushed to 110 is 110's to act on (nmg:2.2.1).
drop index liandong.cases_mine;
create index cases_mine on liandong.cases (home_region, registered_at, case_id) where (responsible and status <> 'closed') or danger_open;
