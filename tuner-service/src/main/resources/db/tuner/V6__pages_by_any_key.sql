-- Pages by start, duration or a parameter through an index, however deep. One index serves both directions: a
-- falling page reads it backwards, and trials without the key are read by number after all the others.
DROP INDEX trial_by_objective_falling;
CREATE INDEX trial_by_start ON trial (study_id, started_at, number);
ALTER TABLE trial ADD COLUMN duration interval GENERATED ALWAYS AS (ended_at - started_at) STORED;
CREATE INDEX trial_by_duration ON trial (study_id, duration, number);

-- A lease is renewed with every report. Without an index on its expiry, and with room in the page, PostgreSQL
-- writes a renewal to no index at all (HOT); the few trials that run are found by trial_running.
DROP INDEX trial_leases;
ALTER TABLE trial SET (fillfactor = 80);

-- Every parameter that any version of a study's search space has had.
CREATE TABLE study_parameter (
  study_id bigint  NOT NULL REFERENCES study ON DELETE CASCADE,
  name     text    NOT NULL,
  ordinal  integer NOT NULL,
  PRIMARY KEY (study_id, name),
  UNIQUE (study_id, ordinal)
);

-- A row for each trial and each parameter of its study; no value and no choice where the trial lacks it. Narrow,
-- written once, by trigger, and with one index: what sorting by parameters costs each trial. No foreign key: it
-- would lock rows of study_parameter for each value; a trigger deletes with the study.
CREATE TABLE trial_parameter (
  study_id bigint  NOT NULL,
  ordinal  integer NOT NULL,
  number   integer NOT NULL,
  value    double precision,
  choice   text COLLATE "C"
);
CREATE INDEX trial_by_parameter ON trial_parameter (study_id, ordinal, value, choice, number);

CREATE FUNCTION parameter_number(value jsonb) RETURNS double precision IMMUTABLE LANGUAGE sql
  RETURN CASE jsonb_typeof(value) WHEN 'object' THEN (value ->> 'double')::double precision
                                  WHEN 'number' THEN value::double precision END;
-- An index row has a limit; so long a beginning tells choices apart.
CREATE FUNCTION parameter_choice(value jsonb) RETURNS text IMMUTABLE LANGUAGE sql
  RETURN CASE jsonb_typeof(value) WHEN 'string' THEN left(value #>> '{}', 256) END;

-- The study's row is locked first, as by everything that adds trials: none is left without the new names.
CREATE FUNCTION name_parameters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM study WHERE id = NEW.study_id FOR NO KEY UPDATE;
  WITH fresh AS (
    INSERT INTO study_parameter (study_id, name, ordinal)
    SELECT NEW.study_id, p.spec ->> 'name', p.place
           + (SELECT coalesce(max(ordinal), 0) FROM study_parameter WHERE study_id = NEW.study_id)
      FROM jsonb_array_elements(NEW.space -> 'parameters') WITH ORDINALITY AS p (spec, place)
    ON CONFLICT (study_id, name) DO NOTHING RETURNING name, ordinal)
  INSERT INTO trial_parameter (study_id, ordinal, number, value, choice)
  SELECT t.study_id, f.ordinal, t.number, parameter_number(t.parameters -> f.name),
         parameter_choice(t.parameters -> f.name)
    FROM fresh f, trial t WHERE t.study_id = NEW.study_id;
  RETURN NULL;
END $$;
CREATE TRIGGER search_space_parameters AFTER INSERT ON search_space
  FOR EACH ROW EXECUTE FUNCTION name_parameters();

CREATE FUNCTION index_parameters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO trial_parameter (study_id, ordinal, number, value, choice)
  SELECT n.study_id, p.ordinal, n.number, parameter_number(n.parameters -> p.name),
         parameter_choice(n.parameters -> p.name)
    FROM inserted n JOIN study_parameter p ON p.study_id = n.study_id;
  RETURN NULL;
END $$;
CREATE TRIGGER trial_parameters AFTER INSERT ON trial REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION index_parameters();

CREATE FUNCTION forget_parameters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM trial_parameter WHERE study_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER study_parameters_end AFTER DELETE ON study
  FOR EACH ROW EXECUTE FUNCTION forget_parameters();

-- Studies that are there already.
INSERT INTO study_parameter (study_id, name, ordinal)
  SELECT study_id, name, row_number() OVER (PARTITION BY study_id ORDER BY min(version), min(place))
    FROM (SELECT s.study_id, s.version, p.place, p.spec ->> 'name' AS name FROM search_space s,
            jsonb_array_elements(s.space -> 'parameters') WITH ORDINALITY AS p (spec, place)) AS named
   GROUP BY study_id, name;
INSERT INTO trial_parameter (study_id, ordinal, number, value, choice)
  SELECT t.study_id, p.ordinal, t.number, parameter_number(t.parameters -> p.name),
         parameter_choice(t.parameters -> p.name)
    FROM trial t JOIN study_parameter p ON p.study_id = t.study_id;
