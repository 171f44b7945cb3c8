-- name: upsert_certification(id, learner, track, major, started_at)^
-- Starts a certification, or finds the one begun; `id` and `started_at` count only if it is new.
INSERT INTO user_certifications (id, learner, track, major, status, started_at)
VALUES (:id, :learner, :track, :major, 'IN_PROGRESS', :started_at)
ON CONFLICT (learner, track, major) DO UPDATE SET
    status = CASE user_certifications.status WHEN 'NOT_STARTED' THEN excluded.status ELSE user_certifications.status END
RETURNING *;

-- name: find_certification(id)^
SELECT * FROM user_certifications WHERE id = :id;

-- name: list_certifications(learner)
SELECT * FROM user_certifications WHERE learner = :learner ORDER BY track, major DESC;

-- name: complete_certification(id, completed_at, version_completed)!
-- Writes no row when it is completed already.
UPDATE user_certifications SET
    status = 'COMPLETED',
    completed_at = :completed_at,
    version_completed = :version_completed
WHERE id = :id AND status <> 'COMPLETED';
