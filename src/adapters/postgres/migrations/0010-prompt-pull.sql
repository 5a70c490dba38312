-- What is new to be followed is looked for every second, for the pulls that must not wait for their schedule.
create index follow_new on hub.follow (system) where asked_at is null;
