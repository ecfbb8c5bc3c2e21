# Completion of whosays for bash.
_whosays() {
    local line=${COMP_LINE:0:COMP_POINT} words
    read -ra words <<< "$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    local current=${words[${#words[@]} - 1]} cut
    # What bash takes for the current word begins after the last = or :.
    cut=${current%"${current##*[=:]}"}
    COMPREPLY=()
    local word
    while IFS=$'\t' read -r word _; do
        [[ $word == *= ]] && compopt -o nospace
        COMPREPLY+=("${word#"$cut"}")
    done < <("${COMP_WORDS[0]}" --complete "${words[@]:1}" 2>/dev/null)
}
complete -o bashdefault -o default -F _whosays whosays
