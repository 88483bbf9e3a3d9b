-- A version with its alias, how the alias came there, and a reading of the test fold.
INSERT INTO model_version (candidates, panel_digest, digest)
SELECT ARRAY['00000000-0000-0000-0000-000000000010'::uuid], digest, sha256('\x10') FROM panel;
INSERT INTO model_alias (alias, version) VALUES ('champion', 1);
INSERT INTO model_alias_event (alias, from_version, to_version, actor, reason)
VALUES ('champion', NULL, 1, 'ada', 'the first');
INSERT INTO evaluation (version, study, result)
VALUES (1, 'studies/1', '\x0a166d6f64656c732f776167652f76657273696f6e732f311209737475646965732f3120782828322a0a056d6f64656c12210a04726d7365110000000000c04e40190000000000004d40210000000000405040');
