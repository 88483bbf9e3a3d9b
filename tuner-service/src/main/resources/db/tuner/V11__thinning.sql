-- Which trials of an ended study have given up most of their epochs: those up to this number.
ALTER TABLE study ADD COLUMN thinned_to integer NOT NULL DEFAULT 0;
