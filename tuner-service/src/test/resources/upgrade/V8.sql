-- Version 8 changes how often PostgreSQL looks after the tables, and no row.
UPDATE study SET notes = 'kept by version 8' WHERE display_name = 'ended at 1';
