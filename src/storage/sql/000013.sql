-- Hand-overs that were given back or negotiated: a few in a hundred. Who looks for what is disputed often reads them and no others, the
-- newest first (nmg:2.2.4, yn:3.4).
create index linkages_disputed on liandong.linkages
  (home_region, (coalesce(state->>'returnedAt', state->>'negotiatedAt')) collate "C")
  where state->>'part' = 'ordinary' and coalesce(state->>'returnedAt', state->>'negotiatedAt') is not null;

create table liandong.consultations (
  home_region text collate "C" not null,
  consultation_id uuid not null,
  held_on date not null,
  item text collate "C" not null,
  recorded_at timestamptz not null,
  recorded_by text collate "C" not null,
  body jsonb not null,
  wrapped bytea not null,
  boxes jsonb not null,
  constraint consultations_pkey primary key (home_region, consultation_id)
);
comment on table liandong.consultations is 'What both sides decided on a matter that was disputed often: day, decision and the proposed version in clear; who took part and the minutes encrypted. Append only.';
create index consultations_recorded on liandong.consultations (home_region, recorded_at desc);
