SELECT coalesce(sum(json_array_length(chain)), 0) FROM statement WHERE instr(chain, ',')
