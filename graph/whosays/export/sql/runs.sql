SELECT DISTINCT run FROM statement WHERE run <> '' ORDER BY run
