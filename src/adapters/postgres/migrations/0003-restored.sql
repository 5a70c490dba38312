-- What an operator has said after the database was restored from a backup: until `lost_until` there was a
-- store of which nothing is left, and what was accepted, sent and answered in it is not known here.
create table hub.restoration (
  id         integer generated always as identity primary key,
  at         timestamptz not null default now(),
  lost_until timestamptz not null
);

-- That store may have sent it: its outcome is not known before it is sent for the first time from here.
alter table hub.delivery add column doubtful boolean not null default false;
