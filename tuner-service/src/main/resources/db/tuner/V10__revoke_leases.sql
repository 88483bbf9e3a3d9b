-- For a database that came back from a backup: whoever held a lease then may still be at work, with results of a
-- life that this database does not know. Every attempt ends as lost, its token with it; the trials wait for another
-- attempt, from their checkpoints, and nothing of it counts towards study.max_attempts.
CREATE FUNCTION revoke_leases(why text) RETURNS integer
  LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  ended record;
  total integer := 0;
BEGIN
  FOR ended IN
    UPDATE trial t SET
           state = CASE WHEN s.state = 'STOPPING' THEN 'STOPPED' ELSE 'WAITING' END,
           reason = why, attempt_token = NULL, lease_expires_at = NULL, not_before = '-infinity'
      FROM study s WHERE s.id = t.study_id AND t.state = 'RUNNING'
    RETURNING t.id, t.study_id, t.checkpoint
  LOOP
    UPDATE attempt SET state = 'LOST', reason = why, ended_at = now(), checkpoint = ended.checkpoint
     WHERE trial_id = ended.id AND state = 'RUNNING';
    UPDATE study SET lost_attempts = lost_attempts + 1 WHERE id = ended.study_id;
    total := total + 1;
  END LOOP;
  RETURN total;
END $$;
