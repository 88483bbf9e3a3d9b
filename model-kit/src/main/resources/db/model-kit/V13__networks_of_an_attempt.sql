-- After a restore, the name of an attempt may be given again, to another configuration. A training of the life before,
-- if one still ran, must not put its network in the place of the new attempt's: each keeps its own.
ALTER TABLE candidate DROP CONSTRAINT candidate_attempt_key;
ALTER TABLE candidate ADD CONSTRAINT candidate_attempt_network UNIQUE (attempt, digest);
