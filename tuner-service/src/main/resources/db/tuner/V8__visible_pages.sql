-- An index answers alone only for pages that VACUUM has found visible to everybody. Both tables grow without an end, and by
-- default a fifth of a table may be new before that is looked at again.
ALTER TABLE trial_parameter SET (autovacuum_vacuum_insert_scale_factor = 0.02,
                                 autovacuum_vacuum_insert_threshold = 5000);
ALTER TABLE trial SET (autovacuum_vacuum_scale_factor = 0.05);
