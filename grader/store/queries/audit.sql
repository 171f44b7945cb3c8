-- name: insert_audit_event(at, actor, action, subject_kind, subject, details)!
-- `actor` is a learner's id; none when the program acts by itself.
INSERT INTO audit_events (at, actor, action, subject_kind, subject, details)
VALUES (:at, :actor, :action, :subject_kind, :subject, :details);

-- name: list_audit_events(subject_kind, subject)
-- Oldest first.
SELECT * FROM audit_events WHERE subject_kind = :subject_kind AND subject = :subject ORDER BY id;
