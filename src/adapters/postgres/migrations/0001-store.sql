-- The store of record. Bodies and attempts are insert-only; what changes (lane, delivery) is narrow
-- and keeps its changing columns out of every index, so that an update stays on its page (HOT).

create type hub.delivery_state as enum
  ('waiting', 'sending', 'unknown', 'held', 'dead', 'delivered', 'superseded', 'discarded');

create table hub.message (
  id          uuid primary key,               -- UUIDv7: its order is the order of acceptance
  source      text not null,
  event_id    text not null,
  type        text not null,
  subject     text not null,
  time        text not null,                  -- as it came, offset included
  dataschema  text,
  mode        text not null,                  -- structured | binary
  client      text not null,
  revision    integer not null,
  size        integer not null,
  sha256      bytea not null,
  accepted_at timestamptz not null default now(),
  unique (source, event_id)                   -- the natural key; this index decides duplicates
);
create index message_subject on hub.message (subject, id);

create table hub.body (
  message_id uuid primary key,
  key_id     integer not null,
  bytes      bytea not null                   -- nonce | cipher text | tag, AES-256-GCM
);
alter table hub.body alter column bytes set storage external; -- cipher text does not compress

create table hub.lane (
  id          bigint generated always as identity primary key,
  system      text not null,
  subject     text not null,
  last_number integer not null,               -- of the newest delivery
  head_number integer not null default 1,     -- nothing open lies below it
  blocked     boolean not null default false, -- its head waits for a person
  wake_at     timestamptz,                    -- null: nothing to do. Never changed by a claim
  owner       text,
  fence       bigint not null default 0,
  lease_until timestamptz,                    -- on purpose not indexed: it changes at every claim
  unique (subject, system)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create index lane_due on hub.lane (system, wake_at) where wake_at is not null;

create table hub.lane_memo (
  lane bigint primary key,
  memo json not null                          -- json, not jsonb: kept as it came, NUL and all
) with (fillfactor = 50);

create table hub.delivery (
  lane        bigint not null,
  number      integer not null,
  message_id  uuid not null,
  system      text not null,
  job         text not null,
  revision    integer not null,
  policy      text not null,
  snapshot    boolean not null,
  state       hub.delivery_state not null default 'waiting',
  tries       integer not null default 0,
  asked       integer not null default 0,
  fence       bigint,
  code        text,
  sent_at     timestamptz,
  finished_at timestamptz,
  primary key (lane, number)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
-- No index on state or time: every change of a delivery must stay HOT.
create index delivery_message on hub.delivery (message_id);
create index delivery_system on hub.delivery (system, message_id);

-- Deliveries that need a person, and the problem each belongs to. Few rows, indexed as one likes.
create table hub.problem (
  id         integer generated always as identity primary key,
  system     text not null,
  operation  text not null,
  code       text not null,
  first_seen timestamptz not null default now(),
  last_seen  timestamptz not null default now(),
  unique (system, operation, code)
);
create table hub.failure (
  lane       bigint not null,
  number     integer not null,
  system     text not null,
  message_id uuid not null,
  state      hub.delivery_state not null,
  code       text not null,
  problem_id integer references hub.problem (id),
  since      timestamptz not null default now(),
  primary key (lane, number)
);
create index failure_message on hub.failure (message_id);
create index failure_problem on hub.failure (problem_id);

create table hub.attempt (
  lane        bigint not null,
  number      integer not null,
  kind        text not null,                  -- send | confirm
  try         integer not null,
  started_at  timestamptz not null,
  duration_ms integer not null,
  outcome     text not null,
  code        text,
  detail      json,
  faults      json,
  key_id      integer,
  evidence    bytea                           -- what the system said, encrypted
);
create index attempt_delivery on hub.attempt (lane, number);
create index attempt_evidence on hub.attempt (started_at) where evidence is not null; -- for its purge

create table hub.system_state (
  system        text primary key,
  paused_at     timestamptz,
  paused_by     text,
  paused_reason text,
  paused_code   text,
  resume_at     timestamptz,
  circuit       text not null default 'closed',
  circuit_at    timestamptz,
  circuit_code  text,
  probe_at      timestamptz
);

create table hub.process (
  id         text primary key,
  role       text not null,
  started_at timestamptz not null default now(),
  seen_at    timestamptz not null default now()
);

create table hub.revision (
  id      integer generated always as identity primary key,
  at      timestamptz not null default now(),
  author  text not null,
  reason  text not null,
  content jsonb not null
);

create table hub.client (
  id         text primary key,
  title      text not null,
  scopes     text[] not null,
  sources    text[] not null,
  types      text[] not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create table hub.api_key (
  id           text primary key,
  client       text not null references hub.client (id),
  hash         bytea not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  revoked_at   timestamptz
);

create table hub.pull (
  job           text primary key,
  cursor        text,
  next_run_at   timestamptz not null,
  owner         text,
  fence         bigint not null default 0,
  lease_until   timestamptz,
  last_run_at   timestamptz,
  last_code     text,
  last_messages integer not null default 0
);

create table hub.data_key (
  id         integer generated always as identity primary key,
  wrapped    bytea not null,
  master_kid text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);

-- The audit trail: rows are only ever added. A sealer adds links, each a hash over a closed range of
-- rows and the link before, so that acceptance never waits for the chain.
create table hub.audit (
  id     bigint generated always as identity primary key,
  at     timestamptz not null default now(),
  actor  text not null,
  action text not null,
  object text not null,
  detail text not null default ''
);
create index audit_delivery on hub.audit (object) where action like 'delivery.%';
create table hub.audit_link (
  id        bigint generated always as identity primary key,
  from_id   bigint not null unique,
  to_id     bigint not null,
  count     integer not null,
  rows_hash bytea not null,
  prev_hash bytea not null,
  hash      bytea not null,
  sealed_at timestamptz not null default now()
);
create function hub.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only';
end $$;
create trigger audit_append_only before update or delete or truncate on hub.audit
  for each statement execute function hub.refuse_change();
create trigger audit_link_append_only before update or delete or truncate on hub.audit_link
  for each statement execute function hub.refuse_change();
