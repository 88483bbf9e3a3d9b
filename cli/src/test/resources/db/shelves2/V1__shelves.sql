CREATE TABLE shelf (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label text NOT NULL);
CREATE TABLE book (
  shelf_id bigint NOT NULL REFERENCES shelf,
  title    text,
  detail   jsonb NOT NULL DEFAULT '{}',
  cover    bytea,
  price    double precision,
  lent_to  text[],
  printed  timestamptz NOT NULL DEFAULT now(),
  doubled  double precision GENERATED ALWAYS AS (price * 2) STORED
);
-- As measurements have it: a load must not fire this.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'no row is added by hand'; END $$;
CREATE TRIGGER refuse_insert BEFORE INSERT ON book FOR EACH ROW WHEN (NEW.title = 'forbidden') EXECUTE FUNCTION refuse();
