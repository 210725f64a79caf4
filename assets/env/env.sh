#!/usr/bin/env bash
# Makes and checks .env, the settings of this stack on this machine. Needs bash (3.2 or newer) and POSIX tools, nothing else.

# .env is read here line by line and never sourced: Compose's quoting is not the shell's, and UID is read-only in bash.
set -euo pipefail

# Bytes, not characters: whatever is in the file stays what it is.
export LC_ALL=C

usage() {
  cat <<'END'
Makes and checks .env, the settings of this stack on this machine.

Usage:
  ./scripts/env.sh init  [--env-file FILE]
      Creates FILE, or adds what it lacks, with a random value for each secret. Every value and
      comment that is there stays. A secret that existing data was made with is not replaced.

  ./scripts/env.sh check [--env-file FILE] [--production]
      Names each setting that is missing, a placeholder or unsafe. --production is stricter:
      what is only a warning on a developer's machine is an error there.

Options:
  --env-file FILE   the file; by default .env in the folder above this script
  -h, --help        this text

Exit status: 0 all is well, 1 there is something to do, 2 a file cannot be used, 64 wrong usage.
END
}

# @facts@ What this stack knows of its settings, beyond .env.example; the rest of this file is the same for every stack.
stack_name='example'
production_name='example-prod'
placeholder='change_this_secure_password'
required_in_development=''
required_in_production='POSTGRES_PASSWORD'
in_urls='POSTGRES_PASSWORD'
host_user=''
host_group=''
secrets() {
  # shellcheck disable=SC2016 # the commands are shown to people, not run
  # key                    made default data in development    data in production     how to change it later
  secret POSTGRES_PASSWORD here 'app'   'volume:postgres_data' 'volume:postgres_data' 'docker compose exec postgres psql'
}
# @end@

readonly newline=$'\n' cr=$'\r' bom=$'\xef\xbb\xbf'

die() { # STATUS MESSAGE
  printf 'env.sh: %s\n' "$2" >&2
  exit "$1"
}

misused() { # MESSAGE
  printf 'env.sh: %s\n\n' "$1" >&2
  usage >&2
  exit 64
}

contains() { # WORDS WORD: whether a list separated by spaces holds a word
  case " $1 " in *" $2 "*) return 0 ;; *) return 1 ;; esac
}

# --- Reading -----------------------------------------------------------------------------------------------------------

# Reads FILE into line[0..lines-1], as it stands but for the newlines; complete tells whether the last one ends with one.
read_lines() { # FILE
  local text number=0
  lines=0 line=() complete=yes
  # bash would drop NUL bytes without a word.
  if [ "$(tr -d '\000' <"$1" | wc -c)" -ne "$(wc -c <"$1")" ]; then
    while IFS= read -r text; do
      number=$((number + 1))
      [ -z "$text" ] || malformed "$1" "$number" 'a NUL byte; this is not a text file (UTF-16, perhaps: save it as UTF-8)'
    done < <(tr -cd '\000\n' <"$1" | tr '\000' 0; echo)
  fi
  while IFS= read -r text || { [ -n "$text" ] && complete=no; }; do
    line[lines]=$text
    lines=$((lines + 1))
  done <"$1"
}

malformed() { # FILE LINE WHAT
  die 2 "$1:$2: $3. Nothing was changed."
}

# Reads line[] by Compose's rules into one entry for each assignment: key[] and value[] without quotes; live[], the part of the
# text in which a $ refers to another key; kind[] (plain, quoted, comment); first[] and last[], the lines; head[] and tail[], what
# stands around the value.
parse() { # FILE, for messages
  local at=0 text mark rest name gap quote stop chunk body
  entries=0 key=() value=() live=() kind=() first=() last=() head=() tail=()
  while [ "$at" -lt "$lines" ]; do
    text=${line[at]%"$cr"} mark=''
    case $at$text in "0$bom"*) mark=$bom text=${text#"$bom"} ;; esac
    rest=${text#"${text%%[![:space:]]*}"}
    case $rest in
      '' | '#'*) at=$((at + 1)); continue ;;
      export[[:space:]]*) rest=${rest#export}; rest=${rest#"${rest%%[![:space:]]*}"} ;;
    esac
    case $rest in *=*) ;; *) malformed "$1" $((at + 1)) 'no "=" in this line; write KEY=value, or begin a comment with #' ;; esac
    name=${rest%%=*}
    name=${name%"${name##*[![:space:]]}"}
    case $name in
      '' | [!A-Za-z_]* | *[!A-Za-z0-9_.-]*)
        malformed "$1" $((at + 1)) 'what stands before "=" is not a key; use letters, digits and _, no digit first' ;;
    esac

    rest=${rest#*=}
    gap=${rest%%[![:space:]]*}
    body=${rest#"$gap"}
    key[entries]=$name first[entries]=$at head[entries]=$mark${text%"$rest"}$gap kind[entries]=plain value[entries]='' live[entries]=''
    case $body in
      [\"\']*)
        kind[entries]=quoted
        quote=${body:0:1} body=${body:1}
        stop="[\\\\$quote]*"
        while :; do
          # shellcheck disable=SC2295 # it is a pattern: everything from the next quote or backslash
          chunk=${body%%$stop}
          value[entries]+=$chunk live[entries]+=$chunk
          body=${body#"$chunk"}
          case $quote$body in
            '"' | "'" | ?\\)
              # The line ends within the quotes (a backslash at its end is one of the value).
              value[entries]+=$body
              case ${line[at]} in *"$cr") value[entries]+=$cr ;; esac
              value[entries]+=$newline live[entries]+=$newline
              at=$((at + 1))
              [ "$at" -lt "$lines" ] || malformed "$1" $((first[entries] + 1)) "the value that begins here has no closing $quote"
              body=${line[at]%"$cr"} ;;
            \"\\[\"\\\$] | \"\\[\"\\\$]* | "'\\'"*) value[entries]+=${body:1:1} body=${body:2} ;;
            \"\\[abfnrtv]*)
              printf -v chunk '%b' "${body:0:2}"
              value[entries]+=$chunk body=${body:2} ;;
            ?\\*) value[entries]+=${body:0:2} live[entries]+=${body:0:2} body=${body:2} ;;
            *) body=${body:1}; break ;;
          esac
        done
        [ "$quote" = '"' ] || live[entries]=''
        case ${body#"${body%%[![:space:]]*}"} in
          '' | '#'*) ;;
          *) malformed "$1" $((at + 1)) "there is text after the closing $quote" ;;
        esac
        tail[entries]=$body ;;
      '#'*)
        # "KEY=#x" has a value; "KEY= # x" was meant to have none, but Compose takes the comment for it.
        if [ -n "$gap" ]; then
          kind[entries]=comment head[entries]=$mark${text%"$rest"} tail[entries]=$rest
        else
          set_plain "$body"
        fi ;;
      *) set_plain "$body" ;;
    esac
    case ${line[at]} in *"$cr") tail[entries]+=$cr ;; esac
    last[entries]=$at
    entries=$((entries + 1)) at=$((at + 1))
  done
}

set_plain() { # TEXT: an unquoted value ends before " #"
  local text=${1%%" #"*}
  text=${text%"${text##*[![:space:]]}"}
  value[entries]=$text live[entries]=$text tail[entries]=${1#"$text"}
}

# Sets at to the entry of a key, the last one if there are several; fails when there is none.
find_entry() { # KEY
  at=$entries
  while [ "$at" -gt 0 ]; do
    at=$((at - 1))
    [ "${key[at]}" != "$1" ] || return 0
  done
  return 1
}

# --- What the stack knows ----------------------------------------------------------------------------------------------

secret_count=0
secret_key=() secret_made=() secret_default=() secret_default_value=() secret_data=() secret_production_data=() secret_change=()

# Reads a line of the table above. The default stands there as it does in .env.
secret() { # KEY MADE DEFAULT DATA PRODUCTION_DATA CHANGE
  line=("$1=$3") lines=1
  parse env.sh
  secret_key[secret_count]=$1 secret_made[secret_count]=$2 secret_default[secret_count]=$3 secret_default_value[secret_count]=${value[0]}
  secret_data[secret_count]=$4 secret_production_data[secret_count]=$5 secret_change[secret_count]=$6
  secret_count=$((secret_count + 1))
}

# Sets secret_at to the row of a secret; fails when the key is none.
find_secret() { # KEY
  secret_at=0
  while [ "$secret_at" -lt "$secret_count" ]; do
    [ "${secret_key[secret_at]}" != "$1" ] || return 0
    secret_at=$((secret_at + 1))
  done
  return 1
}

# Reads .env.example: known_key[], and for each the text and the comment with which it is added to .env, and its section's banner.
read_template() {
  local template=$root/.env.example number=0 entry=0 comment='' banner=''
  [ -f "$template" ] || die 2 "$template is not there; it belongs beside the Compose file"
  read_lines "$template"
  parse "$template"
  known=$entries known_key=() known_text=() known_comment=() known_banner=() known_empty=()
  while [ "$entry" -lt "$entries" ]; do
    while [ "$number" -lt "${first[entry]}" ]; do
      case ${line[number]} in
        '') case $comment in '# ---'*) banner=$comment ;; esac; comment='' ;;
        *) comment+=${line[number]}$newline ;;
      esac
      number=$((number + 1))
    done
    known_key[entry]=${key[entry]} known_comment[entry]=$comment known_banner[entry]=$banner known_text[entry]='' known_empty[entry]=no
    [ -n "${value[entry]}" ] || known_empty[entry]=yes
    while [ "$number" -le "${last[entry]}" ]; do
      known_text[entry]+=${line[number]}$newline
      number=$((number + 1))
    done
    comment='' entry=$((entry + 1))
  done
}

# --- Data that a secret was stored in ----------------------------------------------------------------------------------

volumes='' engine=''

# Asks the engine once for its volumes.
list_volumes() {
  [ -z "$engine" ] || return 0
  engine=answers
  if ! command -v docker >/dev/null 2>&1; then
    engine='docker is not installed'
  elif ! volumes=$(docker volume ls --quiet 2>/dev/null); then
    engine='the Docker engine does not answer'
  fi
}

# Whether data is there that was made with a secret: 0 yes, 1 no, 2 the engine could not be asked.
data_exists() { # DATA PROJECT
  local path=${1#bind:} content
  case $1 in
    volume:*)
      list_volumes
      [ "$engine" = answers ] || return 2
      case "$newline$volumes$newline" in *"$newline$2_${1#volume:}$newline"*) return 0 ;; *) return 1 ;; esac ;;
    bind:*)
      case $path in /*) ;; *) path=$root/$path ;; esac
      [ -e "$path" ] || return 1
      # A folder that only the container's user can read was written by the container.
      content=$(ls -A "$path" 2>/dev/null) || return 0
      [ -n "$content" ] ;;
    *) return 1 ;;
  esac
}

# Sets held to where the data of a secret is (development, production, unknown) or to nothing; held_in names it.
find_data() { # ROW
  local project=${COMPOSE_PROJECT_NAME:-$chosen_project} status=0
  held='' held_in=${secret_data[$1]}
  data_exists "$held_in" "${project:-$stack_name}" || status=$?
  case $status in 0) held=development ;; 2) held=unknown ;; esac
  if [ "$held" != development ]; then
    status=0
    data_exists "${secret_production_data[$1]}" "${project:-$production_name}" || status=$?
    case $status in 0) held=production held_in=${secret_production_data[$1]} ;; 2) held=unknown ;; esac
  fi
  if [ -z "$project" ]; then
    project=$stack_name
    [ "$held" != production ] || project=$production_name
  fi
  case $held_in in
    volume:*) held_in="the volume ${project}_${held_in#volume:}" ;;
    bind:*) held_in="the folder ${held_in#bind:}" ;;
  esac
}

# --- init --------------------------------------------------------------------------------------------------------------

random_hex() {
  local digits
  digits=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \t\n')
  [ "${#digits}" -eq 48 ] || die 2 'could not read /dev/urandom'
  printf '%s' "$digits"
}

say() { # KEY WHAT
  printf '  %-28s %s\n' "$1" "$2"
}

# Notes a change to be made: in place if the file has the key, else at its end.
set_value() { # ENTRY_OF_TEMPLATE TEXT
  changes=$((changes + 1))
  if find_entry "${known_key[$1]}"; then
    line[first[at]]=${head[at]}$2${tail[at]}
  else
    append "$1" "${known_key[$1]}=$2$newline"
  fi
}

append() { # ENTRY_OF_TEMPLATE TEXT
  if [ "${known_banner[$1]}" != "$last_banner" ]; then
    last_banner=${known_banner[$1]}
    addition+=$newline$last_banner
  fi
  addition+=$newline${known_comment[$1]}$2
}

# Who runs this. Nobody works as root in a container, so root gets the usual first user.
own_id() { # KEY
  local number
  if contains "$host_user" "$1"; then number=$(id -u); else number=$(id -g); fi
  [ "$number" -ne 0 ] || number=1000
  printf '%s' "$number"
}

# A secret that init makes, of which the file has no value of its own.
fill_secret() { # ENTRY_OF_TEMPLATE STATE(missing|empty|placeholder)
  local name=${known_key[$1]} digits
  find_data "$secret_at"
  case $held:$2 in
    development:placeholder | production:placeholder)
      say "$name" "left as it is, the placeholder: $held_in exists and keeps the value it was made with"
      how_to_change ;;
    development:*)
      # Compose ran with the default of compose.yaml, so the data knows that one.
      if [ -n "${secret_default[secret_at]}" ]; then
        set_value "$1" "${secret_default[secret_at]}"
        say "$name" "set to the default of development: $held_in exists, and without a value here it was made with that"
        say '' '(if it was made with another value, write that one)'
        how_to_change
      else
        lost "$1"
      fi ;;
    production:*) lost "$1" ;;
    *)
      digits=$(random_hex)
      set_value "$1" "$digits"
      say "$name" 'set to a random value'
      [ "$held" != unknown ] || say '' "($engine, so nobody knows whether ${held_in} exists; if so, it keeps its old value)" ;;
  esac
}

how_to_change() {
  [ -z "${secret_change[secret_at]}" ] || say '' "to change it: ${secret_change[secret_at]}"
}

# The data was made with a value that is nowhere any more: to invent another one would only hide that.
lost() { # ENTRY_OF_TEMPLATE
  say "${known_key[$1]}" "NOT SET: $held_in was made with a value that is not in $file any more; write that one"
  how_to_change
  open=1
}

init() {
  local entry=0 name
  changes=0 addition='' last_banner='' open=0 chosen_project=''
  read_template
  lines=0 line=() entries=0
  if [ -e "$file" ]; then
    read_lines "$file"
    parse "$file"
  fi
  if find_entry COMPOSE_PROJECT_NAME; then chosen_project=${value[at]}; fi

  printf '%s:\n' "$file"
  while [ "$entry" -lt "$known" ]; do
    name=${known_key[entry]}
    if find_secret "$name" && [ "${secret_made[secret_at]}" = here ]; then
      if ! find_entry "$name"; then
        fill_secret "$entry" missing
      elif [ -z "${value[at]}" ]; then
        fill_secret "$entry" empty
      elif [ "${value[at]}" = "$placeholder" ]; then
        fill_secret "$entry" placeholder
      else
        say "$name" 'kept'
      fi
    elif find_entry "$name"; then
      say "$name" 'kept'
    elif contains "$host_user $host_group" "$name"; then
      set_value "$entry" "$(own_id "$name")"
      say "$name" 'set to yours on this machine'
    else
      append "$entry" "${known_text[entry]}"
      changes=$((changes + 1))
      if [ "${known_empty[entry]}" = no ]; then
        say "$name" 'added, with the default'
      elif contains "$required_in_development $required_in_production" "$name"; then
        say "$name" 'added, empty: fill it in'
      else
        say "$name" 'added, empty: it is optional'
      fi
    fi
    entry=$((entry + 1))
  done

  if [ "$changes" -gt 0 ]; then
    write_file
    printf 'Wrote %s; only you can read it.\n' "$file"
  elif [ -e "$file" ] && others_can_read; then
    chmod go-rwx "$file"
    printf 'Nothing to add. Other users could read %s; now they cannot.\n' "$file"
  else
    printf 'Nothing to do: %s has everything.\n' "$file"
  fi
  return "$open"
}

# Puts line[] and the addition into the file at once: whoever reads it meanwhile, or an interruption, meets the old one or the new one.
write_file() {
  local target=$file link links=0 number=0 end=$newline
  while [ -L "$target" ]; do
    links=$((links + 1))
    [ "$links" -le 40 ] || die 2 "$file is a link that leads nowhere"
    link=$(readlink "$target")
    case $link in /*) target=$link ;; *) target=$(dirname "$target")/$link ;; esac
  done
  temporary=$target.$$.tmp
  trap 'rm -f "$temporary"' EXIT
  trap 'exit 130' HUP INT TERM
  umask 077
  case ${line[0]-} in *"$cr") end=$cr$newline ;; esac
  {
    if [ "$lines" -eq 0 ]; then
      printf '# Settings of %s on this machine, made by scripts/env.sh init. Never commit this file.\n' "$stack_name"
    fi
    while [ "$number" -lt "$lines" ]; do
      printf '%s' "${line[number]}"
      number=$((number + 1))
      # The last line may end without a newline, and stays so when nothing follows.
      if [ "$number" -lt "$lines" ] || [ "$complete" = yes ]; then
        printf '\n'
      elif [ -n "$addition" ]; then
        printf '%s' "$end"
      fi
    done
    printf '%s' "${addition//$newline/$end}"
  } >"$temporary"
  mv -f "$temporary" "$target"
  trap - EXIT HUP INT TERM
}

# --- check -------------------------------------------------------------------------------------------------------------

error() { # WHERE MESSAGE
  errors=$((errors + 1))
  printf 'error: %s: %s\n' "$1" "$2"
}

warning() { # WHERE MESSAGE
  warnings=$((warnings + 1))
  printf 'warning: %s: %s\n' "$1" "$2"
}

# What is tolerable on a developer's machine only.
unsafe() { # WHERE MESSAGE
  if [ "$mode" = production ]; then error "$@"; else warning "$@"; fi
}

others_can_read() {
  local listed
  listed=$(ls -ldL "$file")
  case $listed in ????------*) return 1 ;; *) return 0 ;; esac
}

tracked_by_git() {
  command -v git >/dev/null 2>&1 && git -C "$(dirname "$file")" ls-files --error-unmatch -- "$(basename "$file")" >/dev/null 2>&1
}

check_known() { # ENTRY_OF_TEMPLATE
  local name=${known_key[$1]} made='' where=$file state='is missing' required=$required_in_development
  [ "$mode" = development ] || required=$required_in_production
  if find_secret "$name"; then made=${secret_made[secret_at]}; fi

  if find_entry "$name"; then
    where=$file:$((first[at] + 1))
    if [ -n "${value[at]}" ]; then
      [ -z "$made" ] || check_secret "$where" "$name" "$made"
      return 0
    fi
    state='is empty'
  fi
  if [ "$made" = here ]; then
    error "$where" "$name $state. Run: ./scripts/env.sh init"
  elif contains "$required" "$name"; then
    error "$where" "$name $state, and $mode does not run without it. Write a value"
  elif [ "$state" = 'is missing' ]; then
    printf 'note: %s: %s is not set, so its default holds\n' "$file" "$name"
  fi
}

check_secret() { # WHERE KEY MADE; at is its entry and secret_at its row
  local text=${value[at]} change=''
  [ -z "${secret_change[secret_at]}" ] || change="; where data holds it, change it there: ${secret_change[secret_at]}"
  # What refers to other settings is judged there.
  case ${live[at]} in *'$'*) return 0 ;; esac
  if [ "$text" = "$placeholder" ]; then
    error "$1" "$2 is still the placeholder. Run: ./scripts/env.sh init$change"
  elif [ "$text" = "${secret_default_value[secret_at]}" ]; then
    unsafe "$1" "$2 is the default of development, which everybody can read. Choose another value$change"
  elif [ "${#text}" -lt 16 ] && [ "$3" = here ]; then
    unsafe "$1" "$2 is shorter than 16 characters. A strong one: openssl rand -hex 24"
  elif [ "${#text}" -lt 16 ]; then
    warning "$1" "$2 is shorter than 16 characters; ask whoever issued it for a longer one"
  fi
}

# Rules for every assignment, known or not.
check_entry() { # ENTRY
  local where=$file:$((first[$1] + 1)) rest name other=$entries
  if [ "${kind[$1]}" = comment ]; then
    warning "$where" "${key[$1]} is empty, but Compose takes the comment for its value. Put the comment on a line of its own"
  fi
  while [ "$other" -gt $(($1 + 1)) ]; do
    other=$((other - 1))
    if [ "${key[other]}" = "${key[$1]}" ]; then
      warning "$where" "${key[$1]} is set again in line $((first[other] + 1)), which wins. Remove one of the two"
      break
    fi
  done
  if contains "$in_urls" "${key[$1]}"; then
    case ${value[$1]} in
      *[!A-Za-z0-9._~-]*)
        unsafe "$where" "${key[$1]} becomes part of a URL, which only letters, digits and . _ ~ - pass unharmed. Choose another value" ;;
    esac
  fi

  # What a $ refers to. A doubled one is a dollar sign.
  rest=${live[$1]//\$\$/}
  while [ "$rest" != "${rest#*\$}" ]; do
    rest=${rest#*\$}
    name=${rest#\{}
    name=${name%%[!A-Za-z0-9_]*}
    case $name in '' | [0-9]*) continue ;; esac
    # ${X:-default} and its like say themselves what holds.
    case $rest in "{$name}"*) ;; '{'*) continue ;; esac
    if awk -v name="$name" 'BEGIN { exit !(name in ENVIRON) }'; then
      continue
    elif find_entry "$name"; then
      first_entry "$name"
      [ "$at" -lt "$1" ] || unsafe "$where" "${key[$1]} refers to $name, which is not set above it, so it is empty here. Move $name above it"
    else
      unsafe "$where" "${key[$1]} refers to a variable after a \$ that is not set here. If the \$ is meant, put the value into single quotes"
    fi
  done
}

first_entry() { # KEY: sets at to its first entry
  at=0
  while [ "${key[at]}" != "$1" ]; do at=$((at + 1)); done
}

# Names unknown keys that are at most two edits away from a known one that is not set.
check_typos() {
  local entry=0 unset_keys='' unknown_keys='' typed meant
  while [ "$entry" -lt "$known" ]; do
    find_entry "${known_key[entry]}" || unset_keys+=" ${known_key[entry]}"
    entry=$((entry + 1))
  done
  entry=0
  while [ "$entry" -lt "$entries" ]; do
    contains "${known_key[*]}" "${key[entry]}" || unknown_keys+=" ${key[entry]}"
    entry=$((entry + 1))
  done
  while read -r typed meant; do
    [ -z "$typed" ] || { find_entry "$typed" && warning "$file:$((first[at] + 1))" "nothing reads $typed. Did you mean $meant?"; }
  done < <(similar "$unknown_keys" "$unset_keys")
}

similar() { # UNKNOWN KNOWN
  awk -v unknown="$1" -v known="$2" '
    function least(a, b) { return a < b ? a : b }
    function distance(a, b,   i, j, m, n, d) {
      m = length(a); n = length(b)
      for (i = 0; i <= m; i++) d[i, 0] = i
      for (j = 0; j <= n; j++) d[0, j] = j
      for (i = 1; i <= m; i++)
        for (j = 1; j <= n; j++)
          d[i, j] = least(least(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (substr(a, i, 1) != substr(b, j, 1)))
      return d[m, n]
    }
    BEGIN {
      us = split(unknown, u, " "); ks = split(known, k, " ")
      for (i = 1; i <= us; i++) {
        best = 3; meant = ""
        for (j = 1; j <= ks; j++) {
          now = distance(toupper(u[i]), toupper(k[j]))
          if (now < best && now * 4 <= length(k[j])) { best = now; meant = k[j] }
        }
        if (meant != "") print u[i], meant
      }
    }'
}

check() {
  local entry=0
  errors=0 warnings=0
  read_template
  if [ ! -e "$file" ]; then
    error "$file" 'there is no such file. Run: ./scripts/env.sh init'
    return 1
  fi
  read_lines "$file"
  parse "$file"
  while [ "$entry" -lt "$known" ]; do
    check_known "$entry"
    entry=$((entry + 1))
  done
  entry=0
  while [ "$entry" -lt "$entries" ]; do
    check_entry "$entry"
    entry=$((entry + 1))
  done
  check_typos
  if others_can_read; then unsafe "$file" "other users of this machine can read it. Run: chmod 600 $file"; fi
  if tracked_by_git; then error "$file" "git tracks it. Run: git rm --cached $file; and change its secrets, which the history keeps"; fi

  printf '%s: %d errors, %d warnings (%s)\n' "$file" "$errors" "$warnings" "$mode"
  [ "$errors" -eq 0 ]
}

# --- Command line ------------------------------------------------------------------------------------------------------

main() {
  local command=${1-}
  case $command in
    -h | --help | help) usage; exit 0 ;;
    init | check) shift ;;
    '') misused 'say init or check' ;;
    *) misused "unknown command: $command" ;;
  esac

  root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
  file=$root/.env mode=development
  [ "$root" != "$PWD" ] || file=.env
  while [ "$#" -gt 0 ]; do
    case $1 in
      --env-file) [ "$#" -ge 2 ] || misused '--env-file needs the name of a file'; file=$2; shift 2 ;;
      --env-file=*) file=${1#*=}; shift ;;
      --production) [ "$command" = check ] || misused '--production belongs to check'; mode=production; shift ;;
      -h | --help) usage; exit 0 ;;
      *) misused "unknown option: $1" ;;
    esac
  done
  case $file in
    '') misused '--env-file needs the name of a file' ;;
    -*) file=./$file ;;
  esac
  if [ -e "$file" ]; then
    [ -f "$file" ] || die 2 "$file is not a file"
    [ -r "$file" ] || die 2 "$file cannot be read"
  elif [ ! -d "$(dirname -- "$file")" ]; then
    die 2 "there is no folder $(dirname -- "$file") for $file"
  fi

  secrets
  "$command"
}

main "$@"
