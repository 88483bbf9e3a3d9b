-- Version 13 changes indexes and no rows; a page of some states is what they serve.
UPDATE study SET notes = 'read by state' WHERE display_name = 'counted at 12';
