-- name: insert_waiver(id, learner, track, course, reason, granted_by, granted_at, ends_at)!
INSERT INTO waivers (id, learner, track, course, reason, granted_by, granted_at, ends_at)
VALUES (:id, :learner, :track, :course, :reason, :granted_by, :granted_at, :ends_at);

-- name: withdraw_waiver(id, withdrawn_by, withdrawn_at)!
-- Writes no row when it is withdrawn already.
UPDATE waivers SET withdrawn_by = :withdrawn_by, withdrawn_at = :withdrawn_at WHERE id = :id AND withdrawn_at IS NULL;

-- name: list_waivers()
-- All that there ever were, the newest first, with whose they are.
SELECT waivers.*, learners.name AS learner_name, learners.email AS learner_email
FROM waivers
JOIN learners ON learners.id = waivers.learner
ORDER BY waivers.granted_at DESC, waivers.id DESC;

-- name: list_waivers_of(learner, track)
-- Of the track and its courses; neither withdrawn ones, nor whether they still last.
SELECT waivers.*, learners.name AS learner_name, learners.email AS learner_email
FROM waivers
JOIN learners ON learners.id = waivers.learner
WHERE waivers.learner = :learner AND waivers.track = :track AND waivers.withdrawn_at IS NULL
ORDER BY waivers.granted_at DESC, waivers.id DESC;
