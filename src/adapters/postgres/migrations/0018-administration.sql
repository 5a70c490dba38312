-- What administration asks of the store.

-- The audit trail by time, by who, what and about what. Accepted messages are most of it and have a list of
-- their own, so only the first index holds them: accepting must not pay for the others.
create index audit_at on hub.audit (at, id);
create index audit_told on hub.audit (at, id) where action <> 'message.accepted';
create index audit_actor on hub.audit (actor, at, id) where action <> 'message.accepted';
create index audit_action on hub.audit (action, at, id) where action <> 'message.accepted';
create index audit_object on hub.audit (object, at, id) where action <> 'message.accepted';

-- A client that may come back, other than one that is revoked.
alter table hub.client add column disabled_at timestamptz;

-- What clients have asked for, counted by each process and added here now and then.
create table hub.client_day (
  client   text not null references hub.client (id),
  day      date not null,                       -- in Vietnam
  requests bigint not null,
  refused  bigint not null,                     -- answered 4xx
  failed   bigint not null,                     -- answered 5xx
  primary key (client, day)
) with (fillfactor = 70);

-- So that somebody can tell his sessions apart, and end one without knowing its token.
alter table hub.web_session add column id uuid not null default gen_random_uuid();
alter table hub.web_session add column how text not null default '';
create unique index web_session_id on hub.web_session (id);
