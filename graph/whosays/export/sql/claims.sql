-- Propositions, each with the relation of the first statement on it.
SELECT proposition, relation, min(id) AS first FROM statement GROUP BY proposition
