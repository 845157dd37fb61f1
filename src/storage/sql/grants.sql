-- Rights of the role that serves requests: app_role stands for the name the caller gives.
-- Append-only tables get no update and no delete: what is logged cannot be rewritten by a stolen application password.
grant usage on schema liandong to app_role;
grant select on liandong.migrations to app_role;
grant select, insert on
  liandong.events, liandong.inbox, liandong.alarm_history, liandong.read_log, liandong.record_history, liandong.seals, liandong.checkpoints,
  liandong.exchange_evidence, liandong.catalogue_versions, liandong.catalogue_files, liandong.catalogue_approvals,
  liandong.catalogue_approval_receipts, liandong.consultations
  to app_role;
grant select, insert, update, delete on
  liandong.settings, liandong.cases, liandong.case_keys, liandong.vault, liandong.linkages, liandong.orders, liandong.clocks, liandong.outbox,
  liandong.inbox_kept, liandong.timers, liandong.alarms, liandong.commands, liandong.notices, liandong.serials, liandong.users,
  liandong.sessions, liandong.peers, liandong.units, liandong.seal_heads, liandong.catalogue_wanted
  to app_role;
-- What a version says never changes; an older grant of more is taken back.
revoke update, delete on liandong.catalogue_versions from app_role;
revoke update (proposed_at) on liandong.catalogue_versions from app_role;
grant update (state, signatures, in_force_at, superseded_at) on liandong.catalogue_versions to app_role;
