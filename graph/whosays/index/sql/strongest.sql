UPDATE issue
SET disputes = (SELECT json_group_array(value) FROM json_each(disputes) WHERE key < ?1)
WHERE json_array_length(disputes) > ?1
