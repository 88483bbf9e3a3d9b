-- Version 10 adds a function and no rows; what it leaves behind is an attempt that a restore ended.
UPDATE trial SET state = 'WAITING', attempt_token = NULL, lease_expires_at = NULL, reason = 'the database was restored'
 WHERE state = 'RUNNING';
UPDATE attempt SET state = 'LOST', ended_at = now(), reason = 'the database was restored' WHERE state = 'RUNNING';
