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

-- name: find_any_certificate(learner, track)^
-- The number of one of them: is there any?
SELECT number FROM certificates WHERE learner = :learner AND track = :track LIMIT 1;

-- name: revoke_certificate(number, revoked_at, revoked_reason)!
-- Writes no row when it is revoked already.
UPDATE certificates SET revoked_at = :revoked_at, revoked_reason = :revoked_reason
WHERE number = :number AND revoked_at IS NULL;

-- name: supersede_certificate(number, superseded_by)!
UPDATE certificates SET superseded_by = :superseded_by WHERE number = :number;

-- What a new major version of a track ends: certificates of older ones that would hold longer. The three are run in
-- this order in one transaction, the last one changes what the others look for.

-- name: insert_audit_of_expiry(track, major, expires_at, at, details)!
-- `details` is the beginning of a JSON object that ends with the former end in an object of its own. A time as text is
-- `2028-11-22T10:00:00.500000Z` in SQLite and `2028-11-22 10:00:00.5+00` in PostgreSQL; both write the former.
INSERT INTO audit_events (at, actor, action, subject_kind, subject, details)
SELECT
    :at,
    NULL,
    'certificate.expiry-changed',
    'certificate',
    number,
    :details || COALESCE('"' || moment || SUBSTR('.000000', LENGTH(moment) - 18) || 'Z"', 'null') || '}}'
FROM (
    SELECT number, REPLACE(REPLACE(REPLACE(CAST(expires_at AS TEXT), ' ', 'T'), '+00', ''), 'Z', '') AS moment
    FROM certificates
    WHERE track = :track AND major < :major AND (expires_at IS NULL OR expires_at > :expires_at)
) AS ending;

-- name: insert_outbox_of_expiry(track, major, expires_at, now)!
INSERT INTO outbox (kind, subject, payload, created_at, due_at)
SELECT 'certificate.pdf', number, '{}', :now, :now
FROM certificates
WHERE track = :track AND major < :major AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :expires_at);

-- name: expire_certificates(track, major, expires_at)!
-- Revoked ones, too: when one is issued anew it ends as the others do.
UPDATE certificates SET expires_at = :expires_at
WHERE track = :track AND major < :major AND (expires_at IS NULL OR expires_at > :expires_at);
