#!/bin/sh
# Saves the data of a service from within a cluster, and puts it back. Needs a POSIX shell and what the image of the service has.

# shellcheck disable=SC2329 # functions are called by their numbers
set -eu

# What is saved is for its owner only.
umask 077

# @facts@ What this service keeps; the rest of this file is the same for every service.
service='example'
keep=7

# shellcheck disable=SC1003,SC2016 # the commands are for shells of their own
kept() {
  data 1 app dump
}
dump_1() { pg_dump -Fc -d app; }
verify_1() { pg_restore --file=/dev/null; }
count_1() { psql -At -d app -c 'SELECT 0'; }
restore_1() { pg_restore -d app; }
# @end@

folder=/backups

usage() {
  cat <<'END'
Saves the data of a service, one file for each database with a checksum beside it, and removes files beyond those that are kept.

  (nothing)                 saves
  --list                    names the files
  --restore FILE [--force]  puts a file back; without --force only into an empty database
  --hold SECONDS            sleeps, so that files can be copied

Exit status: 0 all is well, 1 it failed, 64 wrong usage.
END
}

die() { # MESSAGE
  printf '%s: %s\n' "$service" "$1" >&2
  exit 1
}

misused() { # MESSAGE
  printf '%s\n\n' "$1" >&2
  usage >&2
  exit 64
}

checksum() { # FILE
  sha256sum <"$1" | cut -d ' ' -f 1
}

fails() { # MESSAGE
  printf '%s: %s\n' "$service" "$1" >&2
  rm -f "$part" "$part.sha256"
  failed=1
}

# Every line of the table above comes here.
data() { # NUMBER DATABASE EXTENSION
  case $mode in
    save) save "$@" ;;
    restore) case $file in "$service-$2"-????????T??????Z."$3") found=$1 database=$2 ;; esac ;;
  esac
}

save() { # NUMBER DATABASE EXTENSION
  target=$folder/$service-$2-$now.$3
  # A second pod may save at the same time.
  part=$folder/.$service-$2-$now-$(uname -n).part
  if ! "dump_$1" </dev/null >"$part"; then fails "$2 could not be saved"; return; fi
  if ! "verify_$1" <"$part" >/dev/null; then fails "what was saved of $2 cannot be read back"; return; fi
  printf '%s  %s\n' "$(checksum "$part")" "${target##*/}" >"$part.sha256"
  # The checksum first: a file without one is never taken for a whole one.
  mv -f "$part.sha256" "$target.sha256"
  mv -f "$part" "$target"
  printf '%s: %s is saved: %s, %s bytes\n' "$service" "$2" "${target##*/}" "$(wc -c <"$target" | tr -d ' ')"
  # Their names are in the order of time.
  set -- "$folder/$service-$2"-????????T??????Z."$3"
  while [ "$#" -gt "$keep" ]; do
    rm -f "$1" "$1.sha256"
    printf '%s: %s is removed\n' "$service" "${1##*/}"
    shift
  done
}

restore() {
  kept
  [ -n "$found" ] || die "$file is no file of this service; --list names them"
  [ -f "$folder/$file" ] || die "there is no $file; --list names the files"
  [ -f "$folder/$file.sha256" ] || die "$file has no checksum beside it. Nothing was changed"
  [ "$(checksum "$folder/$file")" = "$(cut -d ' ' -f 1 <"$folder/$file.sha256")" ] || die "$file is not what was saved: its checksum is another. Nothing was changed"
  "verify_$found" <"$folder/$file" >/dev/null || die "$file cannot be read. Nothing was changed"
  things=$("count_$found") || die "$database cannot be asked. Nothing was changed"
  [ "$things" = 0 ] || [ "$force" = yes ] || die "$database is not empty: $things tables and the like are there. Nothing was changed; --force replaces them"
  "restore_$found" <"$folder/$file" >/dev/null || die "$file could not be put back. $database is as it was"
  printf '%s: %s is what %s holds\n' "$service" "$database" "$file"
}

mode=save file='' found='' database='' force=no failed=0 part=''
while [ "$#" -gt 0 ]; do
  case $1 in
    --list) mode=list ;;
    --restore) [ "$#" -ge 2 ] || misused '--restore needs the name of a file'; mode=restore file=${2##*/}; shift ;;
    --force) force=yes ;;
    --hold) case ${2:-} in '' | *[!0-9]*) misused '--hold needs whole seconds' ;; esac; exec sleep "$2" ;;
    -h | --help) usage; exit 0 ;;
    *) misused "unknown option: $1" ;;
  esac
  shift
done

case $mode in
  list)
    for each in "$folder/$service"-*-????????T??????Z.*; do
      case $each in *.sha256 | *'*'*) ;; *) printf '%s\n' "${each##*/}" ;; esac
    done
    ;;
  restore) restore ;;
  save)
    # What a pod left behind that was ended.
    find "$folder" -name ".$service-*.part*" -mtime +0 -exec rm -f {} +
    now=$(date -u +%Y%m%dT%H%M%SZ)
    kept
    ;;
esac
exit "$failed"
