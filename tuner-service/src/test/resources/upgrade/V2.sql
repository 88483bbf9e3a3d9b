-- A study in a compute group with a confirmed winner, a pruned trial with its decision, and a lost attempt.
INSERT INTO study (display_name, state, task, spec, budget, parallelism, max_attempts, max_failed, minimize,
                   last_number, started_at, ended_at, compute_group)
VALUES ('confirmed at 2', 'COMPLETED', '', '{"searchSpace":{"parameters":[{"name":"x","integerDomain":{"min":"1","max":"1000","scale":"SCALE_LINEAR"}},{"name":"rate","doubleDomain":{"min":1.0E-4,"max":0.1,"scale":"SCALE_LOG"}}]},"objectives":[{"metric":"loss","direction":"DIRECTION_MINIMIZE"}],"sampler":{"name":"random"},"pruner":{"name":"none"},"budget":2,"parallelism":2,"maxAttempts":3,"maxFailedTrials":10,"seed":"7","computeGroup":"gpu"}', 2, 2, 3, 10, true, 3, now(), now(), 'gpu');
INSERT INTO search_space (study_id, version, space)
SELECT id, 1, spec -> 'searchSpace' FROM study WHERE display_name = 'confirmed at 2';
INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives, space_version, seed, history_cut,
                   attempts, worker, last_step, started_at, lost, confirms, reason)
SELECT s.id, t.* FROM study s, (VALUES
  (1, 'COMPLETED', 'SAMPLER', '{"x": 5, "rate": {"double": 0.05}}'::jsonb, '{"loss": 2}'::jsonb, '{2}'::float8[], 1, 31, 0, 2, 'w', 3, now(), 1, NULL::integer, ''),
  (2, 'PRUNED', 'SAMPLER', '{"x": 6, "rate": {"double": 0.06}}', '{"loss": 8}', '{8}', 1, 32, 0, 1, 'w', 1, now(), 0, NULL, 'median at step 1'),
  (3, 'COMPLETED', 'CONFIRMATION', '{"x": 5, "rate": {"double": 0.05}}', '{"loss": 2.5}', '{2.5}', 1, 33, 0, 1, 'w', 3, now(), 0, 1, '')) t
 WHERE s.display_name = 'confirmed at 2';
INSERT INTO pruning_decision (trial_id, step, rule, value, threshold, pruned, comparison_set)
SELECT t.id, 1, 'median', 8, 4, true, '{1}' FROM trial t JOIN study s ON s.id = t.study_id
 WHERE s.display_name = 'confirmed at 2' AND t.number = 2;
UPDATE trial SET pruning_decision = '{"rule": "median", "step": 1, "value": "8.0", "threshold": "4.0", "pruned": true, "comparison_set": [1]}'
 WHERE state = 'PRUNED';
