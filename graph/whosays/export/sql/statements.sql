-- Statements; the links of a chain of several have names of their own.
SELECT *, iif(instr(chain, ','), id || ' ' || json_array_length(chain), '') AS attribution
FROM statement
