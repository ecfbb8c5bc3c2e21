-- An actor, its parts, those who act for it, and theirs.
WITH RECURSIVE family(slug) AS (
  VALUES (?)
  UNION
  SELECT actor.slug FROM actor JOIN family
    ON actor.part_of = family.slug
    OR (actor.acts_for = family.slug AND actor.part_of = '')
)
SELECT slug FROM family
