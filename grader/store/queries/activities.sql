-- name: insert_activity(id, learner, course, kind, revision, question, response, correct, at)!
INSERT INTO activities (id, learner, course, kind, revision, question, response, correct, at)
VALUES (:id, :learner, :course, :kind, :revision, :question, :response, :correct, :at);

-- name: list_activities(learner)
-- Newest first.
SELECT * FROM activities WHERE learner = :learner ORDER BY at DESC, id DESC;
