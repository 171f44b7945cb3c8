-- name: upsert_certification(id, learner, track, major, started_at)^
-- Starts a certification, or finds the one begun; `id` and `started_at` count only if it is new.
INSERT INTO user_certifications (id, learner, track, major, status, started_at)
VALUES (:id, :learner, :track, :major, 'IN_PROGRESS', :started_at)
ON CONFLICT (learner, track, major) DO UPDATE SET
    status = CASE user_certifications.status WHEN 'NOT_STARTED' THEN excluded.status ELSE user_certifications.status END
RETURNING *;

-- name: find_certification(id)^
SELECT * FROM user_certifications WHERE id = :id;

-- name: complete_certification(id, completed_at, version_completed)!
-- Writes no row when it is completed already.
UPDATE user_certifications SET
    status = 'COMPLETED',
    completed_at = :completed_at,
    version_completed = :version_completed
WHERE id = :id AND status <> 'COMPLETED';

-- name: list_learner_facts(learner, track)
-- All that the rules of certification look at, in one reading; of every track when it is ''. `kind` says what a row is: HELD, the last certificate of
-- a certification; PASS, a course passed in the certification of that major version, the last time; CREDIT; WAIVER.
SELECT
    'HELD' AS kind,
    certificates.track,
    certificates.major,
    certificates.number,
    CAST(NULL AS TEXT) AS course,
    CAST(NULL AS TEXT) AS scope,
    certificates.issued_at AS at,
    certificates.expires_at,
    certificates.revoked_at
FROM certificates
WHERE certificates.learner = :learner AND :track IN ('', certificates.track) AND NOT EXISTS (
    SELECT 1 FROM certificates AS later
    WHERE later.certification = certificates.certification AND later.edition > certificates.edition
)
UNION ALL
SELECT
    'PASS',
    user_certifications.track,
    user_certifications.major,
    NULL,
    quiz_attempts.course,
    quiz_attempts.scope,
    MAX(quiz_attempts.submitted_at),
    NULL,
    NULL
FROM quiz_attempts
JOIN user_certifications ON user_certifications.id = quiz_attempts.certification
WHERE
    quiz_attempts.learner = :learner
    AND quiz_attempts.status = 'PASSED'
    AND :track IN ('', user_certifications.track)
GROUP BY user_certifications.track, user_certifications.major, quiz_attempts.course, quiz_attempts.scope
UNION ALL
SELECT
    'CREDIT',
    user_certifications.track,
    user_certifications.major,
    NULL,
    course_credits.course,
    NULL,
    course_credits.credited_at,
    NULL,
    NULL
FROM user_certifications
JOIN course_credits ON course_credits.certification = user_certifications.id
WHERE user_certifications.learner = :learner AND :track IN ('', user_certifications.track)
UNION ALL
SELECT 'WAIVER', track, NULL, NULL, course, NULL, granted_at, ends_at, withdrawn_at
FROM waivers
WHERE learner = :learner AND :track IN ('', track) AND withdrawn_at IS NULL;

-- name: insert_course_credit(certification, course, credited_from, credited_at)!
INSERT INTO course_credits (certification, course, credited_from, credited_at)
VALUES (:certification, :course, :credited_from, :credited_at)
ON CONFLICT (certification, course) DO NOTHING;

-- name: find_certification_of(learner, track, major)^
SELECT * FROM user_certifications WHERE learner = :learner AND track = :track AND major = :major;
