#!/bin/sh
# Run by the image before nginx starts. Writes what is known only then into /tmp/runtime, for the configuration beside this file:
#   resolver.conf   the name server of this network, which nginx asks again for an API that has moved
#   config.js       the settings of the page: the variables of the environment that begin with VITE_
set -eu

folder=/tmp/runtime
mkdir -p "$folder"

awk '
  $1 == "nameserver" {
    sub(/%.*/, "", $2)
    print "resolver " ($2 ~ /:/ ? "[" $2 "]" : $2) " valid=5s;"
    exit
  }
' /etc/resolv.conf >"$folder/resolver.conf"

awk '
  function quoted(text,    i, c, result) {
    for (i = 1; i <= length(text); i++) {
      c = substr(text, i, 1)
      if (c == "\\" || c == "\"") result = result "\\" c
      else if (c == "\n") result = result "\\n"
      else if (c ~ /[[:cntrl:]]/) result = result " "
      else result = result c
    }
    return "\"" result "\""
  }
  BEGIN {
    print "globalThis.runtimeSettings = {"
    for (name in ENVIRON) if (name ~ /^VITE_[A-Za-z0-9_]+$/) print "  " name ": " quoted(ENVIRON[name]) ","
    print "};"
  }
' >"$folder/config.js"
