ALTER TABLE shelf ADD COLUMN room text NOT NULL DEFAULT 'cellar';
