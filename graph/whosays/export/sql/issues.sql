SELECT id, actors, disputes, score FROM issue
