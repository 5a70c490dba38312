-- A dossier is found by how its code begins, whatever the collation of the database.
create index lane_prefix on hub.lane (subject collate "C");
