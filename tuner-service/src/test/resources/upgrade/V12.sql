-- A study whose trials one trigger counted: two that ended, one of them by failing, and one that waits.
INSERT INTO study (display_name, state, task, spec, budget, parallelism, max_attempts, max_failed, minimize, started_at)
SELECT 'counted at 12', 'PAUSED', '', spec, 5, 2, 3, 10, true, now() FROM study WHERE display_name = 'ended at 1';
INSERT INTO search_space (study_id, version, space)
SELECT id, 1, spec -> 'searchSpace' FROM study WHERE display_name = 'counted at 12';
INSERT INTO trial (study_id, number, state, origin, parameters, objectives, space_version, seed, history_cut)
SELECT s.id, t.* FROM study s, (VALUES
  (1, 'COMPLETED', 'SAMPLER', '{"x": 7, "rate": {"double": 0.007}}'::jsonb, '{2.5}'::float8[], 1, 121, 0),
  (2, 'FAILED', 'SAMPLER', '{"x": 8, "rate": {"double": 0.008}}', '{}', 1, 122, 0),
  (3, 'WAITING', 'ENQUEUED', '{"x": 9, "rate": {"double": 0.009}}', '{}', 1, 123, 0)) t
 WHERE s.display_name = 'counted at 12';
