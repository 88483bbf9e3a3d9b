-- Two networks of one attempt's name: before a restore and after it.
INSERT INTO candidate (id, attempt, panel, data, architecture, parameters, seed, metrics, code_version, network, digest)
SELECT ('00000000-0000-0000-0000-00000000013' || n)::uuid, 'studies/1/trials/3/attempts/1', 'panels/0cb5dbeddb62df62',
       '{"panel": "panels/0cb5dbeddb62df62"}', 'lstm', '[]', n, '{}', '0.1.0', decode('130' || n, 'hex'), sha256(decode('130' || n, 'hex'))
  FROM generate_series(1, 2) n;
