-- name: insert_session(token_hash, learner, created_at, expires_at)!
INSERT INTO sessions (token_hash, learner, created_at, expires_at)
VALUES (:token_hash, :learner, :created_at, :expires_at);

-- name: find_session_learner(token_hash, now)^
SELECT learners.*, organizations.name AS organization_name
FROM sessions
JOIN learners ON learners.id = sessions.learner
LEFT JOIN organizations ON organizations.id = learners.organization
WHERE sessions.token_hash = :token_hash AND sessions.expires_at > :now;

-- name: delete_session(token_hash)!
DELETE FROM sessions WHERE token_hash = :token_hash;

-- name: delete_expired_sessions(now)!
DELETE FROM sessions WHERE expires_at <= :now;
