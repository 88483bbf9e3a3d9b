-- What trainings leave behind: the last checkpoint of each attempt, and the trained networks.

CREATE TABLE checkpoint (
  id         uuid        PRIMARY KEY,
  -- One a training: a newer one replaces it.
  attempt    text        NOT NULL UNIQUE,
  epoch      integer     NOT NULL CHECK (epoch >= 1),
  state      bytea       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE candidate (
  id           uuid        PRIMARY KEY,
  attempt      text        NOT NULL UNIQUE,
  panel        text        NOT NULL,
  -- ilteo.model.v1.DataSpec as protobuf JSON, defaults filled in.
  data         jsonb       NOT NULL,
  architecture text        NOT NULL,
  parameters   jsonb       NOT NULL,
  seed         bigint      NOT NULL,
  metrics      jsonb       NOT NULL,
  code_version text        NOT NULL,
  network      bytea       NOT NULL,
  -- SHA-256 of the network, checked whenever it is loaded.
  digest       bytea       NOT NULL CHECK (length(digest) = 32),
  created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX candidate_by_panel ON candidate (panel);
