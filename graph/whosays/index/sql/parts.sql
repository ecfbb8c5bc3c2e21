-- Who belongs directly to an actor or acts for it.
SELECT slug FROM actor
WHERE part_of = ?1 OR (acts_for = ?1 AND part_of = '')
ORDER BY slug
