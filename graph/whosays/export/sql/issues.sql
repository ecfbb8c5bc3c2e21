SELECT id, actors, disputes, pairs, json_array_length(disputes) AS held, score
FROM issue
