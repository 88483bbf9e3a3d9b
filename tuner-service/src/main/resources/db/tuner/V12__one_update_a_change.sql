-- A trial that changes its state writes its study's row once. It took three updates: one for its number or its end, one
-- for its place in the history, one for the counters; each of them checks every constraint of the row anew.
--
-- Before the trial's row is written, so that its place is known; the study's row stays locked until the transaction
-- ends, so places have no gaps and become visible in their order. Imported and confirmation trials do not count
-- towards the budget.
CREATE FUNCTION account_for_trial() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was         text    := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.state END;
  counts      boolean := NEW.origin IN ('SAMPLER', 'ENQUEUED');
  ends        boolean := NEW.state NOT IN ('WAITING', 'RUNNING') AND NEW.history_place IS NULL;
  flew        boolean := was = 'RUNNING' OR (was = 'WAITING' AND OLD.attempts > 0);
  flies       boolean := NEW.state = 'RUNNING' OR (NEW.state = 'WAITING' AND NEW.attempts > 0);
  rivals      boolean;
  constraints jsonb;
  places      bigint;
BEGIN
  IF was IS NOT DISTINCT FROM NEW.state OR NOT (counts OR ends) THEN
    RETURN NEW;
  END IF;
  IF ends THEN
    NEW.ended_at := coalesce(NEW.ended_at, now());
    NEW.feasible := true;
    IF NEW.state IN ('COMPLETED', 'PRUNED') THEN
      SELECT spec -> 'metricConstraints' INTO constraints FROM study WHERE id = NEW.study_id;
      NEW.feasible := constraints IS NULL OR is_feasible(constraints, NEW.metrics);
    END IF;
  END IF;
  rivals := NEW.state = 'COMPLETED' AND NEW.feasible;
  IF counts THEN
    UPDATE study SET
      last_number = greatest(last_number, NEW.number),
      history_length = history_length + ends::int,
      completed = completed + (NEW.state = 'COMPLETED')::int - coalesce((was = 'COMPLETED')::int, 0),
      pruned    = pruned    + (NEW.state = 'PRUNED')::int    - coalesce((was = 'PRUNED')::int, 0),
      failed    = failed    + (NEW.state = 'FAILED')::int    - coalesce((was = 'FAILED')::int, 0),
      stopped   = stopped   + (NEW.state = 'STOPPED')::int   - coalesce((was = 'STOPPED')::int, 0),
      running   = running   + (NEW.state = 'RUNNING')::int   - coalesce((was = 'RUNNING')::int, 0),
      waiting   = waiting   + (NEW.state = 'WAITING')::int   - coalesce((was = 'WAITING')::int, 0),
      in_flight = in_flight + coalesce(flies, false)::int - coalesce(flew, false)::int,
      best_trial = CASE WHEN rivals AND (best_value IS NULL
                          OR (minimize AND NEW.objectives[1] < best_value)
                          OR (NOT minimize AND NEW.objectives[1] > best_value)) THEN NEW.number ELSE best_trial END,
      best_value = CASE WHEN rivals AND (best_value IS NULL
                          OR (minimize AND NEW.objectives[1] < best_value)
                          OR (NOT minimize AND NEW.objectives[1] > best_value)) THEN NEW.objectives[1] ELSE best_value END
    WHERE id = NEW.study_id RETURNING history_length INTO places;
  ELSE
    UPDATE study SET history_length = history_length + 1 WHERE id = NEW.study_id
      RETURNING history_length INTO places;
  END IF;
  IF ends THEN
    NEW.history_place := places;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER trial_account BEFORE INSERT OR UPDATE OF state ON trial
  FOR EACH ROW EXECUTE FUNCTION account_for_trial();
DROP TRIGGER trial_history_place ON trial;
DROP TRIGGER trial_counts ON trial;
DROP FUNCTION place_in_history();
DROP FUNCTION count_trial();

-- Every change of a trial writes a new version of its study's row: with room beside it, no index is written.
ALTER TABLE study SET (fillfactor = 50);
