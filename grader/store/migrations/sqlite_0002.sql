-- Attempts with limits, keys that are corrected, renewals, waivers, reissued certificates.
-- The same schema on PostgreSQL is postgresql_0002.sql: what changes here changes there.

-- The answers once held to be right stay, so that a grade can be explained after a correction.
CREATE TABLE quiz_keys (
    revision TEXT NOT NULL REFERENCES quiz_revisions,
    digest TEXT NOT NULL,
    "key" TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    PRIMARY KEY (revision, digest)
) STRICT;

INSERT INTO quiz_keys (revision, digest, "key", first_seen_at)
SELECT revision, key_digest, "key", first_seen_at FROM quiz_revisions;

-- `due_at`: when the time limit ends; what is saved by then counts. `timed_out`: it ended that way.
-- `scope`: the whole quiz, or only what is new to the holder of the former major version.
-- `key_digest`: the key that the grade was made with. `shown`: the drawn questions, options in the order shown.
ALTER TABLE quiz_attempts ADD COLUMN due_at TEXT;
ALTER TABLE quiz_attempts ADD COLUMN timed_out INTEGER NOT NULL DEFAULT 0 CHECK (timed_out IN (0, 1));
ALTER TABLE quiz_attempts ADD COLUMN scope TEXT NOT NULL DEFAULT 'FULL' CHECK (scope IN ('FULL', 'RENEWAL'));
ALTER TABLE quiz_attempts ADD COLUMN key_digest TEXT;
ALTER TABLE quiz_attempts ADD COLUMN regraded_at TEXT;

-- No query needs these two, and each start and each submission had to write them.
DROP INDEX quiz_attempts_passed;
DROP INDEX quiz_attempts_by_certification;

CREATE INDEX quiz_attempts_due ON quiz_attempts (due_at) WHERE status = 'IN_PROGRESS' AND due_at IS NOT NULL;

-- The questions as a page would show them, by id: of the quizzes whose pages carry none until an attempt starts.
ALTER TABLE quiz_revisions ADD COLUMN html TEXT;

-- Practice questions and other things done that count for nothing.
CREATE TABLE activities (
    id TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learners,
    course TEXT NOT NULL REFERENCES courses,
    kind TEXT NOT NULL CHECK (kind IN ('PRACTICE')),
    revision TEXT NOT NULL,
    question TEXT NOT NULL,
    response TEXT NOT NULL,
    correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
    at TEXT NOT NULL
) STRICT;

CREATE INDEX activities_by_learner ON activities (learner, at);
CREATE INDEX activities_by_course ON activities (course, at);

-- Somebody need not pass a course, or (without a course) need not be certified in the track, until `ends_at`.
CREATE TABLE waivers (
    id TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learners,
    track TEXT NOT NULL REFERENCES certification_tracks,
    course TEXT REFERENCES courses,
    reason TEXT NOT NULL CHECK (reason <> ''),
    granted_by TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    CHECK (ends_at > granted_at),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;

CREATE INDEX waivers_by_learner ON waivers (learner, track);
CREATE INDEX waivers_by_track ON waivers (track);
CREATE INDEX waivers_by_course ON waivers (course);

-- Courses that count in a certification without a pass in it: passed in the former major version, and unchanged since.
-- Written when the certification is completed, so that the next renewal knows what it may build upon.
CREATE TABLE course_credits (
    certification TEXT NOT NULL REFERENCES user_certifications,
    course TEXT NOT NULL REFERENCES courses,
    credited_from TEXT NOT NULL REFERENCES user_certifications,
    credited_at TEXT NOT NULL,
    PRIMARY KEY (certification, course)
) STRICT;

CREATE INDEX course_credits_by_course ON course_credits (course);
CREATE INDEX course_credits_by_origin ON course_credits (credited_from);

-- A certification has one certificate of each edition: a reissued one (a corrected name, say) is the next edition.
-- `major`: a new major version of the track makes the certificates of older ones expire.
CREATE TABLE certificates_new (
    number TEXT PRIMARY KEY,
    certification TEXT NOT NULL REFERENCES user_certifications,
    edition INTEGER NOT NULL CHECK (edition >= 1),
    learner TEXT NOT NULL REFERENCES learners,
    name TEXT NOT NULL,
    organization TEXT,
    track TEXT NOT NULL REFERENCES certification_tracks,
    major INTEGER NOT NULL,
    track_title TEXT NOT NULL,
    level TEXT NOT NULL,
    version TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT,
    revoked_reason TEXT,
    superseded_by TEXT REFERENCES certificates_new,
    code TEXT NOT NULL,
    courses TEXT NOT NULL,
    UNIQUE (certification, edition),
    CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL)),
    CHECK (superseded_by <> number)
) STRICT;

INSERT INTO certificates_new (
    number, certification, edition, learner, name, organization, track, major, track_title, level, version, issued_at,
    expires_at, revoked_at, revoked_reason, superseded_by, code, courses
)
SELECT
    certificates.number, certificates.certification, 1, certificates.learner, certificates.name, certificates.organization,
    certificates.track, user_certifications.major, certificates.track_title, certificates.level, certificates.version,
    certificates.issued_at, certificates.expires_at, certificates.revoked_at, certificates.revoked_reason,
    certificates.superseded_by, certificates.code, certificates.courses
FROM certificates
JOIN user_certifications ON user_certifications.id = certificates.certification;

DROP TABLE certificates;
ALTER TABLE certificates_new RENAME TO certificates;

CREATE INDEX certificates_by_learner ON certificates (learner, issued_at);
CREATE INDEX certificates_by_track ON certificates (track, major);

-- Which build was synchronised last, so that several graders of one database take a build in once.
CREATE TABLE catalog_states (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    digest TEXT NOT NULL,
    synchronised_at TEXT NOT NULL
) STRICT;
