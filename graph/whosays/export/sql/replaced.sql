SELECT DISTINCT replaced.former, statement.id
FROM replaced JOIN statement ON statement.rowid = replaced.statement
