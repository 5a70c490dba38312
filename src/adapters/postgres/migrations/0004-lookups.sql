-- Questions asked on behalf of officials: who, for whom, why; what was said only as keyed hashes.
create table hub.lookup (
  id          uuid primary key,               -- UUIDv7: its order is the order of asking
  at          timestamptz not null default now(),
  client      text not null,
  system      text not null,
  operation   text not null,
  official    text not null,
  unit        text not null,
  dossier     text not null,
  purpose     text not null,
  fields      text[] not null,
  citizen     bytea,
  question    bytea not null,
  record      boolean not null,               -- an answer gives data, not only a yes or no
  answer      bytea,
  outcome     text,                           -- found | missing | failed; null: open, or its process was lost
  code        text,
  duration_ms integer
);
create index lookup_official on hub.lookup (system, lower(official), at);
create index lookup_client on hub.lookup (system, client, at);
create index lookup_by_official on hub.lookup (official, id);
create index lookup_unit on hub.lookup (unit, id);
create index lookup_citizen on hub.lookup (citizen, id) where citizen is not null;
create index lookup_dossier on hub.lookup (dossier, id);
create index lookup_at on hub.lookup (at);

-- Revisions made before there were lookups.
update hub.revision set content = jsonb_set(content, '{systems}', coalesce((
  select jsonb_agg(
    jsonb_build_object('lookups', jsonb_build_object(
      'timeoutMs', 10000, 'perOfficialPerHour', 200, 'perClientPerMinute', 600)) || s.system
    order by s.place)
  from jsonb_array_elements(content -> 'systems') with ordinality s (system, place)), '[]'));
