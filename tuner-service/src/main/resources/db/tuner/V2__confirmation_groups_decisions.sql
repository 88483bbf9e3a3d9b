-- Confirmation of winners, compute groups, and every decision of a pruner.

ALTER TABLE study ADD COLUMN compute_group text NOT NULL DEFAULT '';
CREATE INDEX study_by_group ON study (compute_group) WHERE compute_group <> '' AND state = 'RUNNING';

ALTER TABLE trial
  -- Attempts whose worker vanished; the limit is study.max_attempts.
  ADD COLUMN lost integer NOT NULL DEFAULT 0 CHECK (lost >= 0),
  -- The trial whose configuration a confirmation runs again.
  ADD COLUMN confirms integer,
  ADD CONSTRAINT trial_confirms CHECK ((origin = 'CONFIRMATION') = (confirms IS NOT NULL));
CREATE INDEX trial_confirmations ON trial (study_id, confirms) WHERE confirms IS NOT NULL;
CREATE INDEX trial_open_confirmations ON trial (study_id)
  WHERE origin = 'CONFIRMATION' AND state IN ('WAITING', 'RUNNING');

CREATE TABLE pruning_decision (
  trial_id       bigint           NOT NULL REFERENCES trial ON DELETE CASCADE,
  step           bigint           NOT NULL,
  rule           text             NOT NULL,
  value          double precision NOT NULL,
  threshold      double precision NOT NULL,
  pruned         boolean          NOT NULL,
  -- Numbers of the trials it was compared with.
  comparison_set integer[]        NOT NULL,
  decided_at     timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (trial_id, step)
);
CREATE TRIGGER pruning_decision_append_only BEFORE UPDATE ON pruning_decision
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
