#compdef whosays
# Completion of whosays for zsh.
_whosays() {
    local line word
    local -a found open
    for line in "${(@f)$("${words[1]}" --complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -z $line ]] && continue
        word=${line%%$'\t'*}
        if [[ $word == *= ]]; then
            open+=("$word")
        else
            found+=("${word//:/\\:}:${line#*$'\t'}")
        fi
    done
    if (( $#open )); then
        compadd -S '' -- $open
    elif (( $#found )); then
        _describe whosays found
    else
        _files
    fi
}
if [[ $funcstack[1] == _whosays ]]; then
    _whosays "$@"
else
    compdef _whosays whosays
fi
