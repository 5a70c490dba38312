-- A pull can be paused by a person, as a system can. `owner` stays set until a run has ended: a row with an
-- owner and no lease is a run that was broken off, and is taken up again before its next time.
alter table hub.pull
  add column paused_at     timestamptz,
  add column paused_by     text,
  add column paused_reason text,
  add column resume_at     timestamptz,
  add column skipped_at    timestamptz; -- the last planned time that was passed over
