-- What two statements collide in: whether one voice says both, how much, and of whom.
SELECT dispute.own, dispute.score, affirmed.subject, affirmed.object,
  dispute.affirmed, dispute.contested,
  affirmed.source, contested.source, affirmed.voice, contested.voice
FROM statement AS affirmed
JOIN dispute ON dispute.affirmed = affirmed.id
JOIN statement AS contested ON contested.id = dispute.contested
