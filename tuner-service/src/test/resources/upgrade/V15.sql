-- A study whose data was refused.
UPDATE study SET refused = true WHERE state = 'FAILED';
