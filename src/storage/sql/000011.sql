-- Linkages in a state that waits for somebody, dangers first, of each part the oldest first: who supervises sees which of them stand still without
-- looking at those that rest (nmg:2.2.1, nmg:2.3.1). An index over what is there already, so that old rows stand in it as new ones do.
create index linkages_awaited on liandong.linkages
  (home_region, (state->>'part') collate "C", (state->>'openedAt') collate "C", linkage_id)
  where state->>'state' in ('offered', 'negotiating', 'bound', 'returned', 'held', 'reopening', 'accepted?', 'concluding?', 'concluding', 'pushed', 'delivered', 'active', 'endReported', 'sent', 'received', 'requested');
