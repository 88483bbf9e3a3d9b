-- The same configuration twice: what index trial_by_parameters is for.
INSERT INTO study (display_name, state, task, spec, budget, parallelism, max_attempts, max_failed, minimize,
                   last_number, started_at, ended_at)
VALUES ('repeated at 3', 'COMPLETED', '', '{"searchSpace":{"parameters":[{"name":"x","integerDomain":{"min":"1","max":"1000","scale":"SCALE_LINEAR"}},{"name":"rate","doubleDomain":{"min":1.0E-4,"max":0.1,"scale":"SCALE_LOG"}}]},"objectives":[{"metric":"loss","direction":"DIRECTION_MINIMIZE"}],"sampler":{"name":"random"},"pruner":{"name":"none"},"budget":2,"parallelism":2,"maxAttempts":3,"maxFailedTrials":10,"seed":"7","duplicatePolicy":"DUPLICATE_POLICY_REUSE"}', 2, 1, 3, 10, true, 2, now(), now());
INSERT INTO search_space (study_id, version, space)
SELECT id, 1, spec -> 'searchSpace' FROM study WHERE display_name = 'repeated at 3';
INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives, space_version, seed, history_cut, reason)
SELECT s.id, n, 'COMPLETED', 'SAMPLER', '{"x": 1, "rate": {"double": 0.001}}', '{"loss": 4}', '{4}', 1, n, n - 1,
       CASE n WHEN 2 THEN 'the result of trial 1 was used again' ELSE '' END
  FROM study s, generate_series(1, 2) n WHERE s.display_name = 'repeated at 3';
