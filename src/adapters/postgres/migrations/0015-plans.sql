-- Bulk plans: one intervention on many deliveries that were chosen beforehand, and what became of each.
create table hub.plan (
  id            integer generated always as identity primary key,
  action        text not null,
  filter        json not null,
  reason        text not null,
  created_at    timestamptz not null default now(),
  created_by    text not null,
  run_by        text not null,                -- who has last set it going: whom the audit row of an item names
  state         text not null default 'preparing',
  starts        boolean not null,             -- by itself, once it is prepared
  start_at      timestamptz,
  rate          integer,                      -- items a minute
  stop_after    integer not null,
  stop_percent  integer not null,
  at_lane       bigint not null default 0,    -- the selection has been read up to here
  at_number     integer not null default 0,
  summary       json,
  total         integer not null default 0,
  done          integer not null default 0,   -- acted upon
  ok            integer not null default 0,
  failed        integer not null default 0,
  skipped       integer not null default 0,
  running_since timestamptz,                  -- since it was last started or resumed; what had been counted by then:
  base_past     integer not null default 0,
  base_ok       integer not null default 0,
  base_failed   integer not null default 0,
  next_at       timestamptz,                  -- not before does its rate allow another item
  started_at    timestamptz,
  ended_at      timestamptz,
  stopped_at    timestamptz,
  stopped_by    text,
  stopped_why   text,
  stop          json,
  due_at        timestamptz default now(),    -- when a process has something to do for it; null: only a person has
  owner         text,
  fence         bigint not null default 0,
  lease_until   timestamptz
) with (fillfactor = 50);
create index plan_due on hub.plan (due_at) where due_at is not null;

create table hub.plan_item (
  plan        integer not null,
  lane        bigint not null,
  number      integer not null,
  turn        uuid not null,                  -- the oldest message of its lane in the plan: who came first goes first
  message_id  uuid not null,
  system      text not null,
  type        text not null,
  agency      text,                           -- that the code of a dossier begins with
  found       hub.delivery_state not null,
  found_code  text,
  conflict    text,                           -- what stood in its way when it was chosen
  result      text not null default 'pending', -- pending | moved | ok | failed | skipped
  code        text,
  state       hub.delivery_state,
  done_at     timestamptz,
  ended_at    timestamptz,
  primary key (plan, lane, number)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.2);
create index plan_item_order on hub.plan_item (plan, turn, lane, number);
create index plan_item_result on hub.plan_item (plan, result, turn, lane, number);
create index plan_item_pending on hub.plan_item (lane, number) where result = 'pending';
