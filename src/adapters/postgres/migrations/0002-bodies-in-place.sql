-- A dossier's snapshot is 2 to 4 kB: moved out of line, as is usual above 2 kB, it would be two rows and
-- two index entries more for each message. Two of them share a page; what is larger still moves out.
alter table hub.body set (toast_tuple_target = 4080);
