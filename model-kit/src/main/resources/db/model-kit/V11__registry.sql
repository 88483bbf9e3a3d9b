-- Model versions, the aliases that say which of them serve, and the readings of test folds.

CREATE TABLE model_version (
  -- Never given twice, also after a deletion: evaluations and alias events keep pointing at it.
  number       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Networks of the ensemble, sorted; the same ones never make two versions.
  candidates   uuid[]      NOT NULL UNIQUE CHECK (cardinality(candidates) BETWEEN 1 AND 32),
  -- The panel stays as long as a version was trained on it.
  panel_digest text        NOT NULL REFERENCES panel,
  -- SHA-256 over the networks' digests in the order of `candidates`; of one network, its own.
  digest       bytea       NOT NULL CHECK (length(digest) = 32),
  created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE model_alias (
  alias      text        PRIMARY KEY CHECK (alias ~ '^[a-z][a-z0-9-]{0,62}$'),
  version    bigint      NOT NULL REFERENCES model_version,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX model_alias_by_version ON model_alias (version);

-- Append-only.
CREATE TABLE model_alias_event (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alias        text        NOT NULL,
  from_version bigint,
  to_version   bigint      NOT NULL CHECK (to_version IS DISTINCT FROM from_version),
  actor        text        NOT NULL,
  reason       text        NOT NULL CHECK (reason <> ''),
  event_time   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX model_alias_event_by_alias ON model_alias_event (alias, id DESC);

-- Written before the test fold is opened, so that no reading goes unrecorded; the result follows.
CREATE TABLE evaluation (
  version   bigint      NOT NULL,
  study     text        NOT NULL CHECK (length(study) <= 256),
  opened_at timestamptz NOT NULL DEFAULT now(),
  -- More than 1 only where a replica died between reading and recording.
  readings  integer     NOT NULL DEFAULT 1 CHECK (readings >= 1),
  -- ilteo.model.v1.Evaluation, written once.
  result    bytea,
  PRIMARY KEY (version, study)
);
