#!/usr/bin/env bash
# Puts data back that scripts/backup.sh saved. Needs bash (3.2 or newer), Docker with Compose and POSIX tools.

# shellcheck disable=SC2329 # some functions are called by their names
set -euo pipefail

# @facts@ What this stack keeps; the rest of this file is the same for every stack.
stack_name='example'
production_name='example-prod'
compose_file='compose.yaml'
production_file='compose.prod.yaml'

# shellcheck disable=SC1003,SC2016 # the commands are for shells of containers
kept() {
  data postgres app dump 3 pg_dump -d app 1 pg_restore 1 count 1 restore
}
# @end@

usage() {
  cat <<'END'
Puts data back that ./scripts/backup.sh saved, wholly or not at all, while the stack runs.

Usage:
  ./scripts/restore.sh [--service NAME] [--database NAME] [--force] [--production | --file COMPOSE_FILE] BACKUP

BACKUP is a file that backup.sh wrote, with its checksum (BACKUP.sha256) beside it. It is refused when the checksum is missing or
wrong, or when it is not complete; nothing is changed then.

Options:
  --force               replaces what is there: every table and all rows that the database has now are lost
  --service NAME        the service that gets the data; by default the one that the name of the file tells
  --database NAME       the database that gets the data; by default the one that the name of the file tells
  --production          into the production stack on this machine, not into the development one
  --file COMPOSE_FILE   into the stack that this Compose file describes
  -h, --help            this text

Exit status: 0 all is back, 1 refused or failed and nothing was changed, 2 it cannot run here, 64 wrong usage, 130 or 143 interrupted.
END
}

die() { # STATUS MESSAGE
  printf 'restore.sh: %s\n' "$2" >&2
  exit "$1"
}

misused() { # MESSAGE
  printf 'restore.sh: %s\n\n' "$1" >&2
  usage >&2
  exit 64
}

child=''

# Runs a program so that whoever ends this script is not kept waiting for it. Its standard input is that of this function.
run() { # COMMAND…
  local status=0
  "$@" <&0 &
  child=$!
  wait "$child" || status=$?
  child=''
  return "$status"
}

compose() { # ARGUMENTS…
  docker compose --ansi never --file "$file" "$@"
}

# What a program complained about first, in one line: what follows it is a consequence.
complaint() {
  local text
  text=$(grep -E '(ERROR|FATAL|error):' "$errors" | head -n 1)
  [ -n "$text" ] || text=$(sed -e 's/^time="[^"]*" level=[a-z]* msg=//' -e '/^[[:space:]]*$/d' "$errors" | tail -n 1)
  printf '%s' "$text"
}

checksum() { # FILE
  if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

# Every line of the table above comes here: once to find out which one is meant, once to do it.
data() { # SERVICE DATABASE EXTENSION WORDS DUMP… WORDS VERIFY… WORDS COUNT… WORDS RESTORE…
  local service=$1 database=$2 name
  case $phase in
    find)
      if [ -n "$only_service" ] && [ "$only_service" != "$service" ]; then return 0; fi
      if [ -n "$only_database" ] && [ "$only_database" != "$database" ]; then return 0; fi
      candidates+=" $service/$database"
      count=$((count + 1)) chosen_service=$service chosen_database=$database
      name=$(printf '%s-%s' "$service" "$database" | tr -c 'A-Za-z0-9._\n-' '_')
      case ${backup##*/} in
        "$stack_name-$name-"[0-9]*Z."$3" | "$production_name-$name-"[0-9]*Z."$3") named=$((named + 1)) named_service=$service named_database=$database ;;
      esac ;;
    restore)
      if [ "$service" = "$chosen_service" ] && [ "$database" = "$chosen_database" ]; then shift 3; put_back "$@"; fi ;;
  esac
}

put_back() { # WORDS DUMP… WORDS VERIFY… WORDS COUNT… WORDS RESTORE…
  local things began
  shift $(($1 + 1))
  run compose exec -T "$chosen_service" "${@:2:$1}" <"$backup" >/dev/null 2>"$errors" \
    || die 1 "$backup is not a complete backup: $(complaint). Nothing was changed."
  shift $(($1 + 1))
  things=$(compose exec -T "$chosen_service" "${@:2:$1}" </dev/null 2>"$errors") || die 1 "$chosen_database could not be looked into: $(complaint). Nothing was changed."
  case $things in
    0) ;;
    *)
      [ "$force" = yes ] || die 1 "the database $chosen_database of $chosen_service is not empty: $things tables and the like are there. \
Nothing was changed. --force replaces them: what the database has now is lost (./scripts/backup.sh saves it first)."
      ;;
  esac
  shift $(($1 + 1))
  began=$SECONDS
  run compose exec -T "$chosen_service" "${@:2:$1}" <"$backup" >/dev/null 2>"$errors" \
    || die 1 "$chosen_database could not be restored: $(complaint). Nothing was changed."
  printf 'Restored the database %s of %s from %s (%d s).\n' "$chosen_database" "$chosen_service" "$backup" $((SECONDS - began))
}

finish() {
  rm -f "$errors"
}

interrupted() { # STATUS
  trap '' INT TERM HUP
  # Whatever was interrupted may have its messages elsewhere.
  exec 2>&3
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null || :
  printf 'restore.sh: interrupted; nothing was changed\n' >&2
  exit "$1"
}

main() {
  exec 3>&2
  local root expected
  root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
  only_service='' only_database='' file=$root/$compose_file force=no backup='' errors=''
  while [ "$#" -gt 0 ]; do
    case $1 in
      --service | --database | --file) [ "$#" -ge 2 ] || misused "$1 needs a name" ;;
    esac
    case $1 in
      --service) only_service=$2; shift ;;
      --service=*) only_service=${1#*=} ;;
      --database) only_database=$2; shift ;;
      --database=*) only_database=${1#*=} ;;
      --force) force=yes ;;
      --production) file=$root/$production_file ;;
      --file) file=$2; shift ;;
      --file=*) file=${1#*=} ;;
      -h | --help) usage; exit 0 ;;
      -*) misused "unknown option: $1" ;;
      *) [ -z "$backup" ] || misused "one backup at a time, not $backup and $1"; backup=$1 ;;
    esac
    shift
  done
  [ -n "$backup" ] || misused 'say which backup'
  [ -f "$file" ] || die 2 "there is no Compose file $file"
  [ -f "$backup" ] && [ -r "$backup" ] || die 1 "there is no file $backup, or it cannot be read"

  # Which data it is.
  phase=find saved=no candidates='' count=0 named=0 named_service='' named_database='' chosen_service='' chosen_database=''
  kept
  if [ "$count" -eq 0 ]; then misused "nothing is kept by this name: ${only_service:-any service}, ${only_database:-any database}"; fi
  case ${backup##*/} in *-*-[0-9]*T[0-9]*Z.*) saved=yes ;; esac
  if [ "$named" -eq 1 ]; then
    chosen_service=$named_service chosen_database=$named_database
  elif [ "$saved" = yes ] && [ -z "$only_service$only_database" ]; then
    misused "the name of $backup says that it was saved from something else. To put it here all the same, say --service and --database; there are:$candidates"
  elif [ "$count" -gt 1 ]; then
    misused "the name of $backup does not tell where it belongs. Say --service and --database; there are:$candidates"
  fi
  # It was asked for, and may still be a slip.
  if [ "$named" -ne 1 ] && [ "$saved" = yes ]; then
    printf 'restore.sh: note: the name of %s says that it was not saved from %s of %s\n' "$backup" "$chosen_database" "$chosen_service" >&2
  fi

  # Whether it is what was saved.
  command -v sha256sum >/dev/null 2>&1 || command -v shasum >/dev/null 2>&1 || die 2 'neither sha256sum nor shasum is installed'
  [ -f "$backup.sha256" ] || die 1 "there is no checksum $backup.sha256, so nobody knows whether the backup is complete. Nothing was changed."
  expected=$(cut -d ' ' -f 1 <"$backup.sha256")
  [ "$(checksum "$backup")" = "$expected" ] || die 1 "$backup is not what was saved: its checksum differs from $backup.sha256. Nothing was changed."

  command -v docker >/dev/null 2>&1 || die 2 'docker is not installed, or not on the PATH'
  errors=$(mktemp "${TMPDIR:-/tmp}/restore.XXXXXX") || exit 2
  trap finish EXIT
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP
  docker info >/dev/null 2>"$errors" || die 2 "the Docker engine does not answer: $(complaint)"
  [ -n "$(compose ps --quiet "$chosen_service" 2>"$errors" || :)" ] \
    || die 2 "$chosen_service does not run$(text=$(complaint); printf '%s' "${text:+ ($text)}"). Start it: docker compose --file ${file##*/} up --detach --wait $chosen_service"
  phase=restore
  kept
}

main "$@"
