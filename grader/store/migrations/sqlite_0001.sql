-- Times are texts of one width in UTC ("2026-11-23T10:00:00.000000Z"), so that they sort as times do.
-- JSON is text. Ids are made by the program.

CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE learners (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('INTERNAL', 'TENANT')),
    organization TEXT REFERENCES organizations,
    role TEXT NOT NULL DEFAULT 'learner' CHECK (role IN ('learner', 'manager', 'operator')),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (issuer, subject),
    CHECK ((kind = 'TENANT') = (organization IS NOT NULL))
) STRICT;

CREATE INDEX learners_by_organization ON learners (organization);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learners,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_by_learner ON sessions (learner);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- The catalog, as it was last synchronised. What vanished from it is inactive.

CREATE TABLE certification_tracks (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('FOUNDATION', 'INTERMEDIATE', 'ADVANCED')),
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    version TEXT NOT NULL,
    major INTEGER NOT NULL,
    grace_days INTEGER NOT NULL CHECK (grace_days >= 0),
    validity_months INTEGER CHECK (validity_months > 0),
    url TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    position INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- When each major version was first seen: the grace of older certificates counts from there.
CREATE TABLE track_versions (
    track TEXT NOT NULL REFERENCES certification_tracks,
    major INTEGER NOT NULL,
    version TEXT NOT NULL,
    released_at TEXT NOT NULL,
    PRIMARY KEY (track, major)
) STRICT;

CREATE TABLE courses (
    id TEXT PRIMARY KEY,
    track TEXT NOT NULL REFERENCES certification_tracks,
    title TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('VIDEO', 'TEXT', 'INTERACTIVE')),
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    url TEXT NOT NULL,
    since TEXT,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    position INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX courses_by_track ON courses (track);

-- Kept for ever, so that an attempt can be reviewed and regraded.
CREATE TABLE quiz_revisions (
    revision TEXT PRIMARY KEY,
    course TEXT NOT NULL REFERENCES courses,
    questions TEXT NOT NULL,
    topics TEXT NOT NULL,
    "key" TEXT NOT NULL,
    key_digest TEXT NOT NULL,
    first_seen_at TEXT NOT NULL
) STRICT;

CREATE INDEX quiz_revisions_by_course ON quiz_revisions (course);

CREATE TABLE quizzes (
    course TEXT PRIMARY KEY REFERENCES courses,
    revision TEXT NOT NULL REFERENCES quiz_revisions,
    rules TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX quizzes_by_revision ON quizzes (revision);

-- A learner's way through one major version of a track.

CREATE TABLE user_certifications (
    id TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learners,
    track TEXT NOT NULL REFERENCES certification_tracks,
    major INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED')),
    started_at TEXT NOT NULL,
    completed_at TEXT,
    version_completed TEXT,
    UNIQUE (learner, track, major),
    CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL)),
    CHECK ((completed_at IS NULL) = (version_completed IS NULL))
) STRICT;

CREATE INDEX user_certifications_by_track ON user_certifications (track, major);

-- NOT_STARTED is the absence of a row. `number` counts a learner's attempts at a course from 1.
CREATE TABLE quiz_attempts (
    id TEXT PRIMARY KEY,
    learner TEXT NOT NULL REFERENCES learners,
    course TEXT NOT NULL REFERENCES courses,
    revision TEXT NOT NULL REFERENCES quiz_revisions,
    certification TEXT REFERENCES user_certifications,
    number INTEGER NOT NULL CHECK (number >= 1),
    status TEXT NOT NULL CHECK (status IN ('IN_PROGRESS', 'PASSED', 'FAILED')),
    passing_score REAL NOT NULL CHECK (passing_score BETWEEN 0 AND 1),
    started_at TEXT NOT NULL,
    saved_at TEXT,
    submitted_at TEXT,
    score REAL CHECK (score BETWEEN 0 AND 1),
    responses TEXT NOT NULL,
    shown TEXT,
    grade TEXT,
    UNIQUE (learner, course, number),
    CHECK ((status = 'IN_PROGRESS') = (submitted_at IS NULL)),
    CHECK ((submitted_at IS NULL) = (score IS NULL))
) STRICT;

CREATE UNIQUE INDEX quiz_attempts_open ON quiz_attempts (learner, course) WHERE status = 'IN_PROGRESS';
CREATE INDEX quiz_attempts_passed ON quiz_attempts (learner, course) WHERE status = 'PASSED';
CREATE INDEX quiz_attempts_by_revision ON quiz_attempts (revision, learner, number);
CREATE INDEX quiz_attempts_by_certification ON quiz_attempts (certification);

-- Each row is the snapshot of all that is printed.
CREATE TABLE certificates (
    number TEXT PRIMARY KEY,
    certification TEXT NOT NULL UNIQUE REFERENCES user_certifications,
    learner TEXT NOT NULL REFERENCES learners,
    name TEXT NOT NULL,
    organization TEXT,
    track TEXT NOT NULL REFERENCES certification_tracks,
    track_title TEXT NOT NULL,
    level TEXT NOT NULL,
    version TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT,
    revoked_reason TEXT,
    superseded_by TEXT REFERENCES certificates,
    code TEXT NOT NULL,
    courses TEXT NOT NULL,
    CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL)),
    CHECK (superseded_by <> number)
) STRICT;

CREATE INDEX certificates_by_learner ON certificates (learner, issued_at);
CREATE INDEX certificates_by_track ON certificates (track, issued_at);

CREATE TABLE certificate_counters (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL
) STRICT;

CREATE INDEX audit_events_by_subject ON audit_events (subject_kind, subject, id);

CREATE TRIGGER audit_events_are_not_changed BEFORE UPDATE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit events are never changed');
END;

CREATE TRIGGER audit_events_are_not_deleted BEFORE DELETE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit events are never deleted');
END;

-- What is to be done after the commit: certificates to print, mails to send.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    done_at TEXT,
    error TEXT
) STRICT;

CREATE INDEX outbox_waiting ON outbox (kind, due_at) WHERE done_at IS NULL;
