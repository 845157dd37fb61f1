-- The tables of one node. Any PostgreSQL from version 15 on; no trigger, no procedure, no advisory lock, no deferrable key.
-- home_region leads every primary and unique key of the big tables, so that they can be partitioned or distributed by it.
-- Ids are UUIDv7 made by the program; the only sequence is events.position, and it is used for order, never as identity.

create table liandong.settings (
  name text collate "C" primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);
comment on table liandong.settings is 'Named values of this node. incarnation changes when the database is restored, which makes old feed cursors void.';
insert into liandong.settings (name, value) values ('incarnation', to_jsonb(gen_random_uuid()::text));

create table liandong.cases (
  home_region text collate "C" not null,
  case_id uuid not null,
  request_no text collate "C" not null,
  version integer not null,
  file_version integer not null,
  status text collate "C" not null,
  responsible boolean not null,
  danger_open boolean not null,
  danger boolean not null,
  item text collate "C",
  place text collate "C",
  peer text collate "C",
  units text[] not null,
  phone_index text collate "C",
  registered_at timestamptz not null,
  changed_at timestamptz not null,
  state jsonb not null,
  constraint cases_pkey primary key (home_region, case_id)
) with (fillfactor = 85);
comment on table liandong.cases is 'One request at this node: its folded state, and beside it what queues filter and sort by. file_version = sum of all stream versions of the file.';
create index cases_no on liandong.cases (home_region, request_no);
create index cases_all on liandong.cases (home_region, registered_at, case_id);
create index cases_mine on liandong.cases (home_region, registered_at, case_id) where responsible and status <> 'closed';
create index cases_incoming on liandong.cases (home_region, registered_at, case_id) where status = 'offered';
create index cases_theirs on liandong.cases (home_region, registered_at, case_id) where status = 'handedOver';
create index cases_danger on liandong.cases (home_region, registered_at, case_id) where danger_open;
create index cases_closed on liandong.cases (home_region, registered_at, case_id) where status = 'closed';
create index cases_phone on liandong.cases (home_region, phone_index, registered_at, case_id) where phone_index is not null;
create index cases_item on liandong.cases (home_region, item, registered_at, case_id);
create index cases_place on liandong.cases (home_region, place, registered_at, case_id);
create index cases_units on liandong.cases using gin (units);

create table liandong.case_keys (
  home_region text collate "C" not null,
  case_id uuid not null,
  wrapped bytea not null,
  constraint case_keys_pkey primary key (home_region, case_id)
);
comment on table liandong.case_keys is 'The key of each request, wrapped by the key service. Deleting the row erases every personal value of the request; the log still verifies.';

create table liandong.vault (
  home_region text collate "C" not null,
  case_id uuid not null,
  field text collate "C" not null,
  version integer not null,
  commitment text collate "C" not null,
  box bytea not null,
  constraint vault_pkey primary key (home_region, case_id, field, version)
);
comment on table liandong.vault is 'Personal values and texts, encrypted with the case key, one row a version; commitment is what events and messages quote.';

create table liandong.events (
  home_region text collate "C" not null,
  stream_kind text collate "C" not null,
  stream_id uuid not null,
  version integer not null,
  case_id uuid not null,
  type text collate "C" not null,
  type_version smallint not null,
  at timestamptz not null,
  body jsonb not null,
  position bigint generated always as identity,
  tx xid8 not null default pg_current_xact_id(),
  constraint events_pkey primary key (home_region, stream_kind, stream_id, version)
);
comment on table liandong.events is 'What happened: codes and sealed references only. Append only. The primary key is the optimistic lock; (tx, position) is the order of reading. tx 0 and 1: rows of a restored backup.';
create index events_feed on liandong.events (home_region, tx, position);
create index events_case on liandong.events (home_region, case_id);

create table liandong.linkages (
  home_region text collate "C" not null,
  linkage_id uuid not null,
  case_id uuid not null,
  version integer not null,
  state jsonb not null,
  constraint linkages_pkey primary key (home_region, linkage_id)
) with (fillfactor = 85);
comment on table liandong.linkages is 'One hand-over of one part of a request between two nodes: this node''s folded copy.';
create index linkages_case on liandong.linkages (home_region, case_id);

create table liandong.orders (
  home_region text collate "C" not null,
  order_id uuid not null,
  case_id uuid not null,
  version integer not null,
  unit text collate "C" not null,
  open boolean not null,
  dispatched_at timestamptz not null,
  state jsonb not null,
  constraint orders_pkey primary key (home_region, order_id)
) with (fillfactor = 85);
comment on table liandong.orders is 'One order to one handling unit or to officers: folded state and what the unit''s list filters by.';
create index orders_case on liandong.orders (home_region, case_id);
create index orders_unit_open on liandong.orders (home_region, unit, dispatched_at, order_id) where open;
create index orders_unit_ended on liandong.orders (home_region, unit, dispatched_at, order_id) where not open;

create table liandong.outbox (
  home_region text collate "C" not null,
  message_id uuid not null,
  peer text collate "C" not null,
  lane text collate "C" not null,
  conversation uuid not null,
  seq integer not null,
  case_id uuid not null,
  type text collate "C" not null,
  message jsonb not null,
  inserted_at timestamptz not null default clock_timestamp(),
  status text collate "C" not null default 'pending' check (status in ('pending', 'receipted', 'dead')),
  attempts integer not null default 0,
  lease_until timestamptz,
  retry_at timestamptz,
  ended_at timestamptz,
  receipt text collate "C",
  code text,
  constraint outbox_pkey primary key (home_region, message_id),
  constraint outbox_conversation_key unique (home_region, conversation, seq)
) with (fillfactor = 85);
comment on table liandong.outbox is 'Messages to other nodes: pending until the peer''s receipt, dead when an operator must look. Receipted rows stay as evidence of what was said.';
create index outbox_pending on liandong.outbox (home_region, peer, lane, inserted_at, seq) where status = 'pending';
create index outbox_conversation_pending on liandong.outbox (home_region, conversation, seq) where status = 'pending';
create index outbox_dead on liandong.outbox (home_region, inserted_at) where status = 'dead';

create table liandong.inbox (
  home_region text collate "C" not null,
  message_id uuid not null,
  conversation uuid not null,
  sender text collate "C" not null,
  seq integer not null,
  received_at timestamptz not null,
  noted text collate "C",
  message jsonb not null,
  constraint inbox_pkey primary key (home_region, message_id)
);
comment on table liandong.inbox is 'Messages from other nodes as received and consumed: evidence, append only. noted = consumed without effect, and why.';
create index inbox_conversation on liandong.inbox (home_region, conversation, sender, seq);

create table liandong.inbox_kept (
  home_region text collate "C" not null,
  message_id uuid not null,
  conversation uuid not null,
  sender text collate "C" not null,
  seq integer not null,
  case_id uuid not null,
  type text collate "C" not null,
  message jsonb not null,
  enclosure jsonb,
  received_at timestamptz not null,
  status text collate "C" not null check (status in ('waiting', 'failed', 'dead')),
  error text,
  attempts integer not null default 0,
  lease_until timestamptz,
  retry_at timestamptz,
  constraint inbox_kept_pkey primary key (home_region, message_id)
);
comment on table liandong.inbox_kept is 'Messages that came before their turn or could not be folded yet; the row goes when the message is consumed.';
create index inbox_kept_turn on liandong.inbox_kept (home_region, conversation, sender, seq);
create index inbox_kept_failed on liandong.inbox_kept (home_region, received_at) where status = 'failed';
create index inbox_kept_dead on liandong.inbox_kept (home_region, received_at) where status = 'dead';

create table liandong.timers (
  home_region text collate "C" not null,
  owner text collate "C" not null,
  owner_id text collate "C" not null,
  kind text collate "C" not null,
  case_id uuid not null,
  due_at timestamptz not null,
  lease_until timestamptz,
  constraint timers_pkey primary key (home_region, owner, owner_id, kind)
);
comment on table liandong.timers is 'Durable timers. A lease that runs out frees the timer again; the commit that handles it sets it anew or cancels it.';
create index timers_due on liandong.timers (home_region, due_at);
create index timers_leased on liandong.timers (home_region, lease_until) where lease_until is not null;

create table liandong.alarms (
  home_region text collate "C" not null,
  subject text collate "C" not null,
  kind text collate "C" not null,
  case_id uuid,
  level integer not null,
  dial text,
  audience text collate "C" not null,
  raised_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by text collate "C",
  outcome text,
  constraint alarms_pkey primary key (home_region, subject, kind)
);
comment on table liandong.alarms is 'Red marks that stand now. Cleared ones leave this table for alarm_history.';

create table liandong.alarm_history (
  home_region text collate "C" not null,
  entry_id uuid not null default gen_random_uuid(),
  subject text collate "C" not null,
  kind text collate "C" not null,
  what text collate "C" not null check (what in ('acknowledged', 'cleared')),
  at timestamptz not null,
  case_id uuid,
  level integer not null,
  dial text,
  audience text collate "C" not null,
  raised_at timestamptz not null,
  by_user text collate "C",
  outcome text,
  constraint alarm_history_pkey primary key (home_region, entry_id)
);
comment on table liandong.alarm_history is 'How each red mark was answered and how it ended. Append only.';
create index alarm_history_at on liandong.alarm_history (home_region, at);

create table liandong.commands (
  home_region text collate "C" not null,
  command_id uuid not null,
  user_id text collate "C",
  digest text collate "C" not null,
  answer jsonb,
  at timestamptz not null,
  constraint commands_pkey primary key (home_region, command_id)
);
comment on table liandong.commands is 'The answer a repeated command gets instead of being carried out twice.';
create index commands_at on liandong.commands (home_region, at);

create table liandong.notices (
  home_region text collate "C" not null,
  notice_id text collate "C" not null,
  case_id uuid,
  recipient text collate "C" not null,
  unit text collate "C",
  template text collate "C" not null,
  params jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  status text collate "C" not null default 'pending' check (status in ('pending', 'sent', 'failed')),
  attempts integer not null default 0,
  lease_until timestamptz,
  retry_at timestamptz,
  ended_at timestamptz,
  error text,
  constraint notices_pkey primary key (home_region, notice_id)
);
comment on table liandong.notices is 'Messages to people (unit duty phone, requester, peer''s duty phone): codes only, the text is made when it is sent.';
create index notices_pending on liandong.notices (home_region, created_at) where status = 'pending';
create index notices_failed on liandong.notices (home_region, created_at) where status = 'failed';

create table liandong.read_log (
  home_region text collate "C" not null,
  entry_id uuid not null default gen_random_uuid(),
  at timestamptz not null,
  reader_kind text collate "C" not null,
  reader_id text collate "C" not null,
  purpose text collate "C" not null,
  case_ids uuid[] not null,
  fields text[] not null,
  constraint read_log_pkey primary key (home_region, entry_id)
);
comment on table liandong.read_log is 'Every act of reading personal data: who, why, which requests, which fields. Append only.';
create index read_log_at on liandong.read_log (home_region, at);
create index read_log_cases on liandong.read_log using gin (case_ids);

create table liandong.serials (
  region text collate "C" not null,
  day text collate "C" not null,
  taken integer not null,
  constraint serials_pkey primary key (region, day)
);
comment on table liandong.serials is 'Last serial number taken per region and day; gaps are allowed, doubles never.';

create table liandong.users (
  user_id text collate "C" primary key,
  login text collate "C" not null constraint users_login_key unique,
  display_name text not null,
  roles text[] not null,
  regions text[] not null,
  unit text collate "C",
  active boolean not null,
  demo boolean not null,
  password_hash text,
  changed_at timestamptz not null
);
comment on table liandong.users is 'Accounts of this node. No password hash: the account cannot log in.';

create table liandong.sessions (
  id_hash text collate "C" primary key,
  user_id text collate "C" not null references liandong.users (user_id),
  csrf text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  on_duty boolean not null,
  stream_at timestamptz
);
comment on table liandong.sessions is 'Open sessions. On duty with a live stream = a seat that can have an urgent push on its screen.';
create index sessions_user on liandong.sessions (user_id);
create index sessions_duty on liandong.sessions (stream_at) where on_duty;

create table liandong.peers (
  node_code text collate "C" primary key,
  side text collate "C" not null,
  regions text[] not null,
  url text not null,
  public_key text,
  duty_phone text not null,
  capability jsonb
);
comment on table liandong.peers is 'The nodes this one is linked with. No public key: nothing is sent.';

create table liandong.units (
  unit_code text collate "C" primary key,
  body jsonb not null,
  changed_at timestamptz not null
);
comment on table liandong.units is 'Handling units and police units of the directory.';

create table liandong.record_history (
  entry_id uuid primary key default gen_random_uuid(),
  record text collate "C" not null check (record in ('user', 'peer', 'unit')),
  key text collate "C" not null,
  at timestamptz not null,
  body jsonb not null
);
comment on table liandong.record_history is 'Every saved state of accounts, peers and units, without password hashes. Append only.';
create index record_history_key on liandong.record_history (record, key, at);

create table liandong.catalogue_versions (
  version text collate "C" primary key,
  checksum text collate "C" not null,
  body jsonb not null,
  saved_at timestamptz not null,
  activated_at timestamptz
);
comment on table liandong.catalogue_versions is 'Every version of the catalogue this node knows; the one activated last is in force. A version never changes once saved.';

create table liandong.seals (
  home_region text collate "C" not null,
  no bigint not null,
  stream_kind text collate "C" not null,
  stream_id uuid not null,
  version integer not null,
  digest bytea not null,
  chain bytea not null,
  constraint seals_pkey primary key (home_region, no),
  constraint seals_event_key unique (home_region, stream_kind, stream_id, version)
);
comment on table liandong.seals is 'SM3 hash chain over the committed events, in the order they were sealed. Append only.';

create table liandong.seal_heads (
  home_region text collate "C" primary key,
  no bigint not null,
  chain bytea not null,
  tx xid8 not null,
  position bigint not null
);
comment on table liandong.seal_heads is 'How far the chain reaches. Its row lock is the lease of the one sealer: it ends with the connection that held it.';

create table liandong.checkpoints (
  home_region text collate "C" not null,
  no bigint not null,
  chain bytea not null,
  signature bytea not null,
  at timestamptz not null default now(),
  constraint checkpoints_pkey primary key (home_region, no)
);
comment on table liandong.checkpoints is 'Signed heads of the chain. Append only.';
