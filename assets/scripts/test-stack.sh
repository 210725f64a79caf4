#!/usr/bin/env bash
# Proves that this stack works, in a copy of its own. Needs bash (3.2 or newer), Docker with Compose and POSIX tools.

# shellcheck disable=SC2329 # the functions of the steps are called by their names, in a table
set -euo pipefail

# Bytes, not characters: what services answer need not be text.
export LC_ALL=C

# @facts@ What this stack consists of; the rest of this file is the same for every stack.
script_name='test-stack.sh'
stack_name='example'
compose_file='compose.yaml'
minimum_engine='25.0'
minimum_compose='2.24.4'
needs_curl=yes
port_variables='POSTGRES_PORT'
profiles=''
started=''

about() {
  cat <<'END'
Starts a copy of the stack "example" beside whatever runs on this machine, and tries everything that it should do.
END
}

tables() {
  required compose.yaml .env.example
  not_copied ./data/postgres
  make_folder ./data/logs
  service postgres
}

override() {
  cat <<'END'
END
}

# shellcheck disable=SC1003,SC2016 # the commands are for shells of containers
steps() {
  step 'Docker and Compose are there'           prerequisites
  step 'the files of the stack are there'       files_exist
  step 'Compose accepts the configuration'      configuration
  step 'all services start'                     start
  step 'postgres is healthy'                    healthy postgres
  step 'backend-migrate ends with 0'            ended backend-migrate
  step 'backend answers at /health'             http backend 8000 /health 200 '"status"'
  step 'postgres speaks its protocol'           tcp postgres 5432 '\0000\0000\0000\0010\0004\0322\0026\0057' '^[SN]'
  step 'postgres runs a query'                  program postgres '^1$' psql -c 'SELECT 1'
  step 'backend reaches postgres'               reaches backend postgres 5432 python
  step 'postgres keeps its data in a volume'    stored postgres volume postgres_data /var/lib/postgresql/data
  step 'backend follows its sources'            follows backend 8000 /smoke changed backend/app/main.py 'x = 1'
  step 'postgres keeps its rows'                keeps postgres '^kept$' 1 write read
  step 'all services end when they are asked'   shutdown
}
# @end@

usage() {
  about
  cat <<END

Usage:
  ./scripts/$script_name [--only STEP]… [--keep] [--json] [--timeout SECONDS]

What is running already is not touched: the stack is copied to a temporary folder (in TMPDIR) without its data, and the copy
runs as a Compose project of its own, on ports that are free. Afterwards nothing of it is left.

Options:
  --only STEP         only this step: its number, or a part of its title (postgres, say); may be given several times.
                      What is needed to start is always done.
  --list              names the steps and does nothing
  --keep              leaves the copy running at the end, and says how to remove it
  --json              writes the result as JSON to standard output, and everything else to standard error
  --timeout SECONDS   the longest time to wait for something to happen; 180 unless given. Building takes as long as it takes.
  -h, --help          this text

Exit status: 0 all is well, 1 a step failed, 2 it cannot run here, 64 wrong usage, 130 or 143 interrupted.
END
}

readonly newline=$'\n'

misused() { # MESSAGE
  printf '%s: %s\n\n' "$script_name" "$1" >&2
  usage >&2
  exit 64
}

contains() { # WORDS WORD: whether a list separated by spaces holds a word
  case " $1 " in *" $2 "*) return 0 ;; *) return 1 ;; esac
}

# --- Steps -------------------------------------------------------------------------------------------------------------

number=0 phase=list passed=0 failed=0 skipped=0 over='' results='' only_count=0 only=() only_used=()

# Whether --only names a step.
selected() { # TITLE
  local at=0 found=1
  [ "$only_count" -gt 0 ] || return 0
  while [ "$at" -lt "$only_count" ]; do
    case $number in "${only[at]}") only_used[at]=yes found=0 ;; esac
    case ${only[at]} in
      *[!0-9]*) case $1 in *"${only[at]}"*) only_used[at]=yes found=0 ;; esac ;;
    esac
    at=$((at + 1))
  done
  return "$found"
}

# Every line of the table above comes here, once for each phase: list names the steps, write prepares those about data that must
# outlive the containers, run does them.
step() { # TITLE FUNCTION ARGUMENTS…
  local title=$1 began status=0
  number=$((number + 1))
  shift
  case $phase in
    list) selected "$title" || : ; printf '%3d  %s\n' "$number" "$title"; return 0 ;;
    write) case $1 in keeps) if selected "$title"; then shift; write_data "$@"; fi ;; esac; return 0 ;;
  esac
  case $1 in
    prerequisites | files_exist | configuration | start) ;;
    *) selected "$title" || { record SKIP "$title" 0 'not selected'; return 0; } ;;
  esac
  if [ -n "$over" ]; then record SKIP "$title" 0 "$over"; return 0; fi
  reason='' details='' note=''
  began=$SECONDS
  "$@" || status=$?
  forget_progress
  case $status in
    0) record PASS "$title" $((SECONDS - began)) "$note" ;;
    77) record SKIP "$title" $((SECONDS - began)) "$reason" ;;
    *)
      record FAIL "$title" $((SECONDS - began)) "$reason"
      [ -z "$details" ] || printf '%s\n' "$details" | sed 's/^/          /' >&4
      case $1 in prerequisites) over='it cannot run here' verdict=2 ;; files_exist | configuration | start) over='the stack does not run' ;; esac ;;
  esac
}

record() { # RESULT TITLE SECONDS WHY
  local colour=''
  case $1 in PASS) passed=$((passed + 1)) colour=$green ;; FAIL) failed=$((failed + 1)) colour=$red ;; SKIP) skipped=$((skipped + 1)) ;; esac
  results+="${results:+,}$newline  { \"number\": $number, \"title\": \"$(json "$2")\", \"result\": \"$1\", \"seconds\": $3, \"reason\": \"$(json "$4")\" }"
  # What was not asked for, and what an earlier failure made pointless, is only counted.
  case $1:$4 in "SKIP:not selected" | "SKIP:$over") return 0 ;; esac
  printf '%3d  %s%s%s  %s (%d s)%s\n' "$number" "$colour" "$1" "$plain" "$2" "$3" "${4:+: $4}" >&4
}

json() { # TEXT
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$newline/\\n}
  text=${text//$'\t'/\\t}
  printf '%s' "$text" | tr -d '\000-\037'
}

# Why a step fails, and on demand more lines about it.
fails() { # REASON [DETAILS]
  reason=$1 details=${2-}
  return 1
}

# --- Running programs --------------------------------------------------------------------------------------------------

child='' helper='' tell='' told=0

# Runs a program with its output in files, in a process group of its own: whoever interrupts this script reaches this script only,
# and it ends its programs. What takes longer than the limit is ended.
run() { # SECONDS COMMAND…
  local limit=$1 status=0
  shift
  rm -f "$work/late"
  set -m
  "$@" </dev/null >"$work/out" 2>"$work/err" &
  child=$!
  watch "$limit" "$child" &
  helper=$!
  set +m
  wait "$child" || status=$?
  child=''
  end_group "$helper"
  helper=''
  [ ! -e "$work/late" ] || status=124
  return "$status"
}

# Says how long something takes already, and ends it when that is too long.
watch() { # SECONDS PROCESS
  local waited=0
  while [ "$1" -eq 0 ] || [ "$waited" -lt "$1" ]; do
    sleep 1
    waited=$((waited + 1))
    progress "$waited"
  done
  : >"$work/late"
  kill -TERM -- "-$2" 2>/dev/null || :
  sleep 10
  kill -KILL -- "-$2" 2>/dev/null || :
}

end_group() { # PROCESS
  # Whatever is ended so only waits or reads; it may have been told to ignore milder signals, as all is during the clean-up.
  kill -KILL -- "-$1" 2>/dev/null || :
  wait "$1" 2>/dev/null || :
}

# A line that is written over on a terminal; elsewhere a new one now and then.
progress() { # SECONDS
  [ -n "$tell" ] || return 0
  if [ "$terminal" = yes ]; then
    printf '\r     … %s (%d s)\033[K' "$tell" "$1" >&4
  else
    [ "$1" -ge "$told" ] || told=0
    # Not every second comes by on a busy machine.
    [ $(($1 - told)) -ge 15 ] || return 0
    told=$1
    printf '     … %s (%d s)\n' "$tell" "$1" >&4
  fi
}

forget_progress() {
  tell='' told=0
  [ "$terminal" != yes ] || printf '\r\033[K' >&4
}

compose() { # SECONDS ARGUMENTS…
  local limit=$1
  shift
  run "$limit" docker compose --ansi never --project-name "$project" --project-directory "$copy" \
    --file "$copy/$compose_file" --file "$work/override.yaml" "$@"
}

# What a program complained about, in one line: the first that names an error, or else the last one that says something.
complaint() {
  local text
  text=$(cat "$work/err" "$work/out" | tr -d '\000' | grep -E '(ERROR|FATAL|[Ee]rror): ' | head -n 1 || :)
  [ -n "$text" ] || text=$(cat "$work/err" "$work/out" | tr -d '\000' \
    | sed -e 's/^time="[^"]*" level=[a-z]* msg=//' -e '/^[[:space:]]/d' -e '/^$/d' | tail -n 1)
  # The copy stands for the folder of the stack.
  printf '%s' "${text//$copy/$root}"
}

matches() { # EXPRESSION FILE
  tr -d '\000' <"$2" | tr '\r' '\n' | grep -Eq -e "$1"
}

# The beginning of an answer, to be shown in a line.
shown() { # FILE
  local text
  text=$(tr -d '\000' <"$1" | tr -s '\r\n\t ' '    ' | cut -c 1-160)
  printf '%s' "${text:-nothing}"
}

# --- Containers --------------------------------------------------------------------------------------------------------

container_of() { # SERVICE: sets id
  run 60 docker ps --all --quiet --no-trunc --filter "label=com.docker.compose.project=$project" --filter "label=com.docker.compose.service=$1" \
    --filter 'label=com.docker.compose.oneoff=False' || return 1
  id=$(head -n 1 "$work/out")
  [ -n "$id" ]
}

# Sets state and health (none when it has no check), started_at and exit_code.
inspect() { # SERVICE
  state=missing health=none started_at='' exit_code=''
  container_of "$1" || return 0
  run 60 docker inspect --format '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.State.StartedAt}} {{.State.ExitCode}}' "$id" || return 0
  read -r state health started_at exit_code <"$work/out" || :
}

last_lines() { # SERVICE
  container_of "$1" || return 0
  run 60 docker logs --tail 15 "$id" || :
  cat "$work/out" "$work/err" | tr -d '\000' | tail -n 15
}

# Why the last health check of a container failed, in one line.
last_health() {
  run 60 docker inspect --format '{{range .State.Health.Log}}{{.Output}}{{end}}' "$id" || return 0
  tr -d '\000' <"$work/out" | sed '/^[[:space:]]*$/d' | tail -n 1 | cut -c 1-200
}

# Waits until a service is as it should be; says otherwise why it is not.
await() { # SERVICE
  local until=$((SECONDS + timeout)) why
  tell="waiting for $1"
  while :; do
    inspect "$1"
    case $state:$health in
      running:healthy | running:none) return 0 ;;
      running:unhealthy) why=$(last_health); fails "it is unhealthy${why:+: $why}" "$(last_lines "$1")"; return ;;
      exited:* | dead:*) fails "it ended with $exit_code" "$(last_lines "$1")"; return ;;
      restarting:*) [ "$SECONDS" -lt $((until - timeout + 15)) ] || { fails "it ends with $exit_code and is started again and again" "$(last_lines "$1")"; return; } ;;
      missing:*) fails 'it has no container'; return ;;
    esac
    [ "$SECONDS" -lt "$until" ] || { fails "it is not healthy after $timeout s ($state, $health)" "$(last_lines "$1")"; return; }
    progress $((SECONDS - until + timeout))
    sleep 1
  done
}

# Whether a service runs; a step that asks it is pointless otherwise.
runs() { # SERVICE
  inspect "$1"
  case $state:$health in
    running:healthy | running:none) return 0 ;;
    running:starting) await "$1" ;;
    missing:*) fails "$1 has no container" ;;
    running:*) fails "$1 is $health" ;;
    *) fails "$1 does not run: it is $state" ;;
  esac
}

# Where a port is published: sets host and port. It is another one after each start.
published() { # SERVICE PORT
  compose 60 port "$1" "$2" || { fails "its port $2 is not published: $(complaint)"; return; }
  local address
  address=$(head -n 1 "$work/out")
  port=${address##*:} host=${address%:*}
  case $host in 0.0.0.0) host=127.0.0.1 ;; '[::]') host='[::1]' ;; esac
  case $port in '' | 0 | *[!0-9]*) fails "its port $2 is not published"; return ;; esac
}

# --- Prerequisites and start -------------------------------------------------------------------------------------------

# Whether a version is at least another one; only numbers count.
at_least() { # VERSION MINIMUM
  local have=${1#v} want=$2 left right
  while [ -n "$want" ]; do
    left=${have%%[!0-9]*} right=${want%%.*}
    [ "${left:-0}" -eq "$right" ] || { [ "${left:-0}" -gt "$right" ]; return; }
    have=${have#"$left"} have=${have#.}
    case $want in *.*) want=${want#*.} ;; *) want='' ;; esac
  done
}

prerequisites() {
  local tool engine compose
  for tool in awk cat cut grep head mktemp sed sleep tail tar tr; do
    command -v "$tool" >/dev/null 2>&1 || { fails "$tool is not installed"; return; }
  done
  command -v docker >/dev/null 2>&1 || { fails 'docker is not installed, or not on the PATH. See https://docs.docker.com/get-docker/'; return; }
  if [ "$needs_curl" = yes ]; then
    command -v curl >/dev/null 2>&1 || { fails 'curl is not installed; the checks over HTTP need it'; return; }
  fi
  run 60 docker version --format '{{.Server.Version}}' || { fails "the Docker engine does not answer: $(complaint)"; return; }
  engine=$(head -n 1 "$work/out")
  at_least "$engine" "$minimum_engine" || { fails "the Docker engine is $engine, and this stack needs $minimum_engine or newer"; return; }
  run 60 docker compose version --short || { fails "Docker has no Compose plugin: $(complaint)"; return; }
  compose=$(head -n 1 "$work/out")
  at_least "$compose" "$minimum_compose" || { fails "Docker Compose is $compose, and this stack needs $minimum_compose or newer"; return; }
  note="Engine $engine, Compose ${compose#v}"
}

required() { # FILE…
  local file
  [ "$phase" = files ] || return 0
  for file in "$@"; do [ -e "$root/$file" ] || missing+=" $file"; done
}

not_copied() { # PATTERN…
  local pattern
  [ "$phase" = copy ] || return 0
  for pattern in "$@"; do excludes+=("--exclude=$pattern"); done
}

make_folder() { # FOLDER…
  local folder
  [ "$phase" = folders ] || return 0
  for folder in "$@"; do mkdir -p "$copy/$folder"; done
}

service() { # SERVICE
  if [ "$phase" = services ]; then services+=" $1"; fi
}

tabled() { # PHASE
  phase=$1
  tables
  phase=run
}

files_exist() {
  missing=''
  tabled files
  [ -z "$missing" ] || fails "not there:$missing. They belong to the stack: git status says whether they were deleted"
}

# The copy has sources and settings, no data: whatever the containers write is written there.
configuration() {
  local variable
  excludes=(--exclude=.git --exclude=node_modules --exclude=.venv --exclude=venv --exclude=__pycache__)
  tabled copy
  tell='copying the folder of the stack'
  mkdir "$copy"
  run 0 copy_folder || { fails "the folder could not be copied: $(complaint)"; return; }
  tabled folders
  override >"$work/override.yaml"
  # Sources of the host that lie elsewhere, and data that would.
  export STACK_TEST_ROOT=$root STACK_TEST_DATA=$work/data
  # The environment wins over .env: every published port is a free one.
  for variable in $port_variables; do export "$variable=0"; done
  export COMPOSE_PROFILES=$profiles
  compose 60 config --quiet || fails "$(complaint)"
}

copy_folder() {
  tar -C "$root" "${excludes[@]}" -cf - . | tar -C "$copy" -xf -
}

start() {
  local failing=''
  tell='building and starting'
  began_starting=yes
  # shellcheck disable=SC2086 # a list of names
  if compose 0 up --detach --build --quiet-pull $started; then return 0; fi
  local why
  why=$(complaint)
  services=''
  tabled services
  for service in $services; do
    inspect "$service"
    case $state:$health:$exit_code in
      running:unhealthy:*) failing=$service; why="$service is unhealthy: $(last_health)" ;;
      exited:*:0 | running:* | missing:* | created:*) continue ;;
      *) failing=$service; why="$service ended with $exit_code" ;;
    esac
    break
  done
  if [ -n "$failing" ]; then fails "$why" "$(last_lines "$failing")"; else fails "$why"; fi
}

# --- Checks ------------------------------------------------------------------------------------------------------------

healthy() { # SERVICE
  await "$1"
}

ended() { # SERVICE
  local until=$((SECONDS + timeout))
  tell="waiting for the end of $1"
  while :; do
    inspect "$1"
    case $state:$exit_code in
      exited:0) return 0 ;;
      exited:* | dead:*) fails "it ended with $exit_code" "$(last_lines "$1")"; return ;;
      missing:*) fails 'it has no container'; return ;;
    esac
    [ "$SECONDS" -lt "$until" ] || { fails "it has not ended after $timeout s" "$(last_lines "$1")"; return; }
    progress $((SECONDS - until + timeout))
    sleep 1
  done
}

# Asks once more for some seconds: a service without a health check may still be starting.
patiently() { # COMMAND…
  local until=$((SECONDS + 5))
  [ "$health" != none ] || until=$((SECONDS + 30))
  while :; do
    reason='' details=''
    if "$@"; then return 0; fi
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 1
  done
}

http() { # SERVICE PORT PATH STATUS EXPRESSION
  runs "$1" || return
  published "$1" "$2" || return
  tell="asking $1"
  patiently ask "$host:$port$3" "$4" "$5"
}

ask() { # ADDRESS STATUS EXPRESSION
  local got
  get "$1" || { fails "GET http://$1 was not answered: $(complaint)"; return; }
  got=$(cat "$work/out")
  [ "$2" = 0 ] || [ "$got" = "$2" ] || { fails "GET http://$1 was answered with $got, not $2: $(shown "$work/body")"; return; }
  [ -z "$3" ] || matches "$3" "$work/body" || fails "GET http://$1 was answered without $3: $(shown "$work/body")"
}

get() { # ADDRESS
  : >"$work/body"
  run 20 curl --silent --show-error --noproxy '*' --globoff --max-time 10 --output "$work/body" --write-out '%{http_code}' "http://$1"
}

tcp() { # SERVICE PORT BYTES EXPRESSION
  runs "$1" || return
  published "$1" "$2" || return
  patiently talk "$3" "$4"
}

talk() { # BYTES EXPRESSION
  local address=${host#[} waited=0
  address=${address%]}
  : >"$work/answer"
  set -m
  exchange "$address" "$port" "$1" </dev/null >"$work/answer" 2>"$work/err" &
  child=$!
  set +m
  while ! matches "$2" "$work/answer" && [ "$waited" -lt 5 ] && kill -0 "$child" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
  done
  end_group "$child"
  child=''
  matches "$2" "$work/answer" || fails "$host:$port answered with $(shown "$work/answer") instead of $2"
}

exchange() { # ADDRESS PORT BYTES
  exec 3<>"/dev/tcp/$1/$2" || exit 1
  printf '%b' "$3" >&3
  cat <&3
}

program() { # SERVICE EXPRESSION COMMAND…
  local service=$1 expression=$2
  shift 2
  runs "$service" || return
  patiently succeeds "$service" "$expression" "$@"
}

succeeds() { # SERVICE EXPRESSION COMMAND…
  local service=$1 expression=$2
  shift 2
  compose "$timeout" exec -T "$service" "$@" || { fails "in $service, $1 failed: $(complaint)"; return; }
  [ -z "$expression" ] || matches "$expression" "$work/out" || fails "in $service, $1 printed no line with $expression: $(shown "$work/out")"
}

# Knocks from inside a container, with what its image has.
reaches() { # SERVICE TARGET PORT CLIENT
  local status=0
  runs "$1" || return
  case $4 in
    python) compose 30 exec -T "$1" python -c 'import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 5)' "$2" "$3" || status=$? ;;
    node) compose 30 exec -T "$1" node -e 'require("net").connect({ host: process.argv[1], port: Number(process.argv[2]), timeout: 5000 }).on("connect", () => process.exit(0)).on("timeout", () => { console.error("no answer"); process.exit(1); }).on("error", (error) => { console.error(error.message); process.exit(1); })' "$2" "$3" || status=$? ;;
    *)
      # shellcheck disable=SC2016 # it is for the shell of the container
      compose 30 exec -T "$1" sh -c '
        if command -v bash >/dev/null; then exec bash -c "exec 3<>/dev/tcp/$1/$2"
        elif command -v nc >/dev/null; then exec nc -z -w 5 "$1" "$2"
        elif command -v python >/dev/null; then exec python -c "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 5)" "$1" "$2"
        elif command -v php >/dev/null; then exec php -r "exit(fsockopen(\$argv[1], (int) \$argv[2], \$number, \$text, 5) ? 0 : 1);" -- "$1" "$2"
        elif command -v node >/dev/null; then exec node -e "require(\"net\").connect(process.argv[2], process.argv[1], () => process.exit(0)).on(\"error\", (error) => { console.error(error.message); process.exit(1); })" "$1" "$2"
        else exit 127; fi' sh "$2" "$3" || status=$? ;;
  esac
  case $status in
    0) return 0 ;;
    126 | 127) reason='its image has nothing to ask with'; return 77 ;;
    *) fails "no connection to $2:$3: $(complaint)" ;;
  esac
}

stored() { # SERVICE KIND NAME TARGET
  local name=${project}_$3
  case $2 in bind) name=$copy/${3#./} ;; esac
  container_of "$1" || { fails 'it has no container'; return; }
  run 60 docker inspect --format '{{range .Mounts}}{{.Type}} {{if eq .Type "volume"}}{{.Name}}{{else}}{{.Source}}{{end}} {{.Destination}}{{println}}{{end}}' "$id" \
    || { fails "$(complaint)"; return; }
  case $newline$(cat "$work/out")$newline in
    *"$newline$2 $name $4$newline"*) return 0 ;;
    *) fails "nothing of this name is mounted at $4; there is: $(shown "$work/out")" ;;
  esac
}

follows() { # SERVICE PORT PATH EXPRESSION FILE TEXT
  local before until=$((SECONDS + timeout))
  runs "$1" || return
  before="$id $started_at"
  published "$1" "$2" || return
  tell="waiting for $1 to follow its sources"
  get "$host:$port$3" || { fails "GET http://$host:$port$3 was not answered: $(complaint)"; return; }
  if matches "$4" "$work/body"; then fails "GET $3 is answered with $4 before anything has changed"; return; fi
  [ -f "$copy/$5" ] || { fails "there is no file $5"; return; }
  chmod u+w "$copy/$5"
  printf '\n%s\n' "$6" >>"$copy/$5"
  # Who edits a file waits no longer either.
  [ "$timeout" -lt 30 ] || until=$((SECONDS + 30))
  while :; do
    if get "$host:$port$3" && matches "$4" "$work/body"; then break; fi
    [ "$SECONDS" -lt "$until" ] || { fails "after a change of $5, GET $3 is still answered without $4" "$(last_lines "$1")"; return; }
    sleep 1
  done
  inspect "$1"
  [ "$id $started_at" = "$before" ] || fails 'the change was seen, but the container was started anew'
}

# --- Data that outlives the containers ---------------------------------------------------------------------------------

write_failed='' restart_failed='' restarted=no

write_data() { # SERVICE EXPRESSION WORDS WRITE… READ…
  local service=$1 words=$3
  shift 3
  compose "$timeout" exec -T "$service" "${@:1:words}" || write_failed+="$newline$number $(complaint)"
}

# Once for all of them: everything is written, all containers are removed and made anew.
restart_all() {
  local service at=$number
  [ "$restarted" = no ] || return 0
  restarted=yes number=0 phase=write
  steps
  phase=run number=$at
  tell='taking everything down and up again'
  compose "$timeout" down || { restart_failed="down failed: $(complaint)"; return 0; }
  # shellcheck disable=SC2086 # a list of names
  compose "$timeout" up --detach $started || { restart_failed="it did not start again: $(complaint)"; return 0; }
}

keeps() { # SERVICE EXPRESSION WORDS WRITE… READ…
  local service=$1 expression=$2 words=$3 line
  shift 3
  runs "$service" || return
  restart_all
  line=${write_failed##*"$newline$number "}
  [ "$line" = "$write_failed" ] || { fails "nothing could be written: ${line%%"$newline"*}"; return; }
  [ -z "$restart_failed" ] || { fails "$restart_failed"; return; }
  await "$service" || return
  shift "$words"
  patiently succeeds "$service" "$expression" "$@"
}

# --- The end -----------------------------------------------------------------------------------------------------------

shutdown() {
  local began=$SECONDS bad='' name code
  if [ "$keep" = yes ]; then reason='--keep leaves it running'; return 77; fi
  # The first program of a container hears no signal before it has said what to do about it: what was started anew may not be there yet.
  services=''
  tabled services
  for name in $services; do await "$name" || :; done
  reason='' details='' began=$SECONDS
  tell='stopping everything'
  compose "$timeout" stop || { fails "$(complaint)"; return; }
  note="$((SECONDS - began)) s for all"
  run 60 docker ps --all --filter "label=com.docker.compose.project=$project" --format '{{.Label "com.docker.compose.service"}} {{.ID}}' || { fails "$(complaint)"; return; }
  cp "$work/out" "$work/containers"
  while read -r name id; do
    run 60 docker inspect --format '{{.State.ExitCode}}' "$id" || continue
    code=$(cat "$work/out")
    case $code in
      0 | 143) ;;
      137) bad+="${bad:+, }$name had to be killed (137)" ;;
      *) bad+="${bad:+, }$name ended with $code" ;;
    esac
  done <"$work/containers"
  [ -z "$bad" ] || { fails "$bad"; return; }
  remove_all
  [ -z "$left" ] || fails "left behind: $left"
}

# Everything that the engine has of this run, found by its labels: also when the files are gone or broken.
ours() { # KIND
  case $1 in
    container) docker ps --all --quiet --filter "label=com.docker.compose.project=$project" ;;
    # By name: what was built alike has the same id, and the stack itself may have it too.
    image) docker image ls --format '{{.Repository}}:{{.Tag}}' --filter "reference=$project-*" ;;
    *) docker "$1" ls --quiet --filter "label=com.docker.compose.project=$project" ;;
  esac 2>/dev/null || :
}

# Removes it, and sets left to what could not be removed.
remove_all() {
  local kind ids round
  left=''
  [ "$began_starting" = yes ] || return 0
  # What was being made when it was interrupted may appear only now.
  for round in 1 2 3; do
    ids=$(ours container)
    # shellcheck disable=SC2086 # a list of ids
    [ -z "$ids" ] || run 120 docker rm --force --volumes $ids || :
    empty_copy
    left=''
    for kind in volume network image; do
      ids=$(ours "$kind")
      # shellcheck disable=SC2086 # a list of ids
      case $kind:$ids in *:) ;; image:*) run 120 docker image rm --force $ids || : ;; *) run 120 docker "$kind" rm $ids || : ;; esac
    done
    for kind in container volume network image; do
      ids=$(ours "$kind")
      [ -z "$ids" ] || left+="${left:+, }$kind ${ids//$newline/ }"
    done
    [ -n "$left" ] || return 0
    sleep "$round"
  done
}

# Data may belong to the users of containers, and only root may delete it: a container as root does, with an image that is there.
empty_copy() {
  local image
  [ -d "$work" ] || return 0
  rm -rf "$copy" "$work/data" 2>/dev/null || :
  if [ ! -e "$copy" ] && [ ! -e "$work/data" ]; then return 0; fi
  for image in $(cat "$work/images" 2>/dev/null || :); do
    run 120 docker run --rm --pull never --network none --user 0 --entrypoint rm --volume "$work:/work" "$image" -rf /work/copy /work/data || :
    rm -rf "$copy" "$work/data" 2>/dev/null || :
    [ -e "$copy" ] || [ -e "$work/data" ] || return 0
  done
}

# The images that run, for the clean-up.
remember_images() {
  local ids
  ids=$(ours container)
  # shellcheck disable=SC2086 # a list of ids
  [ -z "$ids" ] || docker inspect --format '{{.Image}}' $ids 2>/dev/null | sort -u >"$work/images" || :
}

interrupted() { # STATUS
  # Once is enough: the clean-up is not to be interrupted.
  trap '' INT TERM HUP
  [ -z "$child" ] || { kill -TERM -- "-$child" 2>/dev/null || :; wait "$child" 2>/dev/null || :; child=''; }
  [ -z "$helper" ] || { end_group "$helper"; helper=''; }
  forget_progress
  printf '%s: interrupted; removing what was started\n' "$script_name" >&2
  verdict=$1 keep=no
  exit "$1"
}

finish() {
  local status=$? images
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  [ -z "$helper" ] || end_group "$helper"
  if [ "$keep" = yes ] && [ "$began_starting" = yes ]; then
    printf 'The copy still runs. To look into it: docker compose -p %s ps\n' "$project" >&4
    # Only what this run built: the other images are everybody's.
    printf 'To remove it: docker compose -p %s down --volumes --remove-orphans' "$project" >&4
    images=$(ours image)
    [ -z "$images" ] || printf '; docker image rm --force %s' "${images//$newline/ }" >&4
    printf '; rm -rf %s\n' "$work" >&4
  else
    [ ! -d "$work" ] || { tell='removing the copy'; remember_images; remove_all; forget_progress; empty_copy; rm -rf "$work" 2>/dev/null; }
    if [ -n "$left" ] || [ -e "$work" ]; then
      printf '%s: left behind: %s\n' "$script_name" "${left:+$left }$([ ! -e "$work" ] || printf '%s' "$work")" >&2
      [ "$status" -ne 0 ] || status=1
    fi
  fi
  exit "$status"
}

# --- Command line ------------------------------------------------------------------------------------------------------

main() {
  local list=no at=0
  keep=no as_json=no timeout=180 verdict=0 began_starting=no left='' health=none terminal=no red='' green='' plain=''
  while [ "$#" -gt 0 ]; do
    case $1 in
      --only=*) only[only_count]=${1#*=} only_used[only_count]=no only_count=$((only_count + 1)) ;;
      --only)
        [ "$#" -ge 2 ] || misused '--only needs a number, or a part of a title'
        only[only_count]=$2 only_used[only_count]=no only_count=$((only_count + 1))
        shift ;;
      --list) list=yes ;;
      --keep) keep=yes ;;
      --json) as_json=yes ;;
      --timeout=*) timeout=${1#*=} ;;
      --timeout) [ "$#" -ge 2 ] || misused '--timeout needs a number of seconds'; timeout=$2; shift ;;
      -h | --help) usage; exit 0 ;;
      *) misused "unknown option: $1" ;;
    esac
    shift
  done
  case $timeout in '' | *[!0-9]* | 0*) misused "--timeout needs a number of seconds from 1, not \"$timeout\"" ;; esac

  # Lists the steps, and finds out what --only names.
  phase=list
  if [ "$list" = yes ]; then steps; exit 0; fi
  steps >/dev/null
  while [ "$at" -lt "$only_count" ]; do
    [ "${only_used[at]}" = yes ] || misused "no step is called \"${only[at]}\"; --list names them"
    at=$((at + 1))
  done

  exec 4>&1
  [ "$as_json" = no ] || exec 4>&2
  if [ -t 4 ]; then
    terminal=yes
    if [ -z "${NO_COLOR-}" ] && [ "${TERM-dumb}" != dumb ]; then red=$'\033[31m' green=$'\033[32m' plain=$'\033[0m'; fi
  fi
  root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
  work=$(CDPATH='' cd -- "${TMPDIR:-/tmp}" && pwd -P) || { printf '%s: there is no folder %s (TMPDIR)\n' "$script_name" "${TMPDIR:-/tmp}" >&2; exit 2; }
  work=$(mktemp -d "$work/$stack_name-test.XXXXXX") || exit 2
  copy=$work/copy project=$(printf '%s-test-%s' "$stack_name" "${work##*.}" | tr '[:upper:]' '[:lower:]')-$$
  trap finish EXIT
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP

  printf 'Testing the stack %s in a copy of its own, project %s\n' "$stack_name" "$project" >&4
  number=0 phase=run
  steps
  if [ "$verdict" -eq 0 ] && [ "$failed" -gt 0 ]; then verdict=1; fi
  printf '%d passed, %d failed, %d skipped in %d s\n' "$passed" "$failed" "$skipped" "$SECONDS" >&4
  if [ "$as_json" = yes ]; then
    printf '{ "stack": "%s", "passed": %d, "failed": %d, "skipped": %d, "steps": [%s\n] }\n' "$(json "$stack_name")" "$passed" "$failed" "$skipped" "$results"
  fi
  exit "$verdict"
}

main "$@"
