-- What a suggestion must see as pending: a handful of trials in a study of any size.
CREATE INDEX trial_open ON trial (study_id, number) WHERE state IN ('WAITING', 'RUNNING');
