-- Every pair between two voices, issue by issue in the order that is given, in each the
-- best score first. `ends` lists the ends of affirmations: subject, object, place of the issue.
WITH ends(subject, object, place) AS MATERIALIZED (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
  FROM json_each(:ends)
)
SELECT ends.place, dispute.id, dispute.kind, dispute.affirmed, dispute.contested,
  dispute.score, dispute.camp
FROM dispute
JOIN statement ON statement.id = dispute.affirmed
JOIN ends ON ends.subject = statement.subject AND ends.object = statement.object
WHERE NOT dispute.own
ORDER BY ends.place, dispute.rowid
