-- Versions of the catalogue as the rules know them: what was signed, since when it is judged by, and the files themselves.
alter table liandong.catalogue_versions rename column checksum to digest;
alter table liandong.catalogue_versions rename column activated_at to in_force_at;
alter table liandong.catalogue_versions
  add column base text collate "C",
  add column valid_from text collate "C" not null default '',
  add column state text collate "C" not null default 'draft'
    constraint catalogue_versions_state_check check (state in ('draft', 'proposed', 'inForce', 'superseded')),
  add column format integer not null default 1,
  add column signatures jsonb not null default '[]',
  add column proposed_at timestamptz,
  add column superseded_at timestamptz;
update liandong.catalogue_versions v set
  base = body #>> '{head,base}',
  valid_from = coalesce(body #>> '{head,validFrom}', ''),
  state = case
    when in_force_at is null then 'draft'
    when version = (
      select version from liandong.catalogue_versions where in_force_at is not null order by in_force_at desc, version desc limit 1)
    then 'inForce' else 'superseded' end;
create unique index catalogue_versions_in_force on liandong.catalogue_versions (state) where state = 'inForce';
comment on table liandong.catalogue_versions is 'Every version of the catalogue this node knows; at most one is in force. Only state and signatures of a version change once it is saved.';
comment on column liandong.catalogue_versions.format is 'Shape in which the program kept the body; another shape is read again from the files.';

create table liandong.catalogue_files (
  version text collate "C" not null references liandong.catalogue_versions,
  name text collate "C" not null,
  content bytea not null,
  constraint catalogue_files_pkey primary key (version, name)
);
comment on table liandong.catalogue_files is 'The files of each version byte by byte, so that an export gives back what was signed. Append-only.';
