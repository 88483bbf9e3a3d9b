-- How many sequences and persons the folds of a study's data hold, as its model service counts them; known with the baselines.
ALTER TABLE study ADD COLUMN folds jsonb;
