-- PostgreSQL keeps the plan of a prepared statement until a table is next analysed. In a young table all indexes that
-- begin with the study look alike, and what claims, reports and tells prepared there could read a study's every trial by
-- an index of pages, for minutes. These indexes are of study_id + 0 now: only a page asks for that.
DROP INDEX trial_by_state;
DROP INDEX trial_by_objective;
DROP INDEX trial_by_start;
DROP INDEX trial_by_duration;
CREATE INDEX trial_by_state ON trial ((study_id + 0), state, number) INCLUDE (study_id);
CREATE INDEX trial_by_objective ON trial ((study_id + 0), state, objective, number) INCLUDE (study_id);
CREATE INDEX trial_by_start ON trial ((study_id + 0), state, started_at, number) INCLUDE (study_id);
CREATE INDEX trial_by_duration ON trial ((study_id + 0), state, duration, number) INCLUDE (study_id);
