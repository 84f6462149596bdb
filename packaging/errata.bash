# Completion of the errata command for bash. Commands and flags are asked of the program itself.

_errata() {
    local program=$1 word=$2 previous=$3 command='' choices='' i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --color | --catalog) i=$((i + 1)) ;;
            -*) ;;
            *) command=${COMP_WORDS[i]} && break ;;
        esac
    done

    case $command:$previous in
        *:--api) choices='intuned nullspace authpi intended' ;;
        *:--color) choices='auto always never' ;;
        *:--method) choices='GET HEAD POST PUT PATCH DELETE' ;;
        decode:--as | bundle:--as)
            choices='json http-response http-request curl-verbose curl-command har log code exit-code url xml html' ;;
        export:--format) choices='json csv markdown html' ;;
        search:--retry) choices='yes no after-wait after-fix unstated' ;;
        send:--engine) choices='curl qt' ;;
        convert:--to) choices='curl har http httpie python fetch go postman bruno catalog' ;;
        convert:--from) choices='curl har http raw postman bruno openapi' ;;
        *:--policy | send:--retry | policies:policies)
            choices=$("$program" policies --color never 2>/dev/null | awk '{ print $1 }') ;;
        *)
            if [[ $word == -* ]]; then
                choices=$("$program" ${command:+"$command"} --help 2>/dev/null | grep -oE -- '^ +(-., )?--[a-z0-9.-]+' | grep -oE -- '--.*')
            elif [[ -z $command ]]; then
                choices=$("$program" --help 2>/dev/null | sed -nE '/^Commands:/,/^$/s/^  ([a-z]+) .*/\1/p')
            elif [[ $command == catalogs && $previous == catalogs ]]; then
                choices=check
            fi
            ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word")
}

# Where nothing of ours fits, file names do.
complete -o default -F _errata errata
