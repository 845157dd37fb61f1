-- The schema of one node as the migrations of src/storage/sql leave it: for reading, not for running.

-- How each red mark was answered and how it ended. Append only.
create table liandong.alarm_history (
  at timestamp with time zone not null,
  audience text collate "C" not null,
  by_user text collate "C",
  case_id uuid,
  dial text,
  entry_id uuid not null default gen_random_uuid(),
  home_region text collate "C" not null,
  kind text collate "C" not null,
  level integer not null,
  outcome text,
  raised_at timestamp with time zone not null,
  subject text collate "C" not null,
  what text collate "C" not null,
  constraint alarm_history_pkey PRIMARY KEY (home_region, entry_id),
  constraint alarm_history_what_check CHECK ((what = ANY (ARRAY['acknowledged'::text, 'cleared'::text])))
);
CREATE INDEX alarm_history_at ON liandong.alarm_history USING btree (home_region, at);

-- Red marks that stand now. Cleared ones leave this table for alarm_history.
create table liandong.alarms (
  acknowledged_at timestamp with time zone,
  acknowledged_by text collate "C",
  audience text collate "C" not null,
  case_id uuid,
  dial text,
  home_region text collate "C" not null,
  kind text collate "C" not null,
  level integer not null,
  outcome text,
  raised_at timestamp with time zone not null,
  subject text collate "C" not null,
  constraint alarms_pkey PRIMARY KEY (home_region, subject, kind)
);
CREATE INDEX alarms_clocks ON liandong.alarms USING btree (home_region, kind, audience, level DESC, raised_at DESC) WHERE (kind = ANY (ARRAY['deadlineNear'::text, 'deadlinePassed'::text, 'notTakenUp'::text, 'pauseEnds'::text]));
CREATE INDEX alarms_decisions ON liandong.alarms USING btree (home_region, kind, audience, raised_at) WHERE (kind = 'extensionAsked'::text);
CREATE INDEX alarms_others ON liandong.alarms USING btree (home_region, audience) WHERE (kind <> ALL (ARRAY['deadlineNear'::text, 'deadlinePassed'::text, 'notTakenUp'::text, 'extensionAsked'::text, 'pauseEnds'::text]));

-- The key of each request, wrapped by the key service. Deleting the row erases every personal value of the request; the log still verifies.
create table liandong.case_keys (
  case_id uuid not null,
  home_region text collate "C" not null,
  wrapped bytea not null,
  constraint case_keys_pkey PRIMARY KEY (home_region, case_id)
);

-- One request at this node: its folded state, and beside it what queues filter and sort by. file_version = number of the events of its own stream, its linkages and its orders; clocks do not count.
create table liandong.cases (
  case_id uuid not null,
  changed_at timestamp with time zone not null,
  danger boolean not null,
  danger_open boolean not null,
  due jsonb -- What of its time limits is due first: stage, at (null = all stand still), provisional, status; null = none runs.,
  file_version integer not null,
  home_region text collate "C" not null,
  item text collate "C",
  peer text collate "C",
  phone_index text collate "C",
  place text collate "C",
  registered_at timestamp with time zone not null,
  request_no text collate "C" not null,
  responsible boolean not null,
  state jsonb not null,
  status text collate "C" not null,
  units text[] not null,
  version integer not null,
  constraint cases_pkey PRIMARY KEY (home_region, case_id)
);
CREATE INDEX cases_all ON liandong.cases USING btree (home_region, registered_at, case_id);
CREATE INDEX cases_closed ON liandong.cases USING btree (home_region, registered_at, case_id) WHERE (status = ANY (ARRAY['closed'::text, 'stoodDown'::text]));
CREATE INDEX cases_danger ON liandong.cases USING btree (home_region, registered_at, case_id) WHERE danger_open;
CREATE INDEX cases_incoming ON liandong.cases USING btree (home_region, registered_at, case_id) WHERE (status = 'offered'::text);
CREATE INDEX cases_item ON liandong.cases USING btree (home_region, item, registered_at, case_id);
CREATE INDEX cases_mine ON liandong.cases USING btree (home_region, registered_at, case_id) WHERE ((responsible AND (status <> 'closed'::text)) OR danger_open);
CREATE INDEX cases_no ON liandong.cases USING btree (home_region, request_no);
CREATE INDEX cases_phone ON liandong.cases USING btree (home_region, phone_index, registered_at, case_id) WHERE (phone_index IS NOT NULL);
CREATE INDEX cases_place ON liandong.cases USING btree (home_region, place, registered_at, case_id);
CREATE INDEX cases_theirs ON liandong.cases USING btree (home_region, registered_at, case_id) WHERE (status = 'handedOver'::text);
CREATE INDEX cases_units ON liandong.cases USING gin (units);

-- Signed word of the peer that it holds an approval of this node; what has none is sent again. Append-only.
create table liandong.catalogue_approval_receipts (
  digest text collate "C" not null,
  document jsonb not null,
  node text collate "C" not null,
  peer text collate "C" not null,
  received_at timestamp with time zone not null,
  version text collate "C" not null,
  constraint catalogue_approval_receipts_pkey PRIMARY KEY (version, digest, node, peer)
);

-- Signed word of one desk to another that it will judge by the text of this digest: node said it to peer. user_id = who decided so here, null for the peer's. Append-only.
create table liandong.catalogue_approvals (
  approved_at timestamp with time zone not null,
  digest text collate "C" not null,
  document jsonb not null,
  kept_at timestamp with time zone not null,
  node text collate "C" not null,
  peer text collate "C" not null,
  user_id text collate "C",
  version text collate "C" not null,
  constraint catalogue_approvals_pkey PRIMARY KEY (version, digest, node, peer)
);

-- The files of each version byte by byte, so that an export gives back what was signed. Append-only.
create table liandong.catalogue_files (
  content bytea not null,
  name text collate "C" not null,
  version text collate "C" not null,
  constraint catalogue_files_pkey PRIMARY KEY (version, name),
  constraint catalogue_files_version_fkey FOREIGN KEY (version) REFERENCES liandong.catalogue_versions(version)
);

-- Every version of the catalogue this node knows; at most one is in force. Only state and signatures of a version change once it is saved.
create table liandong.catalogue_versions (
  base text collate "C",
  body jsonb not null,
  digest text collate "C" not null,
  fetched_from text collate "C" -- Node that gave it; null = files of this node.,
  format integer not null default 1 -- Shape in which the program kept the body; another shape is read again from the files.,
  in_force_at timestamp with time zone,
  proposed_at timestamp with time zone -- Of an earlier program; always null.,
  saved_at timestamp with time zone not null,
  signatures jsonb not null default '[]'::jsonb -- The two by which both desks agreed; empty while it rests on a plan alone.,
  state text collate "C" not null default 'draft'::text -- draft = kept from files, foreign = fetched from the peer that judged by it; neither is judged by here.,
  superseded_at timestamp with time zone,
  valid_from text collate "C" not null default ''::text,
  version text collate "C" not null,
  constraint catalogue_versions_pkey PRIMARY KEY (version),
  constraint catalogue_versions_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'foreign'::text, 'inForce'::text, 'superseded'::text])))
);
CREATE UNIQUE INDEX catalogue_versions_in_force ON liandong.catalogue_versions USING btree (state) WHERE (state = 'inForce'::text);

-- Versions that a peer named and this node does not keep. next_at = when the peer is asked again; null = it came and cannot be used: problems says why, document is what came.
create table liandong.catalogue_wanted (
  asked_at timestamp with time zone not null,
  document jsonb,
  next_at timestamp with time zone,
  peer text collate "C" not null,
  problems jsonb,
  tries integer not null default 0,
  version text collate "C" not null,
  constraint catalogue_wanted_pkey PRIMARY KEY (version, peer)
);

-- Signed heads of the chain. Append only.
create table liandong.checkpoints (
  at timestamp with time zone not null default now(),
  chain bytea not null,
  home_region text collate "C" not null,
  no bigint not null,
  signature bytea not null,
  constraint checkpoints_pkey PRIMARY KEY (home_region, no)
);

-- One clock of one stage of a request or of an order. state = what has changed since its first event, {} = nothing. ring_at = its timer, for the mark that comes next; a lease that runs out frees it again.
create table liandong.clocks (
  case_id uuid not null,
  clock_id uuid not null,
  home_region text collate "C" not null,
  lease_until timestamp with time zone,
  ring_at timestamp with time zone,
  state jsonb not null,
  version integer not null,
  constraint clocks_pkey PRIMARY KEY (home_region, case_id, clock_id)
);
CREATE INDEX clocks_leased ON liandong.clocks USING btree (home_region, lease_until) WHERE (lease_until IS NOT NULL);
CREATE INDEX clocks_ring ON liandong.clocks USING btree (home_region, ring_at) WHERE (ring_at IS NOT NULL);

-- The answer a repeated command gets instead of being carried out twice.
create table liandong.commands (
  answer jsonb,
  at timestamp with time zone not null,
  command_id uuid not null,
  digest text collate "C" not null,
  home_region text collate "C" not null,
  user_id text collate "C",
  constraint commands_pkey PRIMARY KEY (home_region, command_id)
);
CREATE INDEX commands_at ON liandong.commands USING btree (home_region, at);

-- What both sides decided on a matter that was disputed often: day, decision and the proposed version in clear; who took part and the minutes encrypted. Append only.
create table liandong.consultations (
  body jsonb not null,
  boxes jsonb not null,
  consultation_id uuid not null,
  held_on date not null,
  home_region text collate "C" not null,
  item text collate "C" not null,
  recorded_at timestamp with time zone not null,
  recorded_by text collate "C" not null,
  wrapped bytea not null,
  constraint consultations_pkey PRIMARY KEY (home_region, consultation_id)
);
CREATE INDEX consultations_recorded ON liandong.consultations USING btree (home_region, recorded_at DESC);

-- What happened: codes and sealed references only. Append only. The primary key is the optimistic lock; (tx, position) is the order of reading. tx 0 and 1: rows of a restored backup.
create table liandong.events (
  at timestamp with time zone not null,
  body jsonb not null,
  case_id uuid not null,
  home_region text collate "C" not null,
  position bigint not null generated always as identity,
  stream_id uuid not null,
  stream_kind text collate "C" not null,
  tx xid8 not null default pg_current_xact_id(),
  type text collate "C" not null,
  type_version smallint not null,
  version integer not null,
  constraint events_pkey PRIMARY KEY (home_region, stream_kind, stream_id, version)
);
CREATE INDEX events_case ON liandong.events USING btree (home_region, case_id);
CREATE INDEX events_feed ON liandong.events USING btree (home_region, tx, "position");

-- Signed batch and signed receipt of every exchange, without messages: digests and signatures only. Append-only.
create table liandong.exchange_evidence (
  batch jsonb not null,
  batch_id text collate "C" not null,
  direction text collate "C" not null,
  home_region text collate "C" not null,
  kept_at timestamp with time zone not null default now(),
  peer text collate "C" not null,
  receipt jsonb not null,
  constraint exchange_evidence_direction_check CHECK ((direction = ANY (ARRAY['sent'::text, 'received'::text]))),
  constraint exchange_evidence_pkey PRIMARY KEY (home_region, peer, direction, batch_id)
);

-- Messages from other nodes as received and consumed: evidence, append only. noted = consumed without effect, and why.
create table liandong.inbox (
  conversation uuid not null,
  home_region text collate "C" not null,
  message jsonb not null,
  message_id uuid not null,
  noted text collate "C",
  received_at timestamp with time zone not null,
  sender text collate "C" not null,
  seq integer not null,
  constraint inbox_pkey PRIMARY KEY (home_region, message_id)
);
CREATE INDEX inbox_conversation ON liandong.inbox USING btree (home_region, conversation, sender, seq);

-- Messages that came before their turn or could not be folded yet; the row goes when the message is consumed.
create table liandong.inbox_kept (
  attempts integer not null default 0,
  case_id uuid not null,
  conversation uuid not null,
  enclosure jsonb,
  error text,
  home_region text collate "C" not null,
  lease_until timestamp with time zone,
  message jsonb not null,
  message_id uuid not null,
  received_at timestamp with time zone not null,
  retry_at timestamp with time zone,
  sender text collate "C" not null,
  seq integer not null,
  status text collate "C" not null,
  type text collate "C" not null,
  constraint inbox_kept_pkey PRIMARY KEY (home_region, message_id),
  constraint inbox_kept_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'failed'::text, 'dead'::text])))
);
CREATE INDEX inbox_kept_dead ON liandong.inbox_kept USING btree (home_region, received_at) WHERE (status = 'dead'::text);
CREATE INDEX inbox_kept_failed ON liandong.inbox_kept USING btree (home_region, received_at) WHERE (status = 'failed'::text);
CREATE INDEX inbox_kept_turn ON liandong.inbox_kept USING btree (home_region, conversation, sender, seq);

-- One hand-over of one part of a request between two nodes: this node's folded copy.
create table liandong.linkages (
  case_id uuid not null,
  home_region text collate "C" not null,
  linkage_id uuid not null,
  state jsonb not null,
  version integer not null,
  constraint linkages_pkey PRIMARY KEY (home_region, linkage_id)
);
CREATE INDEX linkages_awaited ON liandong.linkages USING btree (home_region, (
CASE
    WHEN ((state ->> 'part'::text) = 'danger'::text) THEN '0'::text
    ELSE '1'::text
END) COLLATE "C", COALESCE((state ->> 'movedAt'::text), (state ->> 'openedAt'::text)) COLLATE "C", linkage_id) WHERE ((state ->> 'state'::text) = ANY (ARRAY['offered'::text, 'negotiating'::text, 'bound'::text, 'returned'::text, 'held'::text, 'reopening'::text, 'accepted?'::text, 'concluding?'::text, 'concluding'::text, 'pushed'::text, 'delivered'::text, 'active'::text, 'endReported'::text, 'sent'::text, 'received'::text, 'requested'::text]));
CREATE INDEX linkages_case ON liandong.linkages USING btree (home_region, case_id);
CREATE INDEX linkages_disputed ON liandong.linkages USING btree (home_region, COALESCE((state ->> 'returnedAt'::text), (state ->> 'negotiatedAt'::text)) COLLATE "C") WHERE (((state ->> 'part'::text) = 'ordinary'::text) AND (COALESCE((state ->> 'returnedAt'::text), (state ->> 'negotiatedAt'::text)) IS NOT NULL));
CREATE INDEX linkages_returned ON liandong.linkages USING btree (case_id) WHERE (((state ->> 'role'::text) = 'S'::text) AND ((state ->> 'state'::text) = 'returned'::text));

-- Which numbered file made this schema, with the SM3 of its text.
create table liandong.migrations (
  at timestamp with time zone not null default now(),
  checksum text not null,
  name text not null,
  number integer not null,
  constraint migrations_pkey PRIMARY KEY (number)
);

-- Messages to people (unit duty phone, requester, peer's duty phone): codes only, the text is made when it is sent.
create table liandong.notices (
  attempts integer not null default 0,
  case_id uuid,
  created_at timestamp with time zone not null default clock_timestamp(),
  ended_at timestamp with time zone,
  error text,
  home_region text collate "C" not null,
  lease_until timestamp with time zone,
  notice_id text collate "C" not null,
  params jsonb not null,
  recipient text collate "C" not null,
  retry_at timestamp with time zone,
  status text collate "C" not null default 'pending'::text,
  template text collate "C" not null,
  unit text collate "C",
  constraint notices_pkey PRIMARY KEY (home_region, notice_id),
  constraint notices_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX notices_failed ON liandong.notices USING btree (home_region, created_at) WHERE (status = 'failed'::text);
CREATE INDEX notices_pending ON liandong.notices USING btree (home_region, created_at) WHERE (status = 'pending'::text);

-- One order to one handling unit or to officers: folded state and what the unit's list filters by.
create table liandong.orders (
  case_id uuid not null,
  dispatched_at timestamp with time zone not null,
  home_region text collate "C" not null,
  open boolean not null,
  order_id uuid not null,
  state jsonb not null,
  unit text collate "C" not null,
  version integer not null,
  constraint orders_pkey PRIMARY KEY (home_region, order_id)
);
CREATE INDEX orders_case ON liandong.orders USING btree (home_region, case_id);
CREATE INDEX orders_unit_ended ON liandong.orders USING btree (home_region, unit, dispatched_at, order_id) WHERE (NOT open);
CREATE INDEX orders_unit_open ON liandong.orders USING btree (home_region, unit, dispatched_at, order_id) WHERE open;

-- Messages to other nodes: pending until the peer's receipt, dead when an operator must look. Receipted rows stay as evidence of what was said.
create table liandong.outbox (
  attempts integer not null default 0,
  case_id uuid not null,
  code text,
  conversation uuid not null,
  ended_at timestamp with time zone,
  home_region text collate "C" not null,
  inserted_at timestamp with time zone not null default clock_timestamp(),
  lane text collate "C" not null,
  lease_until timestamp with time zone,
  message jsonb not null,
  message_id uuid not null,
  peer text collate "C" not null,
  receipt text collate "C",
  retry_at timestamp with time zone,
  seq integer not null,
  status text collate "C" not null default 'pending'::text,
  type text collate "C" not null,
  constraint outbox_conversation_key UNIQUE (home_region, conversation, seq),
  constraint outbox_pkey PRIMARY KEY (home_region, message_id),
  constraint outbox_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'receipted'::text, 'dead'::text])))
);
CREATE INDEX outbox_conversation_pending ON liandong.outbox USING btree (home_region, conversation, seq) WHERE (status = 'pending'::text);
CREATE INDEX outbox_dead ON liandong.outbox USING btree (home_region, inserted_at) WHERE (status = 'dead'::text);
CREATE INDEX outbox_pending ON liandong.outbox USING btree (home_region, peer, lane, inserted_at, seq) WHERE (status = 'pending'::text);

-- The nodes this one is linked with. No public key: nothing is sent.
create table liandong.peers (
  capability jsonb,
  duty_phone text not null,
  node_code text collate "C" not null,
  public_key text,
  regions text[] not null,
  side text collate "C" not null,
  url text not null,
  constraint peers_pkey PRIMARY KEY (node_code)
);

-- Every act of reading personal data: who, why, which requests, which fields. Append only.
create table liandong.read_log (
  at timestamp with time zone not null,
  case_ids uuid[] not null,
  entry_id uuid not null default gen_random_uuid(),
  fields text[] not null,
  home_region text collate "C" not null,
  purpose text collate "C" not null,
  reader_id text collate "C" not null,
  reader_kind text collate "C" not null,
  constraint read_log_pkey PRIMARY KEY (home_region, entry_id)
);
CREATE INDEX read_log_at ON liandong.read_log USING btree (home_region, at);
CREATE INDEX read_log_cases ON liandong.read_log USING gin (case_ids);

-- Every saved state of accounts, peers and units, without password hashes. Append only.
create table liandong.record_history (
  at timestamp with time zone not null,
  body jsonb not null,
  entry_id uuid not null default gen_random_uuid(),
  key text collate "C" not null,
  record text collate "C" not null,
  constraint record_history_pkey PRIMARY KEY (entry_id),
  constraint record_history_record_check CHECK ((record = ANY (ARRAY['user'::text, 'peer'::text, 'unit'::text])))
);
CREATE INDEX record_history_key ON liandong.record_history USING btree (record, key, at);

-- How far the chain reaches. Its row lock is the lease of the one sealer: it ends with the connection that held it.
create table liandong.seal_heads (
  chain bytea not null,
  home_region text collate "C" not null,
  no bigint not null,
  position bigint not null,
  tx xid8 not null,
  constraint seal_heads_pkey PRIMARY KEY (home_region)
);

-- SM3 hash chain over the committed events, in the order they were sealed. Append only.
create table liandong.seals (
  chain bytea not null,
  digest bytea not null,
  home_region text collate "C" not null,
  no bigint not null,
  stream_id uuid not null,
  stream_kind text collate "C" not null,
  version integer not null,
  constraint seals_event_key UNIQUE (home_region, stream_kind, stream_id, version),
  constraint seals_pkey PRIMARY KEY (home_region, no)
);

-- Last serial number taken per region and day; gaps are allowed, doubles never.
create table liandong.serials (
  day text collate "C" not null,
  region text collate "C" not null,
  taken integer not null,
  constraint serials_pkey PRIMARY KEY (region, day)
);

-- Open sessions. On duty with a live stream = a seat that can have an urgent push on its screen.
create table liandong.sessions (
  created_at timestamp with time zone not null,
  csrf text not null,
  expires_at timestamp with time zone not null,
  id_hash text collate "C" not null,
  on_duty boolean not null,
  seen_at timestamp with time zone not null,
  stream_at timestamp with time zone,
  user_id text collate "C" not null,
  constraint sessions_pkey PRIMARY KEY (id_hash),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES liandong.users(user_id)
);
CREATE INDEX sessions_duty ON liandong.sessions USING btree (stream_at) WHERE on_duty;
CREATE INDEX sessions_user ON liandong.sessions USING btree (user_id);

-- Named values of this node. incarnation changes when the database is restored, which makes old feed cursors void.
create table liandong.settings (
  changed_at timestamp with time zone not null default now(),
  name text collate "C" not null,
  value jsonb not null,
  constraint settings_pkey PRIMARY KEY (name)
);

-- Durable timers. A lease that runs out frees the timer again; the commit that handles it sets it anew or cancels it.
create table liandong.timers (
  case_id uuid not null,
  due_at timestamp with time zone not null,
  home_region text collate "C" not null,
  kind text collate "C" not null,
  lease_until timestamp with time zone,
  owner text collate "C" not null,
  owner_id text collate "C" not null,
  constraint timers_pkey PRIMARY KEY (home_region, owner, owner_id, kind)
);
CREATE INDEX timers_due ON liandong.timers USING btree (home_region, due_at);
CREATE INDEX timers_leased ON liandong.timers USING btree (home_region, lease_until) WHERE (lease_until IS NOT NULL);

-- Handling units and police units of the directory.
create table liandong.units (
  body jsonb not null,
  changed_at timestamp with time zone not null,
  unit_code text collate "C" not null,
  constraint units_pkey PRIMARY KEY (unit_code)
);

-- Accounts of this node. No password hash: the account cannot log in.
create table liandong.users (
  active boolean not null,
  changed_at timestamp with time zone not null,
  demo boolean not null,
  display_name text not null,
  login text collate "C" not null,
  password_hash text,
  regions text[] not null,
  roles text[] not null,
  unit text collate "C",
  user_id text collate "C" not null,
  constraint users_login_key UNIQUE (login),
  constraint users_pkey PRIMARY KEY (user_id)
);

-- Personal values and texts, encrypted with the case key, one row a version; commitment is what events and messages quote.
create table liandong.vault (
  box bytea not null,
  case_id uuid not null,
  commitment text collate "C" not null,
  field text collate "C" not null,
  home_region text collate "C" not null,
  version integer not null,
  constraint vault_pkey PRIMARY KEY (home_region, case_id, field, version)
);
