-- The schema of sqlite_0001 and sqlite_0002, with PostgreSQL's types for times and truth. No database of the first
-- schema was ever on PostgreSQL.

-- Texts sort by their code points, as on SQLite, whatever the server's locale.
CREATE DOMAIN plain_text AS text COLLATE "C";

-- Kept as it was written: jsonb would change the order of names, and refuses the character NUL. To look inside:
-- details::jsonb ->> 'reason'
CREATE DOMAIN json_text AS text COLLATE "C" CHECK (VALUE IS NULL OR VALUE::json IS NOT NULL);

CREATE TABLE organizations (
    id plain_text PRIMARY KEY,
    name plain_text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);

CREATE TABLE learners (
    id plain_text PRIMARY KEY,
    issuer plain_text NOT NULL,
    subject plain_text NOT NULL,
    name plain_text NOT NULL,
    email plain_text NOT NULL,
    kind plain_text NOT NULL CHECK (kind IN ('INTERNAL', 'TENANT')),
    organization plain_text REFERENCES organizations,
    role plain_text NOT NULL DEFAULT 'learner' CHECK (role IN ('learner', 'manager', 'operator')),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (issuer, subject),
    CHECK ((kind = 'TENANT') = (organization IS NOT NULL))
);

CREATE INDEX learners_by_organization ON learners (organization);

CREATE TABLE sessions (
    token_hash plain_text PRIMARY KEY,
    learner plain_text NOT NULL REFERENCES learners,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX sessions_by_learner ON sessions (learner);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- The catalog, as it was last synchronised. What vanished from it is inactive.

CREATE TABLE certification_tracks (
    id plain_text PRIMARY KEY,
    title plain_text NOT NULL,
    type plain_text NOT NULL,
    level plain_text NOT NULL CHECK (level IN ('FOUNDATION', 'INTERMEDIATE', 'ADVANCED')),
    required boolean NOT NULL,
    version plain_text NOT NULL,
    major bigint NOT NULL,
    grace_days bigint NOT NULL CHECK (grace_days >= 0),
    validity_months bigint CHECK (validity_months > 0),
    url plain_text NOT NULL,
    active boolean NOT NULL,
    position bigint NOT NULL,
    updated_at timestamptz NOT NULL
);

-- When each major version was first seen: the grace of older certificates counts from there.
CREATE TABLE track_versions (
    track plain_text NOT NULL REFERENCES certification_tracks,
    major bigint NOT NULL,
    version plain_text NOT NULL,
    released_at timestamptz NOT NULL,
    PRIMARY KEY (track, major)
);

CREATE TABLE courses (
    id plain_text PRIMARY KEY,
    track plain_text NOT NULL REFERENCES certification_tracks,
    title plain_text NOT NULL,
    type plain_text NOT NULL CHECK (type IN ('VIDEO', 'TEXT', 'INTERACTIVE')),
    minutes bigint NOT NULL CHECK (minutes >= 0),
    required boolean NOT NULL,
    url plain_text NOT NULL,
    since plain_text,
    active boolean NOT NULL,
    position bigint NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE INDEX courses_by_track ON courses (track);

-- Kept for ever, so that an attempt can be reviewed and regraded. `html`: the questions as a page would show them, by id,
-- of the quizzes whose pages carry none until an attempt starts.
CREATE TABLE quiz_revisions (
    revision plain_text PRIMARY KEY,
    course plain_text NOT NULL REFERENCES courses,
    questions json_text NOT NULL,
    topics json_text NOT NULL,
    key json_text NOT NULL,
    key_digest plain_text NOT NULL,
    first_seen_at timestamptz NOT NULL,
    html json_text
);

CREATE INDEX quiz_revisions_by_course ON quiz_revisions (course);

-- The answers once held to be right stay, so that a grade can be explained after a correction.
CREATE TABLE quiz_keys (
    revision plain_text NOT NULL REFERENCES quiz_revisions,
    digest plain_text NOT NULL,
    key json_text NOT NULL,
    first_seen_at timestamptz NOT NULL,
    PRIMARY KEY (revision, digest)
);

CREATE TABLE quizzes (
    course plain_text PRIMARY KEY REFERENCES courses,
    revision plain_text NOT NULL REFERENCES quiz_revisions,
    rules json_text NOT NULL,
    active boolean NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE INDEX quizzes_by_revision ON quizzes (revision);

-- Which build was synchronised last, so that several graders of one database take a build in once.
CREATE TABLE catalog_states (
    id bigint PRIMARY KEY CHECK (id = 1),
    digest plain_text NOT NULL,
    synchronised_at timestamptz NOT NULL
);

-- A learner's way through one major version of a track.

CREATE TABLE user_certifications (
    id plain_text PRIMARY KEY,
    learner plain_text NOT NULL REFERENCES learners,
    track plain_text NOT NULL REFERENCES certification_tracks,
    major bigint NOT NULL,
    status plain_text NOT NULL CHECK (status IN ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED')),
    started_at timestamptz NOT NULL,
    completed_at timestamptz,
    version_completed plain_text,
    UNIQUE (learner, track, major),
    CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL)),
    CHECK ((completed_at IS NULL) = (version_completed IS NULL))
);

CREATE INDEX user_certifications_by_track ON user_certifications (track, major);

-- NOT_STARTED is the absence of a row. `number` counts a learner's attempts at a course from 1.
-- `due_at`: when the time limit ends; what is saved by then counts. `timed_out`: it ended that way.
-- `scope`: the whole quiz, or only what is new to the holder of the former major version.
-- `key_digest`: the key that the grade was made with. `shown`: the drawn questions, options in the order shown.
CREATE TABLE quiz_attempts (
    id plain_text PRIMARY KEY,
    learner plain_text NOT NULL REFERENCES learners,
    course plain_text NOT NULL REFERENCES courses,
    revision plain_text NOT NULL REFERENCES quiz_revisions,
    certification plain_text REFERENCES user_certifications,
    number bigint NOT NULL CHECK (number >= 1),
    status plain_text NOT NULL CHECK (status IN ('IN_PROGRESS', 'PASSED', 'FAILED')),
    passing_score double precision NOT NULL CHECK (passing_score BETWEEN 0 AND 1),
    started_at timestamptz NOT NULL,
    saved_at timestamptz,
    submitted_at timestamptz,
    score double precision CHECK (score BETWEEN 0 AND 1),
    responses json_text NOT NULL,
    shown json_text,
    grade json_text,
    due_at timestamptz,
    timed_out boolean NOT NULL DEFAULT FALSE,
    scope plain_text NOT NULL DEFAULT 'FULL' CHECK (scope IN ('FULL', 'RENEWAL')),
    key_digest plain_text,
    regraded_at timestamptz,
    UNIQUE (learner, course, number),
    CHECK ((status = 'IN_PROGRESS') = (submitted_at IS NULL)),
    CHECK ((submitted_at IS NULL) = (score IS NULL))
);

CREATE UNIQUE INDEX quiz_attempts_open ON quiz_attempts (learner, course) WHERE status = 'IN_PROGRESS';
CREATE INDEX quiz_attempts_by_revision ON quiz_attempts (revision, learner, number);
CREATE INDEX quiz_attempts_due ON quiz_attempts (due_at) WHERE status = 'IN_PROGRESS' AND due_at IS NOT NULL;

-- Practice questions and other things done that count for nothing.
CREATE TABLE activities (
    id plain_text PRIMARY KEY,
    learner plain_text NOT NULL REFERENCES learners,
    course plain_text NOT NULL REFERENCES courses,
    kind plain_text NOT NULL CHECK (kind IN ('PRACTICE')),
    revision plain_text NOT NULL,
    question plain_text NOT NULL,
    response json_text NOT NULL,
    correct boolean NOT NULL,
    at timestamptz NOT NULL
);

CREATE INDEX activities_by_learner ON activities (learner, at);
CREATE INDEX activities_by_course ON activities (course, at);

-- Somebody need not pass a course, or (without a course) need not be certified in the track, until `ends_at`.
CREATE TABLE waivers (
    id plain_text PRIMARY KEY,
    learner plain_text NOT NULL REFERENCES learners,
    track plain_text NOT NULL REFERENCES certification_tracks,
    course plain_text REFERENCES courses,
    reason plain_text NOT NULL CHECK (reason <> ''),
    granted_by plain_text NOT NULL,
    granted_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by plain_text,
    CHECK (ends_at > granted_at),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);

CREATE INDEX waivers_by_learner ON waivers (learner, track);
CREATE INDEX waivers_by_track ON waivers (track);
CREATE INDEX waivers_by_course ON waivers (course);

-- Courses that count in a certification without a pass in it: passed in the former major version, and unchanged since.
-- Written when the certification is completed, so that the next renewal knows what it may build upon.
CREATE TABLE course_credits (
    certification plain_text NOT NULL REFERENCES user_certifications,
    course plain_text NOT NULL REFERENCES courses,
    credited_from plain_text NOT NULL REFERENCES user_certifications,
    credited_at timestamptz NOT NULL,
    PRIMARY KEY (certification, course)
);

CREATE INDEX course_credits_by_course ON course_credits (course);
CREATE INDEX course_credits_by_origin ON course_credits (credited_from);

-- Each row is the snapshot of all that is printed. A certification has one certificate of each edition: a reissued one
-- (a corrected name, say) is the next edition. `major`: a new major version of the track makes the certificates of older
-- ones expire.
CREATE TABLE certificates (
    number plain_text PRIMARY KEY,
    certification plain_text NOT NULL REFERENCES user_certifications,
    edition bigint NOT NULL CHECK (edition >= 1),
    learner plain_text NOT NULL REFERENCES learners,
    name plain_text NOT NULL,
    organization plain_text,
    track plain_text NOT NULL REFERENCES certification_tracks,
    major bigint NOT NULL,
    track_title plain_text NOT NULL,
    level plain_text NOT NULL,
    version plain_text NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    revoked_reason plain_text,
    superseded_by plain_text REFERENCES certificates,
    code plain_text NOT NULL,
    courses json_text NOT NULL,
    UNIQUE (certification, edition),
    CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL)),
    CHECK (superseded_by <> number)
);

CREATE INDEX certificates_by_learner ON certificates (learner, issued_at);
CREATE INDEX certificates_by_track ON certificates (track, major);

CREATE TABLE certificate_counters (
    year bigint PRIMARY KEY,
    last bigint NOT NULL
);

CREATE TABLE audit_events (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor plain_text,
    action plain_text NOT NULL,
    subject_kind plain_text NOT NULL,
    subject plain_text NOT NULL,
    details json_text NOT NULL
);

CREATE INDEX audit_events_by_subject ON audit_events (subject_kind, subject, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are never %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER audit_events_are_not_changed BEFORE UPDATE ON audit_events
FOR EACH ROW EXECUTE FUNCTION refuse_change('changed');

CREATE TRIGGER audit_events_are_not_deleted BEFORE DELETE ON audit_events
FOR EACH ROW EXECUTE FUNCTION refuse_change('deleted');

CREATE TRIGGER audit_events_are_not_truncated BEFORE TRUNCATE ON audit_events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('deleted');

-- What is to be done after the commit: certificates to print, mails to send.
CREATE TABLE outbox (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    kind plain_text NOT NULL,
    subject plain_text NOT NULL,
    payload json_text NOT NULL,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    attempts bigint NOT NULL DEFAULT 0,
    done_at timestamptz,
    error plain_text
);

CREATE INDEX outbox_waiting ON outbox (kind, due_at) WHERE done_at IS NULL;
