-- A person's own marks on a study; studies are listed by one of them.
ALTER TABLE study ADD COLUMN tags text[] NOT NULL DEFAULT '{}' CHECK (cardinality(tags) <= 16);
CREATE INDEX study_by_tag ON study USING gin (tags);
