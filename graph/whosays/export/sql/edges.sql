-- What statements draw between two actors, in the default graph (graph is empty) and in
-- those of their voice and their source; a symmetric relation is drawn both ways.
WITH told AS (
    SELECT subject, object, relation, stance, voice, source FROM statement
    WHERE status = 'accepted' AND stance IN ('affirms', 'denies')
      AND modality IN (SELECT value FROM json_each(:realis))
),
ends AS (
    SELECT subject AS start, object AS finish, relation, stance, voice, source
    FROM told
    UNION ALL
    SELECT object, subject, relation, stance, voice, source
    FROM told
    WHERE subject <> object
      AND relation IN (SELECT value FROM json_each(:symmetric))
)
SELECT start, relation, stance, finish, '' AS graph FROM ends
UNION
SELECT start, relation, stance, finish, 'voice.' || voice FROM ends
UNION
SELECT start, relation, stance, finish, 'source.' || source FROM ends
