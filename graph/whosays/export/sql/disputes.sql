SELECT id, kind, affirmed, contested, score FROM dispute WHERE held
