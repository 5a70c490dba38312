-- What was tried at each system, minute by minute. Processes that send count in memory and add it here now and
-- then: figures cost the same however many attempts there are, and the hot path neither writes nor indexes for them.
create table hub.system_minute (
  minute    timestamptz not null,
  system    text not null,
  attempts  integer not null,
  failed    integer not null,   -- did not end in "delivered", whatever the reason
  refused   integer not null,   -- of these: the system would not take the message as it is
  delivered integer not null,
  slots     integer[] not null, -- attempts by how long they took; src/domain/traffic.ts says which slot is what
  primary key (minute, system)
) with (fillfactor = 70);

-- The newest connection test of each system, with what its certificates said.
create table hub.system_check (
  system       text primary key,
  at           timestamptz not null default now(),
  actor        text not null,
  ok           boolean not null,
  steps        jsonb not null,
  certificates jsonb not null
);
