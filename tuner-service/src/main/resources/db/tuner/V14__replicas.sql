-- Which replica of the model service trained an attempt, as it named itself when training began.
ALTER TABLE attempt ADD COLUMN replica text NOT NULL DEFAULT '';
