-- Finds an earlier result of the same configuration.
CREATE INDEX trial_by_parameters ON trial (study_id, hashtextextended(parameters::text, 0))
  WHERE state = 'COMPLETED';
