-- Synchronisation: upsert all that the catalog holds with one `now`, then deactivate what was not touched.

-- name: upsert_track(id, title, type, level, required, version, major, grace_days, validity_months, url, position, now)!
INSERT INTO certification_tracks (
    id, title, type, level, required, version, major, grace_days, validity_months, url, active, position, updated_at
)
VALUES (
    :id, :title, :type, :level, :required, :version, :major, :grace_days, :validity_months, :url, TRUE, :position, :now
)
ON CONFLICT (id) DO UPDATE SET
    title = excluded.title,
    type = excluded.type,
    level = excluded.level,
    required = excluded.required,
    version = excluded.version,
    major = excluded.major,
    grace_days = excluded.grace_days,
    validity_months = excluded.validity_months,
    url = excluded.url,
    active = excluded.active,
    position = excluded.position,
    updated_at = excluded.updated_at;

-- name: insert_track_version(track, major, version, released_at)!
-- Only the first sight of a major version counts.
INSERT INTO track_versions (track, major, version, released_at)
VALUES (:track, :major, :version, :released_at)
ON CONFLICT (track, major) DO NOTHING;

-- name: upsert_course(id, track, title, type, minutes, required, url, since, position, now)!
INSERT INTO courses (id, track, title, type, minutes, required, url, since, active, position, updated_at)
VALUES (:id, :track, :title, :type, :minutes, :required, :url, :since, TRUE, :position, :now)
ON CONFLICT (id) DO UPDATE SET
    track = excluded.track,
    title = excluded.title,
    type = excluded.type,
    minutes = excluded.minutes,
    required = excluded.required,
    url = excluded.url,
    since = excluded.since,
    active = excluded.active,
    position = excluded.position,
    updated_at = excluded.updated_at;

-- name: insert_quiz_revision(revision, course, questions, topics, key, key_digest, html, first_seen_at)!
-- A revision fixes what is seen, so its questions stay. Its key may be corrected, its page renamed, its look changed.
INSERT INTO quiz_revisions (revision, course, questions, topics, key, key_digest, html, first_seen_at)
VALUES (:revision, :course, :questions, :topics, :key, :key_digest, :html, :first_seen_at)
ON CONFLICT (revision) DO UPDATE SET
    course = excluded.course,
    topics = excluded.topics,
    key = excluded.key,
    key_digest = excluded.key_digest,
    html = COALESCE(excluded.html, quiz_revisions.html)
WHERE quiz_revisions.key_digest <> excluded.key_digest
    OR quiz_revisions.course <> excluded.course
    OR quiz_revisions.topics <> excluded.topics
    OR quiz_revisions.html IS DISTINCT FROM COALESCE(excluded.html, quiz_revisions.html);

-- name: insert_quiz_key(revision, digest, key, first_seen_at)!
-- Every key that a revision ever had stays.
INSERT INTO quiz_keys (revision, digest, key, first_seen_at)
VALUES (:revision, :digest, :key, :first_seen_at)
ON CONFLICT (revision, digest) DO NOTHING;

-- name: find_quiz_key(revision, digest)^
SELECT * FROM quiz_keys WHERE revision = :revision AND digest = :digest;

-- name: upsert_quiz(course, revision, rules, now)!
INSERT INTO quizzes (course, revision, rules, active, updated_at)
VALUES (:course, :revision, :rules, TRUE, :now)
ON CONFLICT (course) DO UPDATE SET
    revision = excluded.revision,
    rules = excluded.rules,
    active = excluded.active,
    updated_at = excluded.updated_at;

-- name: find_catalog_state()^
SELECT * FROM catalog_states;

-- name: set_catalog_state(digest, now)!
INSERT INTO catalog_states (id, digest, synchronised_at)
VALUES (1, :digest, :now)
ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, synchronised_at = excluded.synchronised_at;

-- name: deactivate_tracks(now)!
UPDATE certification_tracks SET active = FALSE, updated_at = :now WHERE active AND updated_at < :now;

-- name: deactivate_courses(now)!
UPDATE courses SET active = FALSE, updated_at = :now WHERE active AND updated_at < :now;

-- name: deactivate_quizzes(now)!
UPDATE quizzes SET active = FALSE, updated_at = :now WHERE active AND updated_at < :now;

-- name: list_tracks()
SELECT * FROM certification_tracks WHERE active ORDER BY position, id;

-- name: find_track(id)^
-- Also one that is not taught any more.
SELECT * FROM certification_tracks WHERE id = :id;

-- name: find_course(id)^
-- The id of a course that is known; also of one that is not taught any more.
SELECT id FROM courses WHERE id = :id;

-- name: find_quiz_revision(revision)^
SELECT * FROM quiz_revisions WHERE revision = :revision;

-- name: list_quiz_revisions(course)
-- Every one that the course's quiz had, the oldest first.
SELECT * FROM quiz_revisions WHERE course = :course ORDER BY first_seen_at, revision;
