-- What a process sent after it had lost the lane is kept as evidence, and looked for by itself.
create index attempt_sent_late on hub.attempt (started_at) where code = 'sent-late';
