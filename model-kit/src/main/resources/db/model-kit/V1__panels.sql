-- Panels: imported surveys, immutable, named by the SHA-256 of content and mapping.
CREATE TABLE panel (
  digest       text        PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
  display_name text        NOT NULL CHECK (length(display_name) <= 256),
  mapping_yaml text        NOT NULL,
  person_years bigint      NOT NULL CHECK (person_years > 0),
  persons      bigint      NOT NULL CHECK (persons > 0 AND persons <= person_years),
  first_year   int         NOT NULL,
  last_year    int         NOT NULL CHECK (last_year > first_year),
  columns      jsonb       NOT NULL,
  exclusions   jsonb       NOT NULL,
  create_time  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Resource names carry the first 16 digits.
CREATE UNIQUE INDEX panel_by_name ON panel (left(digest, 16));
CREATE INDEX panel_by_age ON panel (create_time DESC, digest);

-- The values, part by part (persons, starts, years, one part a column), each in compressed chunks.
CREATE TABLE panel_chunk (
  panel_digest text  NOT NULL REFERENCES panel ON DELETE CASCADE,
  part         text  NOT NULL,
  chunk        int   NOT NULL CHECK (chunk >= 0),
  bytes        bytea NOT NULL,
  PRIMARY KEY (panel_digest, part, chunk)
);

-- Compressed before they come here: PostgreSQL need not try again.
ALTER TABLE panel_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
