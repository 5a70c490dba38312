-- Who is limited to units is shown, and counts, the failures of these: after a bad outage there are too many of them
-- to look each one's message up.
alter table hub.failure add column unit text;
update hub.failure f set unit = m.unit from hub.message m where m.id = f.message_id and m.unit is not null;
-- The list of systems counts those of each.
create index failure_system on hub.failure (system, unit);
