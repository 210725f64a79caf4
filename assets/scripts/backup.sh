#!/usr/bin/env bash
# Saves the data of this stack while it runs. Needs bash (3.2 or newer), Docker with Compose and POSIX tools.

# shellcheck disable=SC2329 # some functions are called by their names
set -euo pipefail

# What is saved is for its owner only.
umask 077

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
Saves the data of this stack while it runs: one file for each database, with a checksum beside it.

Usage:
  ./scripts/backup.sh [--service NAME] [--database NAME] [--output-dir FOLDER] [--production | --file COMPOSE_FILE]

Options:
  --service NAME        only the data of this service
  --database NAME       only this database
  --output-dir FOLDER   where the files are written; by default backups/ in the folder above this script, which git ignores
  --production          of the production stack on this machine, not of the development one
  --file COMPOSE_FILE   of the stack that this Compose file describes
  -h, --help            this text

A file appears under its name only when it is complete and was read back. To put it back: ./scripts/restore.sh

Exit status: 0 all is saved, 1 something could not be saved, 2 it cannot run here, 64 wrong usage, 130 or 143 interrupted.
END
}

die() { # STATUS MESSAGE
  printf 'backup.sh: %s\n' "$2" >&2
  exit "$1"
}

misused() { # MESSAGE
  printf 'backup.sh: %s\n\n' "$1" >&2
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

# What a program complained about last, in one line.
complaint() {
  sed -e 's/^time="[^"]*" level=[a-z]* msg=//' -e '/^[[:space:]]*$/d' "$errors" | tail -n 1
}

checksum() { # FILE
  if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

size() { # FILE
  wc -c <"$1" | awk '{ if ($1 < 10240) print $1 " bytes"; else if ($1 < 10485760) printf "%d KB\n", $1 / 1024; else printf "%d MB\n", $1 / 1048576 }'
}

# Every line of the table above comes here.
data() { # SERVICE DATABASE EXTENSION WORDS DUMP… WORDS VERIFY… …
  local service=$1 database=$2 extension=$3 words=$4 name target began=$SECONDS
  shift 4
  if [ -n "$only_service" ] && [ "$only_service" != "$service" ]; then return 0; fi
  if [ -n "$only_database" ] && [ "$only_database" != "$database" ]; then return 0; fi
  matched=$((matched + 1))
  name=$(printf '%s-%s-%s' "$prefix" "$service" "$database" | tr -c 'A-Za-z0-9._\n-' '_')-$now.$extension
  target=$folder/$name
  part=$folder/.$name.$$.part

  if [ -z "$(compose ps --quiet "$service" 2>"$errors" || :)" ]; then
    fails "$service" "it does not run$(text=$(complaint); printf '%s' "${text:+ ($text)}"). Start it: docker compose --file ${file##*/} up --detach --wait $service"
    return 0
  fi
  if ! run compose exec -T "$service" "${@:1:words}" </dev/null >"$part" 2>"$errors"; then
    fails "$service" "$database could not be saved: $(complaint)"
    return 0
  fi
  shift "$words"
  words=$1
  shift
  if ! run compose exec -T "$service" "${@:1:words}" <"$part" >/dev/null 2>"$errors"; then
    fails "$service" "what was saved of $database cannot be read back: $(complaint)"
    return 0
  fi
  printf '%s  %s\n' "$(checksum "$part")" "$name" >"$part.sha256"
  # The checksum first: a file without one is never taken for a whole one.
  mv -f "$part.sha256" "$target.sha256"
  mv -f "$part" "$target"
  part=''
  printf '%s (%s, %d s)\n' "${target#"$PWD"/}" "$(size "$target")" $((SECONDS - began))
}

fails() { # SERVICE MESSAGE
  failed=1
  rm -f "$part" "$part.sha256"
  part=''
  printf 'backup.sh: %s: %s\n' "$1" "$2" >&2
}

finish() {
  [ -z "$part" ] || rm -f "$part" "$part.sha256"
  rm -f "$errors"
}

interrupted() { # STATUS
  trap '' INT TERM HUP
  # Whatever was interrupted may have its messages elsewhere.
  exec 2>&3
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null || :
  printf 'backup.sh: interrupted; nothing incomplete is left\n' >&2
  exit "$1"
}

main() {
  exec 3>&2
  local root
  root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
  only_service='' only_database='' folder=$root/backups file=$root/$compose_file prefix=$stack_name matched=0 failed=0 part='' errors=''
  while [ "$#" -gt 0 ]; do
    case $1 in
      --service | --database | --output-dir | --file) [ "$#" -ge 2 ] || misused "$1 needs a name" ;;
    esac
    case $1 in
      --service) only_service=$2; shift ;;
      --service=*) only_service=${1#*=} ;;
      --database) only_database=$2; shift ;;
      --database=*) only_database=${1#*=} ;;
      --output-dir) folder=$2; shift ;;
      --output-dir=*) folder=${1#*=} ;;
      --production) file=$root/$production_file prefix=$production_name ;;
      --file) file=$2; shift ;;
      --file=*) file=${1#*=} ;;
      -h | --help) usage; exit 0 ;;
      *) misused "unknown option: $1" ;;
    esac
    shift
  done
  [ -n "$folder" ] || misused '--output-dir needs the name of a folder'
  [ -f "$file" ] || die 2 "there is no Compose file $file"
  command -v docker >/dev/null 2>&1 || die 2 'docker is not installed, or not on the PATH'
  command -v sha256sum >/dev/null 2>&1 || command -v shasum >/dev/null 2>&1 || die 2 'neither sha256sum nor shasum is installed'
  mkdir -p "$folder" || die 2 "the folder $folder cannot be made"
  folder=$(CDPATH='' cd -- "$folder" && pwd -P)
  errors=$(mktemp "${TMPDIR:-/tmp}/backup.XXXXXX") || exit 2
  trap finish EXIT
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP
  docker info >/dev/null 2>"$errors" || die 2 "the Docker engine does not answer: $(complaint)"

  now=$(date -u +%Y%m%dT%H%M%SZ)
  kept
  [ "$matched" -gt 0 ] || misused "nothing is kept by this name: ${only_service:-any service}, ${only_database:-any database}"
  exit "$failed"
}

main "$@"
