-- API tokens: what is needed to recognise one, and nothing that would let somebody use it.
CREATE TABLE api_token (
  id            text        PRIMARY KEY CHECK (id ~ '^[0-9a-f]{12}$'),
  name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
  role          text        NOT NULL CHECK (role IN ('VIEWER', 'OPERATOR', 'ADMIN')),
  secret_sha256 bytea       NOT NULL CHECK (length(secret_sha256) = 32),
  created_at    timestamptz NOT NULL DEFAULT now(),
  created_by    text        NOT NULL,
  expires_at    timestamptz,
  revoked_at    timestamptz,
  revoked_by    text
);
