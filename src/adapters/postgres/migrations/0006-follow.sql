-- What systems are asked about by schedule, because they say only when asked what became of a subject. The
-- outcome of a delivery sets it, a pull moves it on and ends it; few rows beside those of deliveries.
create table hub.follow (
  system   text not null,
  subject  text not null collate "C",         -- read page by page in this order
  version  bigint generated always as identity, -- another for each delivery that sets it
  state    json not null,
  since    timestamptz not null default now(),
  asked_at timestamptz,                       -- null: not since it was set
  primary key (system, subject)
);
