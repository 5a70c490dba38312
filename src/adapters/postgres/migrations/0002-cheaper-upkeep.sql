-- A dossier's snapshot is 2 to 4 kB: moved out of line, as is usual above 2 kB, it would be two rows and
-- two index entries more for each message. Two of them share a page; what is larger still moves out.
alter table hub.body set (toast_tuple_target = 4080);

-- Statistics at every twentieth part of growth were a fifth of the server's work. Only what people list is
-- planned by them; of cipher texts and hashes there is nothing to know.
alter table hub.message set (autovacuum_analyze_scale_factor = 0.2);
alter table hub.body set (autovacuum_analyze_scale_factor = 0.2);
alter table hub.lane set (autovacuum_analyze_scale_factor = 0.2);
alter table hub.delivery set (autovacuum_analyze_scale_factor = 0.2);
alter table hub.attempt set (autovacuum_analyze_scale_factor = 0.2);
alter table hub.audit set (autovacuum_analyze_scale_factor = 0.2);
alter table hub.message alter column sha256 set statistics 0;
alter table hub.body alter column bytes set statistics 0;
alter table hub.attempt alter column evidence set statistics 0;
