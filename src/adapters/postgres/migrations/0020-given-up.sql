-- A person has given it up while nobody knew whether it had arrived. It may be sent again under its key, but no
-- other message may take its place: that would arrive under a key of its own, beside what may be there.
alter table hub.delivery add column given_up boolean not null default false;
