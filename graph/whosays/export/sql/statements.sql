-- Statements; a chain of several gives the links that it is made of a name of their own.
SELECT *, iif(json_array_length(chain) > 1,
              id || ' ' || json_array_length(chain), '') AS attribution
FROM statement
