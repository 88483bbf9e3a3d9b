-- A study whose lowest loss breaks its constraint.
INSERT INTO study (display_name, state, task, spec, budget, parallelism, max_attempts, max_failed, minimize,
                   last_number, started_at, ended_at)
SELECT 'constrained at 7', 'COMPLETED', '', spec || '{"metricConstraints": [{"metric": "size", "upperBound": 10}]}',
       2, 1, 3, 10, true, 2, now(), now() FROM study WHERE display_name = 'ended at 1';
INSERT INTO search_space (study_id, version, space)
SELECT id, 1, spec -> 'searchSpace' FROM study WHERE display_name = 'constrained at 7';
INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives, space_version, seed, history_cut)
SELECT s.id, t.* FROM study s, (VALUES
  (1, 'COMPLETED', 'SAMPLER', '{"x": 7, "rate": {"double": 0.007}}'::jsonb, '{"loss": 1, "size": 20}'::jsonb, '{1}'::float8[], 1, 71, 0),
  (2, 'COMPLETED', 'SAMPLER', '{"x": 8, "rate": {"double": 0.008}}', '{"loss": 5, "size": 5}', '{5}', 1, 72, 0)) t
 WHERE s.display_name = 'constrained at 7';
