#!/bin/sh
# Run by the image before nginx starts. Writes what is known only then into /tmp/runtime, for the configuration beside this file:
#   resolver.conf   the name server of this network, which nginx asks again for an API that has moved, and what Kubernetes puts
#                   after the name of a service: nginx does not look for it
#   config.js       the settings of the page: the variables of the environment that begin with VITE_
set -eu

folder=/tmp/runtime
mkdir -p "$folder"

awk '
  $1 == "nameserver" {
    sub(/%.*/, "", $2)
    if (!server) server = ($2 ~ /:/ ? "[" $2 "]" : $2)
  }
  $1 == "search" && $2 ~ /\.svc\./ { domain = "." $2 }
  END {
    if (server) print "resolver " server " valid=5s;"
    print "map $remote_addr $service_domain { default \"" domain "\"; }"
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
