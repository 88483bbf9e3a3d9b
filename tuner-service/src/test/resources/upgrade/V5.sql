-- Values at the ends of the order by objective: infinities, and a failed trial without any.
INSERT INTO study (display_name, state, task, spec, budget, parallelism, max_attempts, max_failed, minimize,
                   last_number, started_at, ended_at)
VALUES ('extremes at 5', 'COMPLETED', '', '{"searchSpace":{"parameters":[{"name":"x","integerDomain":{"min":"1","max":"1000","scale":"SCALE_LINEAR"}},{"name":"rate","doubleDomain":{"min":1.0E-4,"max":0.1,"scale":"SCALE_LOG"}}]},"objectives":[{"metric":"loss","direction":"DIRECTION_MINIMIZE"}],"sampler":{"name":"random"},"pruner":{"name":"none"},"budget":2,"parallelism":2,"maxAttempts":3,"maxFailedTrials":10,"seed":"7"}', 2, 1, 3, 10, true, 3, now(), now());
INSERT INTO search_space (study_id, version, space)
SELECT id, 1, spec -> 'searchSpace' FROM study WHERE display_name = 'extremes at 5';
INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives, space_version, seed, history_cut, reason)
SELECT s.id, t.* FROM study s, (VALUES
  (1, 'COMPLETED', 'SAMPLER', '{"x": 2, "rate": {"double": 0.002}}'::jsonb, '{"loss": "Infinity"}'::jsonb, '{Infinity}'::float8[], 1, 51, 0, ''),
  (2, 'COMPLETED', 'SAMPLER', '{"x": 3, "rate": {"double": 0.003}}', '{"loss": -1e300}', '{-1e300}', 1, 52, 0, ''),
  (3, 'FAILED', 'SAMPLER', '{"x": 4, "rate": {"double": 0.004}}', '{}', '{}', 1, 53, 0, 'diverged')) t
 WHERE s.display_name = 'extremes at 5';
