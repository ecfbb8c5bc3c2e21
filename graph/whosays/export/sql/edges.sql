-- What statements draw between two actors; a symmetric relation is drawn both ways.
WITH told AS (
    SELECT subject, object, relation, stance, voice, source FROM statement
    WHERE status = 'accepted' AND stance IN ('affirms', 'denies')
      AND modality IN (SELECT value FROM json_each(:realis))
)
SELECT subject AS start, relation, stance, object AS finish, voice, source
FROM told
UNION ALL
SELECT object, relation, stance, subject, voice, source
FROM told
WHERE subject <> object AND relation IN (SELECT value FROM json_each(:symmetric))
