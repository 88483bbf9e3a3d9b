-- Pages of trials in some states, however sorted and however deep, by an index alone: each state's trials lie in the
-- page's order, and pages of several states, or of all, merge them. The indexes without the state are not needed then.
CREATE INDEX trial_by_state ON trial (study_id, state, number);
CREATE INDEX trial_by_objective ON trial (study_id, state, objective, number);
DROP INDEX trial_by_objective_rising;
DROP INDEX trial_by_start;
CREATE INDEX trial_by_start ON trial (study_id, state, started_at, number);
DROP INDEX trial_by_duration;
CREATE INDEX trial_by_duration ON trial (study_id, state, duration, number);
