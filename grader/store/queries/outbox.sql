-- name: insert_outbox(kind, subject, payload, created_at, due_at)!
INSERT INTO outbox (kind, subject, payload, created_at, due_at)
VALUES (:kind, :subject, :payload, :created_at, :due_at);

-- name: list_due_outbox(kind, now, limit)
-- The longest due first.
SELECT * FROM outbox WHERE kind = :kind AND done_at IS NULL AND due_at <= :now ORDER BY due_at, id LIMIT :limit;

-- name: finish_outbox(id, done_at)!
UPDATE outbox SET done_at = :done_at, attempts = attempts + 1, error = NULL WHERE id = :id AND done_at IS NULL;

-- name: postpone_outbox(id, due_at, error)!
-- After a failure, which `error` tells.
UPDATE outbox SET due_at = :due_at, attempts = attempts + 1, error = :error WHERE id = :id AND done_at IS NULL;
