-- A trial that breaks a metric constraint is nobody's best, whatever its objective.
ALTER TABLE trial ADD COLUMN feasible boolean NOT NULL DEFAULT true;

-- constraints: ilteo.tuner.v1.MetricConstraint as protobuf JSON, which leaves zeros out; a metric that is missing or
-- NaN breaks its constraint (PostgreSQL's NaN is above every number).
CREATE FUNCTION is_feasible(constraints jsonb, metrics jsonb) RETURNS boolean IMMUTABLE LANGUAGE sql
  RETURN (SELECT coalesce(bool_and(
                   coalesce((metrics ->> (c ->> 'metric'))::double precision, 'NaN')
                   <= coalesce((c ->> 'upperBound')::double precision, 0)), true)
            FROM jsonb_array_elements(constraints) AS c);

CREATE OR REPLACE FUNCTION place_in_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  constraints jsonb;
BEGIN
  IF NEW.state IN ('COMPLETED', 'PRUNED', 'FAILED', 'STOPPED') AND NEW.history_place IS NULL THEN
    UPDATE study SET history_length = history_length + 1 WHERE id = NEW.study_id
      RETURNING history_length, spec -> 'metricConstraints' INTO NEW.history_place, constraints;
    NEW.ended_at := coalesce(NEW.ended_at, now());
    NEW.feasible := constraints IS NULL OR NEW.state NOT IN ('COMPLETED', 'PRUNED')
                    OR is_feasible(constraints, NEW.metrics);
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION count_trial() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was     text    := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.state END;
  counts  boolean := NEW.origin IN ('SAMPLER', 'ENQUEUED');
  flew    boolean := was = 'RUNNING' OR (was = 'WAITING' AND OLD.attempts > 0);
  flies   boolean := NEW.state = 'RUNNING' OR (NEW.state = 'WAITING' AND NEW.attempts > 0);
  rivals  boolean := NEW.state = 'COMPLETED' AND NEW.feasible;
BEGIN
  IF NOT counts OR (was IS NOT DISTINCT FROM NEW.state) THEN
    RETURN NULL;
  END IF;
  UPDATE study SET
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
  WHERE id = NEW.study_id;
  RETURN NULL;
END $$;
