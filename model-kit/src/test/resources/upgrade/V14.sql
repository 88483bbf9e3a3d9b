-- Somebody deleted a panel that is gone.
INSERT INTO change_event (actor, action, subject) VALUES ('kim', 'panel.delete', 'panels/ffffffffffffffff');
