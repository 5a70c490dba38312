-- Corrections: a new message in the place of one that could not be delivered. The corrected message takes the
-- number of the delivery it replaces, so nothing behind it is overtaken; what is replaced moves to the end of its
-- lane, superseded, with its attempts.
alter table hub.message add column corrects uuid;     -- the message that this one stands for
create index message_corrects on hub.message (corrects) where corrects is not null;
alter table hub.attempt add column sealed_number integer; -- its evidence is bound to this number; null: to `number`

create table hub.correction (
  id             integer generated always as identity primary key,
  kind           text not null,               -- one | many
  state          text not null default 'draft',
  reason         text not null,
  author         text not null,
  created_at     timestamptz not null default now(),
  personal       boolean not null,            -- a message of it holds personal data
  needs_approval boolean not null,
  pointers       text[] not null,             -- where it changes something
  more           boolean not null,            -- its filter has chosen more than it may hold
  decided_at     timestamptz,
  decided_by     text,
  decided_why    text,
  ended_at       timestamptz,
  ended_by       text,
  revision       integer,                     -- in force when it was sent
  plan           integer
);

create table hub.correction_message (
  correction integer not null,
  message_id uuid not null,
  new_id     uuid not null,
  type       text not null,
  unit       text,
  pointers   text[] not null,
  faults     json,                            -- it is left as it is
  sha256     bytea,
  size       integer,
  key_id     integer,                         -- of the corrected event; null where it is kept no more
  bytes      bytea,
  primary key (correction, message_id)
);

create table hub.correction_place (
  correction integer not null,
  lane       bigint not null,
  number     integer not null,
  message_id uuid not null,
  system     text not null,
  job        text not null,
  moved_to   integer,                         -- of what was replaced; null: it has not been, or not yet
  primary key (correction, lane, number)
);
create index correction_place_message on hub.correction_place (correction, message_id);

-- Who may see a plan: whoever reaches all that its maker did. And what of it is kept.
alter table hub.plan add column systems text[] not null default '{}';
alter table hub.plan add column units text[] not null default '{}';
alter table hub.plan add column items_pruned boolean not null default false;
create index plan_ended on hub.plan (ended_at) where not items_pruned;
