-- name: next_certificate_number(year)^
-- Counts from 1 in each year, without gaps: a unit of work that fails gives its number back.
INSERT INTO certificate_counters (year, last)
VALUES (:year, 1)
ON CONFLICT (year) DO UPDATE SET last = certificate_counters.last + 1
RETURNING last;

-- name: insert_certificate(number, certification, edition, learner, name, organization, track, major, track_title, level, version, issued_at, expires_at, code, courses)!
INSERT INTO certificates (
    number, certification, edition, learner, name, organization, track, major, track_title, level, version, issued_at,
    expires_at, code, courses
)
VALUES (
    :number, :certification, :edition, :learner, :name, :organization, :track, :major, :track_title, :level, :version,
    :issued_at, :expires_at, :code, :courses
);

-- name: find_certificate(number)^
SELECT * FROM certificates WHERE number = :number;

-- name: find_certificate_of(certification)^
-- The last edition.
SELECT * FROM certificates WHERE certification = :certification ORDER BY edition DESC LIMIT 1;

-- name: list_certificates(learner)
-- Newest first.
SELECT * FROM certificates WHERE learner = :learner ORDER BY issued_at DESC, number DESC;

-- name: revoke_certificate(number, revoked_at, revoked_reason)!
-- Writes no row when it is revoked already.
UPDATE certificates SET revoked_at = :revoked_at, revoked_reason = :revoked_reason
WHERE number = :number AND revoked_at IS NULL;

-- name: supersede_certificate(number, superseded_by)!
UPDATE certificates SET superseded_by = :superseded_by WHERE number = :number;
