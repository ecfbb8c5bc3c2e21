-- Of whom it is affirmed what is said of an actor, or what that collides with.
SELECT subject, object FROM statement AS affirmed
WHERE (subject = ?1 OR object = ?1)
  AND EXISTS (SELECT 1 FROM dispute WHERE dispute.affirmed = affirmed.id AND NOT own)
UNION
SELECT affirmed.subject, affirmed.object
FROM statement AS contested
JOIN dispute ON dispute.contested = contested.id AND NOT dispute.own
JOIN statement AS affirmed ON affirmed.id = dispute.affirmed
WHERE contested.subject = ?1 OR contested.object = ?1
