-- Rows as version 1 wrote them: a study that has ended, and one in the middle of its work.
INSERT INTO study (display_name, state, task, spec, budget, parallelism, max_attempts, max_failed, minimize,
                   last_number, started_at, ended_at, version)
VALUES ('ended at 1', 'COMPLETED', '', '{"searchSpace":{"parameters":[{"name":"x","integerDomain":{"min":"1","max":"1000","scale":"SCALE_LINEAR"}},{"name":"rate","doubleDomain":{"min":1.0E-4,"max":0.1,"scale":"SCALE_LOG"}}]},"objectives":[{"metric":"loss","direction":"DIRECTION_MINIMIZE"}],"sampler":{"name":"random"},"pruner":{"name":"none"},"budget":2,"parallelism":2,"maxAttempts":3,"maxFailedTrials":10,"seed":"7"}', 2, 2, 3, 10, true, 2, now() - interval '2 days', now() - interval '1 day', 4),
       ('running at 1', 'RUNNING', '', '{"searchSpace":{"parameters":[{"name":"x","integerDomain":{"min":"1","max":"1000","scale":"SCALE_LINEAR"}},{"name":"rate","doubleDomain":{"min":1.0E-4,"max":0.1,"scale":"SCALE_LOG"}}]},"objectives":[{"metric":"loss","direction":"DIRECTION_MINIMIZE"}],"sampler":{"name":"random"},"pruner":{"name":"none"},"budget":4,"parallelism":2,"maxAttempts":3,"maxFailedTrials":10,"seed":"7"}', 4, 2, 3, 10, true, 2, now() - interval '1 hour', NULL, 2);
INSERT INTO search_space (study_id, version, space)
SELECT id, 1, spec -> 'searchSpace' FROM study;
INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives, space_version, seed, history_cut,
                   attempts, worker, candidate, last_step, started_at)
VALUES (1, 1, 'COMPLETED', 'SAMPLER', '{"x": 10, "rate": {"double": 0.01}}', '{"loss": 3.5}', '{3.5}', 1, 11, 0, 1, 'w', 'candidates/1', 2, now()),
       (1, 2, 'COMPLETED', 'SAMPLER', '{"x": 20, "rate": {"double": 0.02}}', '{"loss": 1.25, "other": "NaN"}', '{1.25}', 1, 12, 1, 1, 'w', 'candidates/2', 2, now()),
       (2, 1, 'COMPLETED', 'SAMPLER', '{"x": 30, "rate": {"double": 0.03}}', '{"loss": 7}', '{7}', 1, 21, 0, 1, 'w', '', 1, now());
INSERT INTO trial (study_id, number, state, origin, parameters, space_version, seed, history_cut, attempts, attempt_token,
                   lease_expires_at, lease_millis, worker, checkpoint, last_step, started_at)
VALUES (2, 2, 'RUNNING', 'SAMPLER', '{"x": 40, "rate": {"double": 0.04}}', 1, 22, 1, 1,
        '00000000-0000-0000-0000-000000000022', now() - interval '10 minutes', 30000, 'w', 'checkpoints/22', 1, now());
INSERT INTO attempt (trial_id, number, state, token, worker, ended_at)
SELECT id, 1, 'FINISHED', gen_random_uuid(), 'w', now() FROM trial WHERE state = 'COMPLETED';
INSERT INTO attempt (trial_id, number, state, token, worker)
SELECT id, 1, 'RUNNING', attempt_token, 'w' FROM trial WHERE state = 'RUNNING';
INSERT INTO measurement (trial_id, step, metrics, duration_millis)
SELECT id, step, '{"loss": 9.5}', 1500 FROM trial, generate_series(1, last_step) step;
INSERT INTO audit_event (study_id, actor, action, subject, reason, detail)
SELECT id, 'ada', 'study.create', 'studies/' || id, 'to see', '{"budget": 2}' FROM study;
