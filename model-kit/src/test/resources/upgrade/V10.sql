-- A checkpoint, and a network from before networks could serve.
INSERT INTO checkpoint (id, attempt, epoch, state)
VALUES ('00000000-0000-0000-0000-000000000c10', 'a training', 3, '\x0102ff');
INSERT INTO candidate (id, attempt, panel, data, architecture, parameters, seed, metrics, code_version, network, digest)
VALUES ('00000000-0000-0000-0000-000000000010', 'studies/1/trials/1/attempts/1', 'panels/0cb5dbeddb62df62',
        '{"panel": "panels/0cb5dbeddb62df62", "protocol": "PROTOCOL_NEW_PERSONS"}', 'lstm',
        '[{"name": "units", "value": {"integerValue": "16"}}]', 7, '{"rmse": 70.5}', '0.1.0', '\x10', sha256('\x10'));
