-- name: insert_attempt(id, learner, course, revision, certification, number, passing_score, scope, started_at, due_at, responses, shown)!
-- Writes no row when the learner has an open attempt at the course already.
INSERT INTO quiz_attempts (
    id, learner, course, revision, certification, number, status, passing_score, scope, started_at, due_at, responses,
    shown
)
VALUES (
    :id, :learner, :course, :revision, :certification, :number, 'IN_PROGRESS', :passing_score, :scope, :started_at,
    :due_at, :responses, :shown
)
ON CONFLICT (learner, course) WHERE status = 'IN_PROGRESS' DO NOTHING;

-- name: find_attempt(id)^
SELECT * FROM quiz_attempts WHERE id = :id;

-- name: find_open_attempt(learner, course)^
SELECT * FROM quiz_attempts WHERE learner = :learner AND course = :course AND status = 'IN_PROGRESS';

-- name: list_attempts(learner, revision)
-- Newest first.
SELECT * FROM quiz_attempts WHERE learner = :learner AND revision = :revision ORDER BY number DESC;

-- name: list_newest_attempts(learner, revision, limit)
SELECT * FROM quiz_attempts WHERE learner = :learner AND revision = :revision ORDER BY number DESC LIMIT :limit;

-- name: list_attempt_ends(learner, course)
-- Newest first; only what limits are counted with.
SELECT number, certification, scope, started_at, submitted_at
FROM quiz_attempts
WHERE learner = :learner AND course = :course
ORDER BY number DESC;

-- name: save_responses(id, responses, saved_at)!
-- Writes no row when the attempt is finished.
UPDATE quiz_attempts SET responses = :responses, saved_at = :saved_at WHERE id = :id AND status = 'IN_PROGRESS';

-- name: finish_attempt(id, status, submitted_at, timed_out, score, responses, grade, key_digest)!
-- Writes no row when the attempt is finished already.
UPDATE quiz_attempts SET
    status = :status,
    submitted_at = :submitted_at,
    timed_out = :timed_out,
    score = :score,
    responses = :responses,
    grade = :grade,
    key_digest = :key_digest
WHERE id = :id AND status = 'IN_PROGRESS';

-- name: list_overdue_attempts(before, limit)
-- The ids of open attempts whose time was over before then, the longest overdue first.
SELECT id FROM quiz_attempts
WHERE status = 'IN_PROGRESS' AND due_at IS NOT NULL AND due_at < :before
ORDER BY due_at
LIMIT :limit;

-- name: list_course_results(learner, track)
-- One row for each course that the learner has tried in a major version of that track; of every track when it is ''. A pass stays a pass, whatever
-- is tried after it; the score is the best one, of the passed attempts if there are any.
SELECT
    user_certifications.track,
    user_certifications.major,
    quiz_attempts.course,
    CASE
        WHEN COUNT(CASE WHEN quiz_attempts.status = 'PASSED' THEN 1 END) > 0 THEN 'PASSED'
        WHEN COUNT(CASE WHEN quiz_attempts.status = 'IN_PROGRESS' THEN 1 END) > 0 THEN 'IN_PROGRESS'
        ELSE 'FAILED'
    END AS status,
    COALESCE(MAX(CASE WHEN quiz_attempts.status = 'PASSED' THEN score END), MAX(score)) AS score,
    MAX(number) AS attempts,
    MAX(quiz_attempts.started_at) AS last_started_at,
    MAX(CASE WHEN quiz_attempts.status = 'PASSED' THEN submitted_at END) AS last_passed_at
FROM quiz_attempts
JOIN user_certifications ON user_certifications.id = quiz_attempts.certification
WHERE quiz_attempts.learner = :learner AND :track IN ('', user_certifications.track)
GROUP BY user_certifications.track, user_certifications.major, quiz_attempts.course
ORDER BY user_certifications.track, user_certifications.major, quiz_attempts.course;

-- name: enrol_attempt(id, certification)!
-- Counts an open attempt towards another certification: the track's major version has changed since its start.
UPDATE quiz_attempts SET certification = :certification WHERE id = :id AND status = 'IN_PROGRESS';

-- name: move_attempt(id, revision, certification, passing_score, scope, due_at, shown)!
-- To the quiz as it is now, without the draft for its former questions.
UPDATE quiz_attempts SET
    revision = :revision,
    certification = :certification,
    passing_score = :passing_score,
    scope = :scope,
    due_at = :due_at,
    responses = '[]',
    shown = :shown,
    saved_at = NULL
WHERE id = :id AND status = 'IN_PROGRESS';

-- name: regrade_attempt(id, status, score, grade, key_digest, regraded_at)!
-- Writes no row when the attempt is open.
UPDATE quiz_attempts SET
    status = :status,
    score = :score,
    grade = :grade,
    key_digest = :key_digest,
    regraded_at = :regraded_at
WHERE id = :id AND status <> 'IN_PROGRESS';

-- name: list_learners_of_revision(revision, after, limit)
-- Who has tried it, page by page: those that come after that id.
SELECT DISTINCT learner FROM quiz_attempts
WHERE revision = :revision AND learner > :after
ORDER BY learner
LIMIT :limit;

-- name: count_learners_of_revision(revision)^
SELECT COUNT(DISTINCT learner) AS learners FROM quiz_attempts WHERE revision = :revision;
