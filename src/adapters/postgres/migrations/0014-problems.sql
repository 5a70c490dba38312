-- Problems by fingerprint, with what people do about them. What is there keeps its id and its failures.
alter table hub.problem
  add column fingerprint text not null default '', -- empty: the code alone; 'others': beyond the limit
  add column title text not null default '',       -- masked
  add column remote_code text,
  add column total bigint not null default 0,
  add column opened_at timestamptz not null default now(),
  add column acknowledged_at timestamptz,
  add column muted_until timestamptz,
  add column resolved_at timestamptz,
  add column reopened integer not null default 0,
  add column owner text;
update hub.problem p set opened_at = first_seen,
  total = (select count(*) from hub.failure f where f.problem_id = p.id);
alter table hub.problem drop constraint problem_system_operation_code_key;
create unique index problem_cause on hub.problem (system, operation, code, fingerprint);
create index problem_seen on hub.problem (last_seen, id);
create index problem_code on hub.problem (code, fingerprint) where resolved_at is not null;

drop index hub.failure_problem;
create index failure_problem on hub.failure (problem_id, message_id, lane);

-- One row per problem and hour in which it was seen.
create table hub.problem_hour (
  problem_id integer not null references hub.problem (id) on delete cascade,
  hour       timestamptz not null,
  count      integer not null,
  primary key (problem_id, hour)
) with (fillfactor = 70);
create table hub.problem_note (
  id         bigint generated always as identity primary key,
  problem_id integer not null references hub.problem (id) on delete cascade,
  at         timestamptz not null default now(),
  author     text not null,
  text       text not null
);
create index problem_note_problem on hub.problem_note (problem_id, id);

-- When an operation last succeeded; written now and then, not with each delivery.
create table hub.operation_success (
  system    text not null,
  operation text not null,
  at        timestamptz not null,
  primary key (system, operation)
);
-- When a version of the hub took over from another.
create table hub.release (
  id      integer generated always as identity primary key,
  at      timestamptz not null default now(),
  version text not null
);
