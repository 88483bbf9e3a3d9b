-- What serving needs beside the networks.

-- How a network's inputs are made: the fitted transform and the mapping. Named by the SHA-256 of the content, so
-- that the trials of a study, which share it, store it once.
CREATE TABLE fitted_inputs (
  digest  bytea  PRIMARY KEY CHECK (length(digest) = 32),
  -- By the mapping's names, for people who ask what a prediction needs.
  columns text[] NOT NULL,
  content bytea  NOT NULL
);
-- Compressed before it comes here.
ALTER TABLE fitted_inputs ALTER COLUMN content SET STORAGE EXTERNAL;

-- Null only for networks trained before this column existed; they cannot become versions.
ALTER TABLE candidate ADD COLUMN inputs bytea REFERENCES fitted_inputs;
CREATE INDEX candidate_by_inputs ON candidate (inputs);

-- How a version's outputs are read: calibration, intervals, decision rule, as one JSON object.
ALTER TABLE model_version
  ADD COLUMN attachments        text,
  ADD COLUMN attachments_digest bytea,
  ADD CHECK (num_nulls(attachments, attachments_digest) IN (0, 2)),
  ADD CHECK (length(attachments_digest) = 32);

-- Replicas listen on `{schema}.models`, so that an alias moves everywhere at once whoever moved it.
CREATE FUNCTION announce_models() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(TG_TABLE_SCHEMA || '.models', TG_TABLE_NAME);
  RETURN NULL;
END $$;
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE ON model_alias
  FOR EACH STATEMENT EXECUTE FUNCTION announce_models();
CREATE TRIGGER announce AFTER DELETE ON model_version
  FOR EACH STATEMENT EXECUTE FUNCTION announce_models();
