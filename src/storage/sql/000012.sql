-- Linkages that wait for somebody stand in the order in which who supervises reads them: dangers first, then whatever came into its state
-- longest ago, also what was only told or asked (nmg:2.2.1, nmg:2.3.1). A row from before `movedAt` was kept stands by when it was opened.
drop index liandong.linkages_awaited;
create index linkages_awaited on liandong.linkages
  (home_region, (case when state->>'part' = 'danger' then '0' else '1' end) collate "C",
   (coalesce(state->>'movedAt', state->>'openedAt')) collate "C", linkage_id)
  where state->>'state' in ('offered', 'negotiating', 'bound', 'returned', 'held', 'reopening', 'accepted?', 'concluding?', 'concluding', 'pushed', 'delivered', 'active', 'endReported', 'sent', 'received', 'requested');
