-- What a trial costs the database.
--
-- A row that changes is held against every CHECK of its table, and PostgreSQL reads the texts of all of them anew for
-- every statement. What is said of one value is its type now, checked where that value is written; what is said of
-- several values of a row stays a CHECK, as short as it can be. Nothing is admitted that was not before.

CREATE DOMAIN natural_number AS integer CHECK (VALUE >= 0);
CREATE DOMAIN ordinal_number AS integer CHECK (VALUE >= 1);
CREATE DOMAIN study_name AS text CHECK (length(VALUE) BETWEEN 1 AND 256);
CREATE DOMAIN study_state AS text
  CHECK (VALUE IN ('DRAFT', 'RUNNING', 'PAUSED', 'STOPPING', 'STOPPED', 'COMPLETED', 'FAILED'));
CREATE DOMAIN study_budget AS integer CHECK (VALUE BETWEEN 1 AND 1000000);
CREATE DOMAIN study_parallelism AS integer CHECK (VALUE BETWEEN 1 AND 10000);
CREATE DOMAIN study_max_attempts AS integer CHECK (VALUE BETWEEN 1 AND 100);
CREATE DOMAIN trial_state AS text
  CHECK (VALUE IN ('WAITING', 'RUNNING', 'COMPLETED', 'PRUNED', 'FAILED', 'STOPPED'));
CREATE DOMAIN trial_origin AS text CHECK (VALUE IN ('SAMPLER', 'ENQUEUED', 'IMPORTED', 'CONFIRMATION'));
CREATE DOMAIN attempt_state AS text
  CHECK (VALUE IN ('RUNNING', 'FINISHED', 'FAILED', 'LOST', 'PREEMPTED', 'STOPPED'));

ALTER TABLE study
  DROP CONSTRAINT study_display_name_check, ALTER display_name TYPE study_name,
  DROP CONSTRAINT study_state_check, ALTER state TYPE study_state,
  DROP CONSTRAINT study_budget_check, ALTER budget TYPE study_budget,
  DROP CONSTRAINT study_parallelism_check, ALTER parallelism TYPE study_parallelism,
  DROP CONSTRAINT study_max_attempts_check, ALTER max_attempts TYPE study_max_attempts,
  DROP CONSTRAINT study_max_failed_check, ALTER max_failed TYPE natural_number,
  DROP CONSTRAINT study_completed_check, DROP CONSTRAINT study_pruned_check, DROP CONSTRAINT study_failed_check,
  DROP CONSTRAINT study_stopped_check, DROP CONSTRAINT study_running_check, DROP CONSTRAINT study_waiting_check,
  DROP CONSTRAINT study_in_flight_check, DROP CONSTRAINT study_lost_attempts_check,
  ADD CONSTRAINT study_counters
    CHECK (least(completed, pruned, failed, stopped, running, waiting, in_flight, lost_attempts) >= 0);

-- Open trials are few: one index finds all of them, where four were written with every trial.
DROP INDEX trial_waiting;
DROP INDEX trial_running;
DROP INDEX trial_open;
DROP INDEX trial_open_confirmations;

-- A column that a trigger waits for cannot change its type.
DROP TRIGGER trial_account ON trial;
ALTER TABLE trial
  DROP CONSTRAINT trial_number_check, ALTER number TYPE ordinal_number,
  DROP CONSTRAINT trial_state_check, ALTER state TYPE trial_state,
  DROP CONSTRAINT trial_origin_check, ALTER origin TYPE trial_origin,
  DROP CONSTRAINT trial_attempts_check, ALTER attempts TYPE natural_number,
  DROP CONSTRAINT trial_lost_check, ALTER lost TYPE natural_number,
  DROP CONSTRAINT trial_lease, ADD CONSTRAINT trial_lease CHECK ((state = 'RUNNING') = (attempt_token IS NOT NULL)
    AND (attempt_token IS NULL) = (lease_expires_at IS NULL)),
  DROP CONSTRAINT trial_end, ADD CONSTRAINT trial_end CHECK ((state IN ('WAITING', 'RUNNING')) = (ended_at IS NULL)
    AND (ended_at IS NULL) = (history_place IS NULL));
CREATE TRIGGER trial_account BEFORE INSERT OR UPDATE OF state ON trial
  FOR EACH ROW EXECUTE FUNCTION account_for_trial();
CREATE INDEX trial_open ON trial (state, study_id, number) WHERE state IN ('WAITING', 'RUNNING');

ALTER TABLE attempt
  DROP CONSTRAINT attempt_number_check, ALTER number TYPE ordinal_number,
  DROP CONSTRAINT attempt_state_check, ALTER state TYPE attempt_state;

-- Whether a trial that ends is its study's best. In quotes, as what follows, so that the planner puts it in place.
CREATE FUNCTION is_best(s study, state text, value double precision, metrics jsonb) RETURNS boolean
  IMMUTABLE LANGUAGE sql AS $$
  SELECT state = 'COMPLETED'
     AND (s.best_value IS NULL OR s.minimize AND value < s.best_value OR NOT s.minimize AND value > s.best_value)
     AND (s.spec -> 'metricConstraints' IS NULL OR is_feasible(s.spec -> 'metricConstraints', metrics))
$$;

-- The account of a study, with fewer words: PL/pgSQL prepares each of its expressions anew in every transaction. As
-- before: the study's row stays locked until the transaction ends, so places have no gaps and become visible in their
-- order; imported and confirmation trials have a place in the history, but do not count.
CREATE OR REPLACE FUNCTION account_for_trial() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was         text := coalesce(OLD.state, '');
  constraints jsonb;
BEGIN
  IF was = NEW.state OR NEW.history_place IS NOT NULL THEN
    RETURN NEW;
  END IF;
  IF NEW.state IN ('WAITING', 'RUNNING') THEN
    IF NEW.origin IN ('SAMPLER', 'ENQUEUED') THEN
      UPDATE study SET
        last_number = greatest(last_number, NEW.number),
        running     = running + (NEW.state = 'RUNNING')::int - (was = 'RUNNING')::int,
        waiting     = waiting + (NEW.state = 'WAITING')::int - (was = 'WAITING')::int,
        in_flight   = in_flight + (NEW.state = 'RUNNING' OR NEW.attempts > 0)::int
                                - (was = 'RUNNING' OR was = 'WAITING' AND OLD.attempts > 0)::int
      WHERE id = NEW.study_id;
    END IF;
    RETURN NEW;
  END IF;
  NEW.ended_at := coalesce(NEW.ended_at, now());
  IF NEW.origin IN ('SAMPLER', 'ENQUEUED') THEN
    UPDATE study SET
      last_number    = greatest(last_number, NEW.number),
      history_length = history_length + 1,
      completed      = completed + (NEW.state = 'COMPLETED')::int,
      pruned         = pruned + (NEW.state = 'PRUNED')::int,
      failed         = failed + (NEW.state = 'FAILED')::int,
      stopped        = stopped + (NEW.state = 'STOPPED')::int,
      running        = running - (was = 'RUNNING')::int,
      waiting        = waiting - (was = 'WAITING')::int,
      in_flight      = in_flight - (was = 'RUNNING' OR was = 'WAITING' AND OLD.attempts > 0)::int,
      best_trial     = CASE WHEN is_best(study, NEW.state, NEW.objectives[1], NEW.metrics)
                            THEN NEW.number ELSE best_trial END,
      best_value     = CASE WHEN is_best(study, NEW.state, NEW.objectives[1], NEW.metrics)
                            THEN NEW.objectives[1] ELSE best_value END
    WHERE id = NEW.study_id
    RETURNING history_length, spec -> 'metricConstraints' INTO NEW.history_place, constraints;
  ELSE
    UPDATE study SET history_length = history_length + 1 WHERE id = NEW.study_id
      RETURNING history_length, spec -> 'metricConstraints' INTO NEW.history_place, constraints;
  END IF;
  IF constraints IS NOT NULL THEN
    NEW.feasible := NEW.state NOT IN ('COMPLETED', 'PRUNED') OR is_feasible(constraints, NEW.metrics);
  END IF;
  RETURN NEW;
END $$;

-- Whether a study has nothing left to do.
CREATE FUNCTION is_over(s study) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
  SELECT s.state = 'STOPPING' AND s.running = 0
      OR s.state IN ('RUNNING', 'PAUSED')
         AND (s.completed + s.pruned >= s.budget OR s.failed > s.max_failed AND s.running = 0)
$$;

-- Ends a study that is over, as its row is now: counters are kept by trigger. With the study end the trials that wait,
-- and the audit trail says so. Done after every attempt that ends, so that no program has to ask for it.
CREATE FUNCTION settle_study(settled_id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH settled AS (
    UPDATE study SET ended_at = now(), version = version + 1,
           state = CASE WHEN state = 'STOPPING' AND refused THEN 'FAILED'
                        WHEN state = 'STOPPING' THEN 'STOPPED'
                        WHEN completed + pruned >= budget THEN 'COMPLETED' ELSE 'FAILED' END,
           state_reason = CASE WHEN state = 'STOPPING' THEN state_reason
             WHEN completed + pruned < budget
             THEN failed || ' trials failed; at most ' || max_failed || ' may, the last: '
               || coalesce((SELECT t.reason FROM trial t WHERE t.study_id + 0 = study.id
                    AND t.state = 'FAILED' ORDER BY t.number DESC LIMIT 1), '') ELSE '' END
     WHERE id = settled_id AND is_over(study)
    RETURNING id, state),
  idle AS (
    UPDATE trial t SET state = 'STOPPED', reason = 'the study ended'
      FROM settled WHERE t.study_id = settled.id AND t.state = 'WAITING' AND t.origin <> 'CONFIRMATION')
  INSERT INTO audit_event (study_id, actor, action, subject, reason, detail)
  SELECT id, 'tuner', 'study.end', 'studies/' || id, 'no trial is left to run', jsonb_build_object('to', state)
    FROM settled;
END $$;

CREATE FUNCTION settle_after_trial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM study WHERE id = NEW.study_id AND is_over(study);
  IF FOUND THEN
    PERFORM settle_study(NEW.study_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER trial_settles AFTER UPDATE OF state ON trial
  FOR EACH ROW EXECUTE FUNCTION settle_after_trial();
