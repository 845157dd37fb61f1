-- A reminder that a pause ends is a mark of a clock as well, and each kind of these has a cap of its own: what waits for a decision stands before late requests (nmg:2.2.5).
drop index liandong.alarms_others;
drop index liandong.alarms_clocks;
create index alarms_others on liandong.alarms (home_region, audience) where kind not in ('deadlineNear', 'deadlinePassed', 'notTakenUp', 'extensionAsked', 'pauseEnds');
create index alarms_clocks on liandong.alarms (home_region, kind, level desc, raised_at desc) where kind in ('deadlineNear', 'deadlinePassed', 'notTakenUp', 'extensionAsked', 'pauseEnds');
