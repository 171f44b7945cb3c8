-- name: insert_outbox(kind, subject, payload, created_at, due_at)!
INSERT INTO outbox (kind, subject, payload, created_at, due_at)
VALUES (:kind, :subject, :payload, :created_at, :due_at);

-- name: claim_outbox(kind, now, until, limit)
-- The longest due first, for whoever asks: nobody else gets them before `until`. The conditions stand twice, for
-- PostgreSQL looks at the outer ones again after it has waited for somebody who claimed the same rows.
UPDATE outbox SET due_at = :until
WHERE id IN (
    SELECT waiting.id FROM outbox AS waiting
    WHERE waiting.kind = :kind AND waiting.done_at IS NULL AND waiting.due_at <= :now
    ORDER BY waiting.due_at, waiting.id
    LIMIT :limit
) AND done_at IS NULL AND due_at <= :now
RETURNING *;

-- name: finish_outbox(id, done_at)!
UPDATE outbox SET done_at = :done_at, attempts = attempts + 1, error = NULL WHERE id = :id AND done_at IS NULL;

-- name: postpone_outbox(id, due_at, error)!
-- After a failure, which `error` tells.
UPDATE outbox SET due_at = :due_at, attempts = attempts + 1, error = :error WHERE id = :id AND done_at IS NULL;

-- name: insert_outbox_of_certifications(track, major, payload, repeated_until, now)!
-- For each learner who may be certified in this version without doing anything: on the way to it, perhaps once more
-- (after a revocation, or when a certificate ends by then), or certified in the former one.
INSERT INTO outbox (kind, subject, payload, created_at, due_at)
SELECT 'certification.settle', concerned.learner, :payload, :now, :now
FROM (
    SELECT DISTINCT mine.learner
    FROM user_certifications AS mine
    WHERE mine.track = :track AND (
        (
            mine.major = :major
            AND (
                mine.status <> 'COMPLETED'
                OR EXISTS (
                    SELECT 1 FROM certificates
                    WHERE certificates.certification = mine.id
                    AND (certificates.revoked_at IS NOT NULL OR certificates.expires_at <= :repeated_until)
                )
            )
        )
        OR (
            mine.major = :major - 1
            AND mine.status = 'COMPLETED'
            AND NOT EXISTS (
                SELECT 1 FROM user_certifications AS newer
                WHERE newer.learner = mine.learner AND newer.track = mine.track AND newer.major = :major
            )
        )
    )
) AS concerned;
