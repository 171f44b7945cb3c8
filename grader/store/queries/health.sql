-- What /readyz writes: a row that nobody ever sees, put in and taken out in one transaction. An update that changes
-- nothing would not do, since SQLite does not write it. No certificate is of the year 0.

-- name: insert_touch()!
INSERT INTO certificate_counters (year, last) VALUES (0, 0);

-- name: delete_touch()!
DELETE FROM certificate_counters WHERE year = 0;
