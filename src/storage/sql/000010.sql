-- Marks of clocks are read in the order of their list and no further than it needs: what is late by its level, what waits for a decision by
-- how long it waits; neither is read to find the other (nmg:2.2.5).
drop index liandong.alarms_clocks;
create index alarms_clocks on liandong.alarms (home_region, kind, audience, level desc, raised_at desc) where kind in ('deadlineNear', 'deadlinePassed', 'notTakenUp', 'pauseEnds');
create index alarms_decisions on liandong.alarms (home_region, kind, audience, raised_at) where kind in ('extensionAsked');
