-- Pages by objective, however deep: a column of its own, so that an index alone answers where a page lies. One
-- index for each direction, since trials without a value stand last in both.
ALTER TABLE trial ADD COLUMN objective double precision GENERATED ALWAYS AS (objectives[1]) STORED;
CREATE INDEX trial_by_objective_rising ON trial (study_id, objective, number) INCLUDE (id);
CREATE INDEX trial_by_objective_falling ON trial (study_id, objective DESC NULLS LAST, number) INCLUDE (id);
DROP INDEX trial_by_objective;
