-- name: insert_activity(id, learner, course, kind, revision, question, response, correct, at)!
INSERT INTO activities (id, learner, course, kind, revision, question, response, correct, at)
VALUES (:id, :learner, :course, :kind, :revision, :question, :response, :correct, :at);
