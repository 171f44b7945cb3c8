-- name: insert_audit_event(at, actor, action, subject_kind, subject, details)!
-- `actor` is a learner's id; none when the program acts by itself.
INSERT INTO audit_events (at, actor, action, subject_kind, subject, details)
VALUES (:at, :actor, :action, :subject_kind, :subject, :details);

-- name: list_audit_events(subject_kind, subject)
-- Oldest first.
SELECT * FROM audit_events WHERE subject_kind = :subject_kind AND subject = :subject ORDER BY id;

-- name: last_audit_event()^
-- Its id; 0 when there is none.
SELECT COALESCE(MAX(id), 0) AS id FROM audit_events;

-- name: list_audit_events_after(id, actor)
-- What somebody did since then, oldest first.
SELECT audit_events.*, learners.email AS actor_email
FROM audit_events
LEFT JOIN learners ON learners.id = audit_events.actor
WHERE audit_events.id > :id AND audit_events.actor = :actor
ORDER BY audit_events.id;

-- name: list_latest_audit_events(since, limit)
-- Newest first.
SELECT audit_events.*, learners.email AS actor_email
FROM audit_events
LEFT JOIN learners ON learners.id = audit_events.actor
WHERE audit_events.at >= :since
ORDER BY audit_events.id DESC
LIMIT :limit;

-- name: list_audit_events_of(subject, since, limit)
-- Of whatever has this id, number or name; newest first. The kinds are named for the index's sake.
SELECT audit_events.*, learners.email AS actor_email
FROM audit_events
LEFT JOIN learners ON learners.id = audit_events.actor
WHERE
    audit_events.subject_kind IN (
        'attempt', 'catalog', 'certificate', 'certification', 'course', 'learner', 'organization', 'quiz', 'track',
        'waiver'
    )
    AND audit_events.subject = :subject
    AND audit_events.at >= :since
ORDER BY audit_events.id DESC
LIMIT :limit;

-- name: list_audit_events_of_learner(learner, since, limit)
-- Of a person and all that is theirs, whoever did it; newest first.
SELECT audit_events.*, learners.email AS actor_email
FROM audit_events
LEFT JOIN learners ON learners.id = audit_events.actor
WHERE audit_events.at >= :since AND (
    (audit_events.subject_kind = 'learner' AND audit_events.subject = :learner)
    OR (
        audit_events.subject_kind = 'attempt'
        AND audit_events.subject IN (SELECT id FROM quiz_attempts WHERE learner = :learner)
    )
    OR (
        audit_events.subject_kind = 'certification'
        AND audit_events.subject IN (SELECT id FROM user_certifications WHERE learner = :learner)
    )
    OR (
        audit_events.subject_kind = 'certificate'
        AND audit_events.subject IN (SELECT number FROM certificates WHERE learner = :learner)
    )
    OR (
        audit_events.subject_kind = 'waiver'
        AND audit_events.subject IN (SELECT id FROM waivers WHERE learner = :learner)
    )
)
ORDER BY audit_events.id DESC
LIMIT :limit;
