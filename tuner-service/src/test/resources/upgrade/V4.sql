-- A trial that somebody enqueued and nobody has begun.
INSERT INTO trial (study_id, number, state, origin, parameters, space_version, seed, history_cut)
SELECT id, last_number + 1, 'WAITING', 'ENQUEUED', '{"x": 77, "rate": {"double": 0.007}}', 1, 23, 1
  FROM study WHERE display_name = 'running at 1';
UPDATE study SET last_number = last_number + 1 WHERE display_name = 'running at 1';
