-- Whether the model service refuses to train on a study's data: then the study has failed, it was not stopped.
ALTER TABLE study ADD COLUMN refused boolean NOT NULL DEFAULT false;
