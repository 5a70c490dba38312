-- Catalogues: copies of lists that others keep (procedures, agencies, administrative units, codes).
create table hub.catalogue (
  name         text collate "C" primary key,
  turn         bigint not null default 0,     -- counts writes: what was worked out before another one is refused
  revision     bigint not null default 0,     -- counts the writes that changed an item
  changed_at   timestamptz,
  source       text,                          -- who lists it, or listed it last: a pull job, or `file`
  listing      integer not null default 0,    -- the listing under way, or the last
  completed_at timestamptz,                   -- of the last listing that came to its end
  may_shrink   boolean not null default false -- a person allows the next listing to lose many codes
);

-- What is now. The content lies in the versions, so that "seen again" touches a narrow row.
create table hub.catalogue_item (
  catalogue     text collate "C" not null,
  code          text collate "C" not null,
  period        text collate "C" not null,    -- first day, where the source gives one code several periods; else ''
  version       integer not null,
  hash          bytea not null,
  identity      text,                         -- the source's own id of the record
  mark          text,                         -- what the source's list said of it when its content was read
  read_at       timestamptz not null,
  seen          integer not null,             -- the last listing that showed it
  vanished      boolean not null,
  changed_at    timestamptz not null,
  problem       text,                         -- vanished | reissued; null: none is open
  problem_since timestamptz,
  primary key (catalogue, code, period)
) with (fillfactor = 70);

create table hub.catalogue_version (
  catalogue  text collate "C" not null,
  code       text collate "C" not null,
  period     text collate "C" not null,
  version    integer not null,
  change     text not null,                   -- added | changed | reissued | vanished
  content    json,                            -- json, not jsonb: kept as it came; null: vanished
  hash       bytea not null,
  identity   text,
  stated     boolean not null,                -- the source itself says when it is valid
  valid_from date,                            -- both inclusive; null: no bound
  valid_to   date,
  since      timestamptz not null,            -- when the hub learnt it, and until when it held it
  until      timestamptz,
  primary key (catalogue, code, period, version)
);
create unique index catalogue_version_now on hub.catalogue_version (catalogue, code, period) where until is null;
