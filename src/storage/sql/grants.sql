-- Rights of the role that serves requests: app_role stands for the name the caller gives.
-- Append-only tables get no update and no delete: what is logged cannot be rewritten by a stolen application password.
grant usage on schema liandong to app_role;
grant select on liandong.migrations to app_role;
grant select, insert on
  liandong.events, liandong.inbox, liandong.alarm_history, liandong.read_log, liandong.record_history, liandong.seals, liandong.checkpoints,
  liandong.exchange_evidence
  to app_role;
grant select, insert, update, delete on
  liandong.settings, liandong.cases, liandong.case_keys, liandong.vault, liandong.linkages, liandong.orders, liandong.clocks, liandong.outbox,
  liandong.inbox_kept, liandong.timers, liandong.alarms, liandong.commands, liandong.notices, liandong.serials, liandong.users,
  liandong.sessions, liandong.peers, liandong.units, liandong.catalogue_versions, liandong.seal_heads
  to app_role;
