-- When what is followed is to be asked about again, so that a pull reads what is due and not all there is.
alter table hub.follow add column due_at timestamptz not null default now();
create index follow_due on hub.follow (system, due_at, subject);
drop index hub.follow_new;
create index follow_new on hub.follow (system, due_at, subject) where asked_at is null;

-- Somebody wants a run that begins after this moment, though one may be under way.
alter table hub.pull add column run_requested boolean not null default false;
