-- name: upsert_organization(id, name, now)^
-- The organization of that name; `id` counts only if it is new.
INSERT INTO organizations (id, name, created_at)
VALUES (:id, :name, :now)
ON CONFLICT (name) DO UPDATE SET name = excluded.name
RETURNING *;

-- name: upsert_learner(id, issuer, subject, name, email, kind, organization, now)^
-- The learner of that issuer and subject, with the newest facts; `id` counts only if the learner is new.
INSERT INTO learners (id, issuer, subject, name, email, kind, organization, created_at, updated_at)
VALUES (:id, :issuer, :subject, :name, :email, :kind, :organization, :now, :now)
ON CONFLICT (issuer, subject) DO UPDATE SET
    name = excluded.name,
    email = excluded.email,
    kind = excluded.kind,
    organization = excluded.organization,
    updated_at = excluded.updated_at
RETURNING *, (
    SELECT organizations.name FROM organizations WHERE organizations.id = learners.organization
) AS organization_name;

-- name: set_learner_role(id, role, now)!
UPDATE learners SET role = :role, updated_at = :now WHERE id = :id;

-- name: find_learner(id)^
SELECT learners.*, organizations.name AS organization_name
FROM learners
LEFT JOIN organizations ON organizations.id = learners.organization
WHERE learners.id = :id;

-- name: list_learners_by_email(email)
-- The address belongs to nobody for ever, and several issuers may know it.
SELECT learners.*, organizations.name AS organization_name
FROM learners
LEFT JOIN organizations ON organizations.id = learners.organization
WHERE lower(learners.email) = lower(:email)
ORDER BY learners.issuer, learners.id;

-- name: find_learner_by_subject(issuer, subject)^
SELECT learners.*, organizations.name AS organization_name
FROM learners
LEFT JOIN organizations ON organizations.id = learners.organization
WHERE learners.issuer = :issuer AND learners.subject = :subject;
