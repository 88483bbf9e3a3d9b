-- A person's marks on a study.
UPDATE study SET tags = '{first,kept}' WHERE display_name = 'ended at 1';
