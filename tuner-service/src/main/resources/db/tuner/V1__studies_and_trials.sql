-- Studies, trials, attempts, measurements and the audit trail.
--
-- What must never be wrong is said here, not in a program: which states a lease goes with, that finished and
-- running trials never exceed the budget, that measurements are only ever added.

CREATE TABLE study (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  display_name     text        NOT NULL CHECK (length(display_name) BETWEEN 1 AND 256),
  state            text        NOT NULL DEFAULT 'DRAFT'
                   CHECK (state IN ('DRAFT', 'RUNNING', 'PAUSED', 'STOPPING', 'STOPPED', 'COMPLETED', 'FAILED')),
  state_reason     text        NOT NULL DEFAULT '',
  notes            text        NOT NULL DEFAULT '',
  request_id       text        UNIQUE,
  task             text        NOT NULL,
  -- ilteo.tuner.v1.StudySpec as protobuf JSON, defaults filled in.
  spec             jsonb       NOT NULL,
  space_version    integer     NOT NULL DEFAULT 1,
  budget           integer     NOT NULL CHECK (budget BETWEEN 1 AND 1000000),
  parallelism      integer     NOT NULL CHECK (parallelism BETWEEN 1 AND 10000),
  max_attempts     integer     NOT NULL CHECK (max_attempts BETWEEN 1 AND 100),
  max_failed       integer     NOT NULL CHECK (max_failed >= 0),
  minimize         boolean     NOT NULL,
  baselines        jsonb,
  -- Kept by the trigger below, in the transaction that changes a trial.
  completed        integer     NOT NULL DEFAULT 0 CHECK (completed >= 0),
  pruned           integer     NOT NULL DEFAULT 0 CHECK (pruned >= 0),
  failed           integer     NOT NULL DEFAULT 0 CHECK (failed >= 0),
  stopped          integer     NOT NULL DEFAULT 0 CHECK (stopped >= 0),
  running          integer     NOT NULL DEFAULT 0 CHECK (running >= 0),
  waiting          integer     NOT NULL DEFAULT 0 CHECK (waiting >= 0),
  -- Running trials and trials that wait for another attempt.
  in_flight        integer     NOT NULL DEFAULT 0 CHECK (in_flight >= 0),
  lost_attempts    integer     NOT NULL DEFAULT 0 CHECK (lost_attempts >= 0),
  last_number      integer     NOT NULL DEFAULT 0,
  -- How many trials have ended: the clock of the study's history.
  history_length   bigint      NOT NULL DEFAULT 0,
  best_trial       integer,
  best_value       double precision,
  version          bigint      NOT NULL DEFAULT 1,
  created_at       timestamptz NOT NULL DEFAULT now(),
  started_at       timestamptz,
  ended_at         timestamptz,
  -- The budget is exact: no claim may take a study beyond it.
  CONSTRAINT study_budget CHECK (completed + pruned + in_flight <= budget)
);
CREATE INDEX study_by_state ON study (state, id);

CREATE TABLE search_space (
  study_id   bigint      NOT NULL REFERENCES study ON DELETE CASCADE,
  version    integer     NOT NULL,
  space      jsonb       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (study_id, version)
);

CREATE TABLE trial (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  study_id          bigint      NOT NULL REFERENCES study ON DELETE CASCADE,
  number            integer     NOT NULL CHECK (number >= 1),
  state             text        NOT NULL
                    CHECK (state IN ('WAITING', 'RUNNING', 'COMPLETED', 'PRUNED', 'FAILED', 'STOPPED')),
  origin            text        NOT NULL CHECK (origin IN ('SAMPLER', 'ENQUEUED', 'IMPORTED', 'CONFIRMATION')),
  parameters        jsonb       NOT NULL,
  metrics           jsonb       NOT NULL DEFAULT '{}',
  objectives        double precision[] NOT NULL DEFAULT '{}',
  space_version     integer     NOT NULL,
  seed              bigint      NOT NULL,
  -- study.history_length when the configuration was chosen; what the sampler saw.
  history_cut       bigint      NOT NULL,
  -- Place in the study's history, once ended.
  history_place     bigint,
  attempts          integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  attempt_token     uuid,
  lease_expires_at  timestamptz,
  lease_millis      bigint,
  worker            text        NOT NULL DEFAULT '',
  checkpoint        text        NOT NULL DEFAULT '',
  candidate         text        NOT NULL DEFAULT '',
  last_step         bigint      NOT NULL DEFAULT 0,
  pruning_decision  jsonb,
  reason            text        NOT NULL DEFAULT '',
  -- Not offered again before this time: back-off after RESOURCE_EXHAUSTED and lost attempts.
  not_before        timestamptz NOT NULL DEFAULT '-infinity',
  created_at        timestamptz NOT NULL DEFAULT now(),
  started_at        timestamptz,
  ended_at          timestamptz,
  UNIQUE (study_id, number),
  CONSTRAINT trial_lease CHECK ((state = 'RUNNING') = (attempt_token IS NOT NULL)
                            AND (state = 'RUNNING') = (lease_expires_at IS NOT NULL)),
  CONSTRAINT trial_end CHECK ((state IN ('WAITING', 'RUNNING')) = (ended_at IS NULL)
                          AND (state IN ('WAITING', 'RUNNING')) = (history_place IS NULL)),
  CONSTRAINT trial_objectives CHECK (state <> 'COMPLETED' OR cardinality(objectives) >= 1)
);
CREATE INDEX trial_waiting ON trial (study_id, number) WHERE state = 'WAITING';
CREATE INDEX trial_leases ON trial (lease_expires_at) WHERE state = 'RUNNING';
CREATE INDEX trial_running ON trial (study_id) WHERE state = 'RUNNING';
CREATE UNIQUE INDEX trial_history ON trial (study_id, history_place) WHERE history_place IS NOT NULL;
CREATE INDEX trial_by_objective ON trial (study_id, (objectives[1])) WHERE state = 'COMPLETED';

CREATE TABLE attempt (
  trial_id    bigint      NOT NULL REFERENCES trial ON DELETE CASCADE,
  number      integer     NOT NULL CHECK (number >= 1),
  state       text        NOT NULL CHECK (state IN ('RUNNING', 'FINISHED', 'FAILED', 'LOST', 'PREEMPTED', 'STOPPED')),
  token       uuid        NOT NULL UNIQUE,
  request_id  text,
  worker      text        NOT NULL,
  checkpoint  text        NOT NULL DEFAULT '',
  reason      text        NOT NULL DEFAULT '',
  started_at  timestamptz NOT NULL DEFAULT now(),
  ended_at    timestamptz,
  PRIMARY KEY (trial_id, number),
  CHECK ((state = 'RUNNING') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX attempt_running ON attempt (trial_id) WHERE state = 'RUNNING';
CREATE INDEX attempt_request ON attempt (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE measurement (
  trial_id        bigint      NOT NULL REFERENCES trial ON DELETE CASCADE,
  step            bigint      NOT NULL CHECK (step >= 0),
  metrics         jsonb       NOT NULL,
  duration_millis bigint      NOT NULL DEFAULT 0,
  reported_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (trial_id, step)
);

CREATE TABLE audit_event (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Kept after the study is gone.
  study_id    bigint,
  happened_at timestamptz NOT NULL DEFAULT now(),
  actor       text        NOT NULL,
  action      text        NOT NULL,
  subject     text        NOT NULL,
  reason      text        NOT NULL DEFAULT '',
  detail      jsonb       NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_by_study ON audit_event (study_id, id DESC);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are only ever added', TG_TABLE_NAME;
END $$;
CREATE TRIGGER measurement_append_only BEFORE UPDATE ON measurement
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Gives an ended trial its place in the history. The study's row is locked by the update, so places have no gaps
-- and become visible in their order.
CREATE FUNCTION place_in_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('COMPLETED', 'PRUNED', 'FAILED', 'STOPPED') AND NEW.history_place IS NULL THEN
    UPDATE study SET history_length = history_length + 1 WHERE id = NEW.study_id
      RETURNING history_length INTO NEW.history_place;
    NEW.ended_at := coalesce(NEW.ended_at, now());
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER trial_history_place BEFORE INSERT OR UPDATE OF state ON trial
  FOR EACH ROW EXECUTE FUNCTION place_in_history();

-- Keeps the study's counters equal to its trials. Imported and confirmation trials do not count towards the budget.
CREATE FUNCTION count_trial() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was     text    := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.state END;
  counts  boolean := NEW.origin IN ('SAMPLER', 'ENQUEUED');
  flew    boolean := was = 'RUNNING' OR (was = 'WAITING' AND OLD.attempts > 0);
  flies   boolean := NEW.state = 'RUNNING' OR (NEW.state = 'WAITING' AND NEW.attempts > 0);
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
    best_trial = CASE WHEN NEW.state = 'COMPLETED' AND (best_value IS NULL
                        OR (minimize AND NEW.objectives[1] < best_value)
                        OR (NOT minimize AND NEW.objectives[1] > best_value)) THEN NEW.number ELSE best_trial END,
    best_value = CASE WHEN NEW.state = 'COMPLETED' AND (best_value IS NULL
                        OR (minimize AND NEW.objectives[1] < best_value)
                        OR (NOT minimize AND NEW.objectives[1] > best_value)) THEN NEW.objectives[1] ELSE best_value END
  WHERE id = NEW.study_id;
  RETURN NULL;
END $$;
CREATE TRIGGER trial_counts AFTER INSERT OR UPDATE OF state ON trial
  FOR EACH ROW EXECUTE FUNCTION count_trial();
