-- The ids that stand next to those of a list, before and after.
SELECT (SELECT id FROM statement WHERE id < value ORDER BY id DESC LIMIT 1)
  FROM json_each(?1)
UNION
SELECT (SELECT id FROM statement WHERE id > value ORDER BY id LIMIT 1)
  FROM json_each(?1)
