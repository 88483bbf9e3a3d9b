-- Append-only: who brought in or deleted what. Aliases have events of their own (model_alias_event), tokens too (api_token).
CREATE TABLE change_event (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  happened_at timestamptz NOT NULL DEFAULT now(),
  actor       text        NOT NULL CHECK (actor <> ''),
  action      text        NOT NULL CHECK (action ~ '^[a-z]+\.[a-z]+$'),
  -- A resource name; what it named may be gone.
  subject     text        NOT NULL
);
CREATE INDEX change_event_by_subject ON change_event (subject, id DESC);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are only ever added', TG_TABLE_NAME;
END $$;
CREATE TRIGGER change_event_append_only BEFORE UPDATE OR DELETE ON change_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
