-- Files that messages name; their contents lie in the store of files, encrypted, under the same id.
create table hub.file (
  id         uuid primary key,               -- random: who knows it may name it
  client     text not null,
  created_at timestamptz not null default now(),
  used_at    timestamptz not null default now(),
  state      text not null default 'coming', -- coming | kept | leaving (its content is still there) | gone
  sha256     bytea,
  size       bigint,
  media_type text,
  name_hash  bytea,
  key_id     integer,
  sealed     bytea                           -- name and key of the content: without it that is noise
);
create index file_same on hub.file (client, sha256, name_hash) where state = 'kept';
create index file_used on hub.file (state, used_at);
create index file_key on hub.file (key_id) where key_id is not null;

-- Revisions made before there were files.
update hub.revision set content = jsonb_set(content, '{hub,retention,filesDays}',
  content -> 'hub' -> 'retention' -> 'bodiesDays')
where content -> 'hub' -> 'retention' ? 'bodiesDays';
