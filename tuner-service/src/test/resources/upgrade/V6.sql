-- A study with a choice among its parameters, as version 6 sorts them.
INSERT INTO study (display_name, state, task, spec, budget, parallelism, max_attempts, max_failed, minimize,
                   last_number, started_at, ended_at)
VALUES ('choices at 6', 'COMPLETED', '', '{"searchSpace":{"parameters":[{"name":"cell","categoricalDomain":{"choices":["lstm","gru"]}}]},"objectives":[{"metric":"loss","direction":"DIRECTION_MINIMIZE"}],"sampler":{"name":"random"},"pruner":{"name":"none"},"budget":2,"parallelism":1,"maxAttempts":3,"maxFailedTrials":10}', 2, 1, 3, 10, true, 2, now(), now());
INSERT INTO search_space (study_id, version, space)
SELECT id, 1, spec -> 'searchSpace' FROM study WHERE display_name = 'choices at 6';
INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives, space_version, seed, history_cut)
SELECT s.id, t.* FROM study s, (VALUES
  (1, 'COMPLETED', 'SAMPLER', '{"cell": "lstm"}'::jsonb, '{"loss": 2}'::jsonb, '{2}'::float8[], 1, 61, 0),
  (2, 'COMPLETED', 'SAMPLER', '{"cell": "gru"}', '{"loss": 3}', '{3}', 1, 62, 0)) t
 WHERE s.display_name = 'choices at 6';
