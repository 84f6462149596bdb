# Completion of the errata command for bash.

_errata() {
    local word=$2 previous=$3 command='' i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --color | --catalog) i=$((i + 1)) ;;
            -*) ;;
            *) command=${COMP_WORDS[i]} && break ;;
        esac
    done

    local choices=
    case $previous in
        --api) choices='intuned nullspace authpi intended' ;;
        --color) choices='auto always never' ;;
        --engine) choices='qt' ;;
        --retry) [[ $command != search ]] || choices='yes no unstated' ;;
        --format) choices='json csv markdown html' ;;
        --method) choices='GET HEAD POST PUT PATCH DELETE' ;;
        --as) choices='json http-response code' ;;
        -H | -d | --status | --limit | --timeout | --outcomes | --runs | --clients | --seed | --now) return ;;
    esac
    if [[ $previous == --policy || ($previous == --retry && $command == send) || $command == policies ]]; then
        choices=$(errata policies --json 2>/dev/null | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p')
    fi

    if [[ -z $choices ]]; then
        case $command in
            '') choices='explain search decode send simulate policies export catalogs screenshots --help --version' ;;
            explain) choices='--api --json --color --help' ;;
            search) choices='--api --status --retry --limit --json --color --help' ;;
            decode) choices='--as --api --status --json --color --help' ;;
            send) choices='-H -d --engine --retry --timeout --method --now --json --color --help GET HEAD POST PUT PATCH DELETE' ;;
            simulate) choices='--policy --outcomes --method --now --seed --json --color --help' ;;
            policies) choices='--json --help' ;;
            export) choices='--api --format --help' ;;
            catalogs) choices='check --json --help' ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word")
}

# Where nothing of ours fits, file names do.
complete -o default -F _errata errata
