-- Where the few pairs lie that a list of issues names: all are too many to index by id.
CREATE TABLE named AS
SELECT id, rowid AS place FROM main.dispute WHERE id IN (
  SELECT json_extract(one.value, '$[0]')
  FROM main.outline, json_each(main.outline.strongest) AS one
)
