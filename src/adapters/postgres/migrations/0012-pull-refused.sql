-- Event ids of the messages of the page behind `cursor` that were refused: the source is told with its next page.
-- json and not jsonb: such an id may hold what no text of the store can, and is kept escaped as it came.
alter table hub.pull add column refused json not null default '[]';
