-- Attempts that know who trained them.
UPDATE attempt SET replica = 'model-0:9001';
