#!/usr/bin/env bash
# Brings this stack to a Kubernetes cluster and watches until it works. Needs bash (3.2 or newer), kubectl and POSIX tools.

# What is started here is ended here, and what fails says what was changed. Never `set -x`: a value of a secret could be shown.
set -euo pipefail

export LC_ALL=C

usage() {
  cat <<'END'
Brings this stack to a Kubernetes cluster and watches until it works.

Usage:
  ./scripts/deploy.sh [ENVIRONMENT] [OPTIONS]
      Applies the manifests of the environment: first secrets, what keeps data and what runs once (migrations)
      with all that these need, then the rest, each when the one before is done. Then the smoke checks are
      asked. What fails leaves the old version serving: what was changed about it is taken back, and the exit
      status is not 0.

Options:
  --tag TAG             run the images with this tag instead of the one in the manifests
  --dry-run             show what the cluster would change, and change nothing
  --status              show what runs there, and change nothing
  --secrets-from FILE   first make or update the Secret from the keys of FILE that are needed (.env, say)
  --context NAME        the context of the kubeconfig; by default the current one
  --timeout SECONDS     how long to wait for each workload; by default 300
  --no-smoke            do not ask the smoke checks
  -h, --help            this text

Exit status: 0 all is well, 1 the deployment failed, 2 it could not begin and nothing was changed, 64 wrong usage,
130 interrupted: what was applied stays.
END
}

# @facts@ What this stack knows of itself; the rest of this file is the same for every stack.
directory='k8s'
default_environment='production'
part_of='example'
secret_name='example-secrets'
secret_keys='POSTGRES_PASSWORD SECRET_KEY'
optional_secret_keys='API_KEY'
images='example-backend'
secret_users() {
  # what has pods that must be made anew when one of these keys of the Secret changes
  secret_user Deployment/backend POSTGRES_PASSWORD SECRET_KEY
  secret_user StatefulSet/postgres POSTGRES_PASSWORD
}
environments() {
  # name namespace secrets
  environment production example plain
  environment staging example-staging plain
}
smoke_checks() {
  # title service number-of-the-port path status text, or title workload text program arguments
  smoke_http 'backend answers' backend 8000 '/health' 200 'healthy'
  smoke_exec 'postgres answers' statefulset/postgres '' pg_isready -q
}
# @end@

called_from=$PWD
CDPATH='' cd -- "$(dirname -- "$0")/.."

changed='Nothing was changed.'
# How a fault ends that has nothing to take back: 2 until something was changed, 1 from then on.
fault=2
work='' forward='' overlay_dir='' clusters='' told=''
# A signal may come while a command's errors go to a file.
exec 4>&2

say() { printf '%s\n' "$*"; }

# shellcheck disable=SC2329 # called by the trap
clean_up() {
  [ -z "$forward" ] || kill "$forward" 2>/dev/null || true
  [ -z "$overlay_dir" ] || rm -rf "$overlay_dir"
  [ -z "$work" ] || rm -rf "$work"
}
trap clean_up EXIT

# What the cluster was told goes on there: taking it back could take minutes, and whoever ends a script wants an end.
# shellcheck disable=SC2329 # called by the traps
interrupted() { # STATUS
  trap '' INT TERM HUP
  # It may have come between what was asked and what was answered.
  [ -z "$told" ] || [ "$changed" != 'Nothing was changed.' ] || changed='The namespace or the Secret may have been written, and nothing else.'
  printf 'deploy.sh: interrupted. %s\n' "$changed" >&4
  exit "$1"
}
trap 'interrupted 130' INT
trap 'interrupted 143' TERM
trap 'interrupted 129' HUP

die() { # STATUS MESSAGE
  set -- "$1" "${2% }"
  case $2 in *[.?!]) ;; *) set -- "$1" "$2." ;; esac
  printf 'deploy.sh: %s %s\n' "$2" "$changed" >&2
  exit "$1"
}

misused() { # MESSAGE
  printf 'deploy.sh: %s\n\n' "$1" >&2
  usage >&2
  exit 64
}

# --- What is asked for -------------------------------------------------------------------------------------------------

environment='' tag='' mode=deploy secrets_from='' context='' timeout=300 smoke=yes
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --dry-run) mode=dry-run ;;
    --status) mode=status ;;
    --no-smoke) smoke=no ;;
    --tag | --secrets-from | --context | --timeout | --tag=* | --secrets-from=* | --context=* | --timeout=*)
      option=${1%%=*}
      case $1 in *=*) value=${1#*=} ;; *) value=${2-}; [ $# -lt 2 ] || shift ;; esac
      case $value in '' | -*) misused "$option needs a value." ;; esac
      case $option in --tag) tag=$value ;; --secrets-from) secrets_from=$value ;; --context) context=$value ;; --timeout) timeout=$value ;; esac
      ;;
    -*) misused "There is no option $1." ;;
    *) [ -z "$environment" ] || misused "There is one environment at a time: $environment or $1."; environment=$1 ;;
  esac
  shift
done
case $timeout in *[!0-9]* | ??????*) misused "--timeout needs whole seconds, not \"$timeout\"." ;; esac
timeout=$((10#$timeout))
[ "$timeout" -gt 0 ] || misused '--timeout needs at least one second.'
case $tag in *[!A-Za-z0-9._-]* | [.-]*) misused "\"$tag\" is no tag of an image." ;; esac
environment=${environment:-$default_environment}

namespace='' secret_source='' known=''
environment() { # NAME NAMESPACE SECRETS
  known="$known $1"
  [ "$1" != "$environment" ] || { namespace=$2 secret_source=$3; }
}
environments
[ -n "$namespace" ] || misused "There is no environment \"$environment\"; there are:$known."

# What is named from another folder is looked for there.
from_there() { # FILE, or several with colons between
  local each all='' IFS=:
  for each in $1; do
    case $each in /*) ;; *) each=$called_from/$each ;; esac
    all=$all${all:+:}$each
  done
  printf '%s' "$all"
}
if [ "$called_from" != "$PWD" ]; then
  [ -z "$secrets_from" ] || secrets_from=$(from_there "$secrets_from")
  [ -z "${KUBECONFIG:-}" ] || KUBECONFIG=$(from_there "$KUBECONFIG")
fi

kube() { kubectl ${context:+--context "$context"} "$@"; }
in_namespace() { kube --namespace "$namespace" "$@"; }

command -v kubectl >/dev/null 2>&1 || die 2 'there is no kubectl on the PATH: https://kubernetes.io/docs/tasks/tools/.'
work=$(mktemp -d)
if ! kube get --raw /readyz --request-timeout=10s >"$work/out" 2>"$work/err"; then
  reason=$(sed -n '$p' "$work/err")
  die 2 "no cluster answers in the context \"${context:-$(kubectl config current-context 2>/dev/null || echo none)}\": ${reason:-it gave no reason}"
fi

if [ "$mode" = status ]; then
  in_namespace get deployments,statefulsets,jobs,pods,services,ingresses --selector "app.kubernetes.io/part-of=$part_of" 2>"$work/err" ||
    die 2 "what runs in the namespace $namespace cannot be seen: $(sed -n '$p' "$work/err")"
  cat "$work/err" >&2
  exit 0
fi

# Whether the namespace is there, and whether this user may change it: who may deploy to it need not.
there='' may_change=yes
there=$(kube get namespace "$namespace" --ignore-not-found -o name 2>"$work/err") ||
  die 2 "the namespace $namespace cannot be seen: $(sed -n '$p' "$work/err")"
[ -z "$there" ] || in_namespace auth can-i patch "namespaces/$namespace" >/dev/null 2>&1 || may_change=no

# --- The secret: its keys are counted here, and no value is ever shown ----------------------------------------------------

value_of() { # FILE KEY: what a file of settings says, without quotes around it; fails when it does not
  local line value
  line=$(grep -E "^(export )?$2=" "$1" | tail -n 1) || return 1
  value=${line#*=}
  value=${value%$'\r'}
  case $value in
    \"*\") value=${value#\"} value=${value%\"} ;;
    \'*\') value=${value#\'} value=${value%\'} ;;
  esac
  [ -n "$value" ] || return 1
  printf '%s' "$value"
}

write_secrets() { # FILE: the needed keys of --secrets-from, one a line
  local key value missing=''
  (umask 077; : >"$1"; : >"$work/given")
  # Read once: it may be what another program prints.
  cat -- "$secrets_from" >"$work/given" 2>/dev/null || die 2 "$secrets_from cannot be read."
  for key in $secret_keys; do
    if value=$(value_of "$work/given" "$key"); then printf '%s=%s\n' "$key" "$value" >>"$1"; else missing="$missing $key"; fi
  done
  for key in $optional_secret_keys; do
    if value=$(value_of "$work/given" "$key"); then printf '%s=%s\n' "$key" "$value" >>"$1"; fi
  done
  rm -f "$work/given"
  [ -z "$missing" ] || die 2 "$secrets_from has no value for:$missing."
}

overlay=$directory/overlays/$environment
if [ "$secret_source" = env-file ]; then
  if [ -n "$secrets_from" ] && [ "$mode" = deploy ]; then
    write_secrets "$work/secrets.env"
    cp "$work/secrets.env" "$overlay/secrets.env" 2>/dev/null || die 2 "$overlay/secrets.env cannot be written."
  fi
  [ -f "$overlay/secrets.env" ] || die 2 "$overlay/secrets.env is missing, which git ignores; --secrets-from .env makes it of .env."
elif [ "$secret_source" = sealed-secrets ]; then
  [ -f "$overlay/sealed-secrets.yaml" ] || die 2 "$overlay/sealed-secrets.yaml is missing: make it with kubeseal from a Secret $secret_name with the keys: $secret_keys."
elif [ -n "$secrets_from" ] && [ "$secret_source" != plain ]; then
  die 2 "the secrets of $environment come from $secret_source, not from a file."
fi

exists() { in_namespace get "$@" >/dev/null 2>&1; }

missing_keys() { # the keys that the Secret in the cluster lacks
  local key present
  # shellcheck disable=SC2016 # a template, not the shell's
  present=$(in_namespace get secret "$secret_name" --ignore-not-found -o 'go-template={{range $key, $_ := .data}} {{$key}} {{end}}' 2>"$work/err") ||
    die "$fault" "the Secret $secret_name in the namespace $namespace cannot be read: $(sed -n '$p' "$work/err")"
  for key in $secret_keys; do case $present in *" $key "*) ;; *) printf '%s ' "$key" ;; esac; done
}

secret_data() { # a line for each key, the values encoded: for sums
  # shellcheck disable=SC2016 # a template, not the shell's
  local lines='go-template={{range $key, $value := .data}}{{$key}} {{$value}}{{"\n"}}{{end}}'
  if [ "$secret_source" = env-file ]; then
    # What the file says is what the cluster will have, also when nothing is to be changed yet.
    kubectl create secret generic "$secret_name" --from-env-file "$overlay/secrets.env" --dry-run=client -o "$lines" 2>/dev/null || true
  else
    in_namespace get secret "$secret_name" -o "$lines" 2>/dev/null || true
  fi
}

reported() { # what fills the Secret says of itself: when it did so last or for which generation, whether it could, and why not
  case $secret_source in
    external-secrets) in_namespace get externalsecret "$secret_name" -o 'jsonpath=at={.status.refreshTime} {.status.conditions[?(@.type=="Ready")].status} {.status.conditions[?(@.type=="Ready")].message}' 2>/dev/null || true ;;
    sealed-secrets) in_namespace get sealedsecret "$secret_name" -o 'jsonpath={.metadata.generation}={.status.observedGeneration} {.status.conditions[?(@.type=="Synced")].status} {.status.conditions[?(@.type=="Synced")].message}' 2>/dev/null || true ;;
  esac
}

because() { # what fills the Secret says why it could not: External Secrets keeps that in an event, and its status says only that there is one
  local event=''
  [ "$secret_source" != external-secrets ] || [ "${2:-}" != False ] ||
    event=$(in_namespace get events --field-selector "involvedObject.kind=ExternalSecret,involvedObject.name=$secret_name,type=Warning" --sort-by .lastTimestamp -o 'jsonpath={.items[-1:].message}' 2>/dev/null | sed -n 1p) || event=''
  printf '%s' "${1:-nothing}${event:+: $event}"
}

# Pods read a Secret when they start: it must be what it is to be before any of them is made anew.
fill_secret() {
  local limit end before lacks when able why
  before=$(reported)
  apply "$work/secrets.yaml"
  [ "$secret_source" != env-file ] || return 0
  # A value that changed in the store changes nothing in the cluster until somebody asks for it.
  [ "$secret_source" != external-secrets ] || in_namespace annotate externalsecret "$secret_name" --overwrite "force-sync=$(date +%s)" >/dev/null 2>"$work/err" ||
    failed "the ExternalSecret $secret_name cannot be asked anew: $(sed -n '$p' "$work/err")"
  limit=$((timeout < 60 ? timeout : 60))
  end=$((SECONDS + limit))
  while :; do
    lacks=$(missing_keys)
    read -r when able why <<END
$(reported)
END
    if [ -z "$lacks" ] && [ "$able" = True ]; then
      case $secret_source in
        external-secrets) [ "$when" = "${before%% *}" ] || return 0 ;;
        *) [ "${when%=*}" != "${when#*=}" ] || return 0 ;;
      esac
    fi
    [ $SECONDS -lt $end ] || break
    sleep 1
  done
  [ -z "$lacks" ] || failed "the Secret $secret_name in the namespace $namespace lacks: ${lacks% } after $limit s; $secret_source says: $(because "$why" "$able")"
  [ "$able" != False ] || failed "the Secret $secret_name in the namespace $namespace is not what it is to be: $secret_source says: $(because "$why" "$able")"
  say "  the Secret $secret_name may not be the newest: $secret_source did not report it within $limit s" >&2
}

# --- The manifests -----------------------------------------------------------------------------------------------------

# What kustomize complained about, without the folders that it went through.
complaint() { sed -n '$p' "$work/err" | sed "s/^.*: recursed accumulation of path '[^']*': //"; }

render() { # FILE: the manifests of the environment, with the tag that was asked for
  local each
  if ! kubectl kustomize "$overlay" >"$1" 2>"$work/err"; then die "$fault" "$overlay cannot be put together: $(complaint)"; fi
  encoded=$(secret_data)
  overlay_dir=$directory/.deploy-$$
  mkdir -p "$overlay_dir" 2>/dev/null || die "$fault" "$overlay_dir cannot be made."
  {
    echo 'apiVersion: kustomize.config.k8s.io/v1beta1'
    echo 'kind: Kustomization'
    echo "resources: [../overlays/$environment]"
    [ -z "$tag" ] || [ -z "$images" ] || {
      echo 'images:'
      for each in $images; do printf '  - {name: %s, newTag: "%s"}\n' "$each" "$tag"; done
    }
    echo 'patches:'
    [ -z "$tag" ] || for each in $(names Job "$1"); do rename_job "$each"; done
    # Pods are not told of a Secret that has changed: a sum of what is in it makes them new ones.
    secret_users
  } >"$overlay_dir/kustomization.yaml"
  if ! kubectl kustomize "$overlay_dir" >"$1" 2>"$work/err"; then die "$fault" "the manifests cannot be put together: $(complaint)"; fi
  if [ $may_change = no ]; then
    part allowed "$1" >"$work/allowed.yaml"
    mv "$work/allowed.yaml" "$1"
  fi
}

rename_job() { # NAME: the tag becomes part of the hash at its end
  local sum
  sum=$(printf '%s' "$1 $tag" | cksum | cut -d ' ' -f 1)
  cat <<END
  - target: {kind: Job, name: $1}
    patch: '[{"op": "replace", "path": "/metadata/name", "value": "${1%-*}-$(printf '%08x' "$sum")"}]'
END
}

secret_user() { # KIND/NAME KEY…: a sum of the values of some keys becomes part of the pods
  local kind=${1%/*} name=${1#*/} key sum
  shift
  sum=$(for key; do printf '%s\n' "$encoded" | grep "^$key " || true; done | cksum | cut -d ' ' -f 1)
  cat <<END
  - target: {kind: $kind, name: $name}
    patch: '{"apiVersion": "apps/v1", "kind": "$kind", "metadata": {"name": "$name"}, "spec": {"template": {"metadata": {"annotations": {"secrets-checksum": "$sum"}}}}}'
END
}

names() { # KIND FILE: the names of the objects of a kind
  awk -v kind="$1" '
    /^---/ { is = 0; meta = 0 }
    /^kind: / { is = ($2 == kind); if (is && name != "") { print name; name = "" } }
    /^[a-z]/ { meta = /^metadata:/ }
    meta && /^  name: / { if (is) print $2; else name = $2 }
    /^---/ { name = "" }
  ' "$2"
}

# What a part of the manifests is: "secrets" what a Secret is made of, "first" what keeps data and runs once with all that these
# need, "second" what serves and leads to it, "led" what leads to pods in either of them and can be put back as it was, "allowed" all
# but the namespace.
part() { # PART FILE
  awk -v want="$1" -v serving=" $(names Deployment "$2" | tr '\n' ' ')" '
    function serves() {
      if (kind ~ /^(Deployment|CronJob|HorizontalPodAutoscaler|PodDisruptionBudget|Ingress|HTTPRoute)$/) return 1
      return kind ~ /^(Service|NetworkPolicy)$/ && index(serving, " " name " ") > 0
    }
    function wanted() {
      if (want == "allowed") return kind != "Namespace"
      if (want == "secrets") return kind ~ /^(Namespace|Secret|SealedSecret|ExternalSecret)$/
      if (want == "data") return kind != "Job" && !serves()
      if (want == "led") return kind ~ /^(HorizontalPodAutoscaler|PodDisruptionBudget|Ingress|HTTPRoute|Service|NetworkPolicy)$/
      return serves() == (want == "second")
    }
    function flush() { if (text != "" && wanted()) printf "%s---\n", text; text = ""; kind = ""; name = ""; meta = 0 }
    /^---/ { flush(); next }
    /^kind: / { kind = $2 }
    /^[a-z]/ { meta = /^metadata:/ }
    meta && /^  name: / { name = $2 }
    { text = text $0 "\n" }
    END { flush() }
  ' "$2"
}

apply() { # FILE
  [ -s "$1" ] || return 0
  fault=1
  changed='What was applied stays, and the cluster goes on with it: run this again to watch, or go back with kubectl rollout undo.'
  if kube apply --server-side --force-conflicts --field-manager deploy.sh --filename "$1" 2>"$work/err" | sed 's/^/  /'; then
    sed 's/^/  /' "$work/err" >&2
  else
    failed "the cluster refuses the manifests: $(tail -n 3 "$work/err" | tr '\n' ' ')"
  fi
}

# --- Watching ----------------------------------------------------------------------------------------------------------

pods() { in_namespace get pods --selector "app.kubernetes.io/part-of=$part_of" "$@"; }

# Prints one line about a pod that was not there before: what it cannot do ("stop …"), or what keeps it ("wait …").
trouble() {
  # shellcheck disable=SC2016 # a template, not the shell's
  pods -o 'go-template={{range .items}}{{$pod := printf "%s %s" .metadata.uid .metadata.name}}{{range .status.initContainerStatuses}}{{if .state.waiting}}{{$pod}} {{.state.waiting.reason}} {{.image}} {{.name}}{{"\n"}}{{end}}{{end}}{{range .status.containerStatuses}}{{if .state.waiting}}{{$pod}} {{.state.waiting.reason}} {{.image}} {{.name}}{{"\n"}}{{end}}{{end}}{{range .status.conditions}}{{if and (eq .type "PodScheduled") (eq .status "False")}}{{$pod}} {{.reason}} - {{.message}}{{"\n"}}{{end}}{{end}}{{end}}' 2>/dev/null |
    while read -r uid pod reason image rest; do
      grep -qx "$uid" "$work/pods-before" && continue
      case $reason in
        ErrImagePull | ImagePullBackOff | InvalidImageName | ErrImageNeverPull) echo "stop the image $image cannot be pulled ($reason)"; break ;;
        CreateContainerConfigError | CreateContainerError | RunContainerError) echo "stop the container $rest of $pod cannot be made ($reason): a key of the Secret $secret_name, perhaps"; break ;;
        CrashLoopBackOff) echo "stop $rest in $pod ends again and again; its log ends with: $(in_namespace logs "$pod" --container "$rest" --previous --tail 3 2>/dev/null | tr '\n' ' ')"; break ;;
        # A node may be on its way, so this is no end.
        Unschedulable) echo "wait no node takes $pod: ${rest%%. *}"; break ;;
      esac
    done
}

refusals() { # a line for each time that the cluster refused to make a pod: which time it was, for whom, why
  in_namespace get events --field-selector reason=FailedCreate -o 'go-template={{range .items}}{{.metadata.uid}}/{{.count}} {{.involvedObject.name}} {{.message}}{{"\n"}}{{end}}' 2>/dev/null || true
}

refusal() { # NAME: why the cluster makes no pod of a workload, or of what it is replaced by
  refusals | while read -r time of why; do
    case $of in "$1" | "$1"-*) grep -q "^$time " "$work/refusals-before" || { printf '%s\n' "${why##*is forbidden: }"; break; } ;; esac
  done
}

# One look at what is waited for: ends when it cannot come about, or does not in time, and says once what keeps it.
said='' refused=''
look() { # WHAT NAME END HINT: the hint is said when time is up and nothing is seen that keeps it
  local why
  why=$(trouble) || true
  case $why in "stop "*) failed "${why#stop }" ;; esac
  why=${why#wait }
  if [ -n "$why" ]; then
    refused=''
  else
    why=$(refusal "$2") || true
    if [ -z "$why" ]; then refused=''; else refused=${refused:-$SECONDS}; why="no pod of $2 may be made: $why"; fi
  fi
  if [ -n "$why" ] && [ "${why%% (*}" != "$said" ]; then
    said=${why%% (*}
    say "  waiting: $why"
  fi
  # Room may be made by pods that end, but not for ever; what Pod Security refuses stays refused.
  case $why in
    *'violates PodSecurity'*) failed "$why" ;;
    *) [ -z "$refused" ] || [ $((SECONDS - refused)) -lt 30 ] || failed "$why" ;;
  esac
  why=${why:-${4:-}}
  [ $SECONDS -lt "$3" ] || failed "$1 after $timeout s${why:+: $why}"
  sleep 1
}

condition() { # OBJECT TYPE: the status of a condition
  in_namespace get "$1" -o "jsonpath={.status.conditions[?(@.type=='$2')].status}" 2>/dev/null || true
}

wait_for_job() { # NAME
  local end=$((SECONDS + timeout))
  while [ "$(condition "job/$1" Complete)" != True ]; do
    if [ "$(condition "job/$1" Failed)" = True ]; then
      failed "the Job $1 failed; its log ends with: $(in_namespace logs "job/$1" --tail 3 2>/dev/null | tr '\n' ' ')"
    fi
    look "the Job $1 was not done" "$1" $end
  done
  say "  the Job $1 is done"
}

is_rolled_out() { # KIND/NAME
  in_namespace rollout status "$1" --watch=false 2>/dev/null | grep -q -e 'successfully rolled out' -e 'roll out complete' -e 'rolling update complete'
}

wait_for_cluster() { # NAME: a Cluster of CloudNativePG, whose operator makes the Secret that pods wait for
  local end=$((SECONDS + timeout)) ready phase
  while :; do
    read -r ready phase <<END
$(in_namespace get "clusters.postgresql.cnpg.io/$1" -o 'jsonpath=is={.status.conditions[?(@.type=="Ready")].status} {.status.phase}' 2>/dev/null || true)
END
    [ "$ready" != is=True ] || break
    look "the Cluster $1 was not ready" "$1" $end "${phase:-is the operator there?}"
  done
  say "  Cluster/$1 is ready"
}

wait_for_rollout() { # KIND/NAME
  local end=$((SECONDS + timeout))
  until is_rolled_out "$1"; do look "$1 was not ready" "${1#*/}" $end; done
  say "  $1 is ready"
}

revision() { # KIND/NAME: the number under which the cluster keeps what runs now; nothing when there is nothing yet
  case $1 in
    Deployment/*) in_namespace get "$1" -o 'jsonpath={.metadata.annotations.deployment\.kubernetes\.io/revision}' 2>/dev/null || true ;;
    *)
      local current
      current=$(in_namespace get "$1" -o 'jsonpath={.status.updateRevision}' 2>/dev/null) || return 0
      [ -z "$current" ] || in_namespace get controllerrevision "$current" -o 'jsonpath={.revision}' 2>/dev/null || true
      ;;
  esac
}

replicas() { # KIND/NAME: how many pods it is to have; nothing when the cluster chooses
  case " $(names HorizontalPodAutoscaler "$work/all.yaml" | tr '\n' ' ')" in *" ${1#*/} "*) return 0 ;; esac
  in_namespace get "$1" -o 'jsonpath={.spec.replicas}' 2>/dev/null || true
}

led() { # a line for each object that leads to pods: KIND/NAME and all that was said about it
  [ -s "$work/led.yaml" ] || return 0
  # shellcheck disable=SC2016 # a template, not the shell's
  kube get --filename "$work/led.yaml" --ignore-not-found -o 'go-template={{define "it"}}{{.kind}}/{{.metadata.name}} {{printf "%v %v %v" .metadata.labels .metadata.annotations .spec | printf "%q"}}{{"\n"}}{{end}}{{if eq .kind "List"}}{{range .items}}{{template "it" .}}{{end}}{{else}}{{template "it" .}}{{end}}' 2>/dev/null || true
}

# Where a workload is kept as it is now. It is applied again, and not undone by `kubectl rollout undo`: what that writes belongs to
# somebody else, and a port or a variable that a later version no longer has would stay beside those which it has.
kept() { printf '%s/kept-%s.yaml' "$work" "$(printf '%s' "$1" | tr / -)"; } # KIND/NAME

keep() { # KIND/NAME COUNT: without what the cluster gave, and without a number of pods that the cluster chooses
  in_namespace get "$1" --ignore-not-found -o yaml 2>/dev/null | sed -e '/^status:/,$d' -e '/^  resourceVersion: /d' -e '/^  uid: /d' -e '/^  generation: /d' \
    -e '/^ *creationTimestamp: /d' -e '/^    deployment\.kubernetes\.io\/revision: /d' >"$(kept "$1")" || true
  [ -n "$2" ] || { sed '/^  replicas: /d' "$(kept "$1")" >"$work/kept" && mv "$work/kept" "$(kept "$1")"; }
}

remember() { # what there is now, to be put back when this fails
  local kind name before count
  # Whoever does not see what runs cannot take it back either.
  in_namespace get pods,events,jobs,deployments,statefulsets,replicasets,controllerrevisions -o name >/dev/null 2>"$work/err" ||
    die "$fault" "what runs in the namespace $namespace cannot be seen: $(sed -n '$p' "$work/err")"
  pods --no-headers -o custom-columns=:metadata.uid >"$work/pods-before" 2>/dev/null || : >"$work/pods-before"
  refusals >"$work/refusals-before"
  for kind in StatefulSet Deployment; do
    for name in $(names $kind "$work/all.yaml"); do
      before=$(revision "$kind/$name") count=$(replicas "$kind/$name")
      [ -z "$before" ] || keep "$kind/$name" "$count"
      printf '%s %s %s\n' "$kind/$name" "$before" "$count"
    done
  done >"$work/workloads"
  part led "$work/all.yaml" >"$work/led.yaml"
  led >"$work/led-before"
  # Numbers that the cluster gave would keep it from being applied again.
  [ ! -s "$work/led-before" ] || kube get --filename "$work/led.yaml" --ignore-not-found -o yaml 2>/dev/null |
    sed -e '/^ \{2,4\}resourceVersion: /d' -e '/^ \{2,4\}uid: /d' -e '/^ \{2,4\}creationTimestamp: /d' >"$work/before.yaml"
}

put_back() { # prints what leads to pods and was changed, when it could be put back
  [ -s "$work/led-before" ] || return 0
  led | sort >"$work/led-after"
  sort "$work/led-before" | comm -23 - "$work/led-after" | cut -d ' ' -f 1 | tr '\n' ' ' >"$work/led-changed"
  [ -s "$work/led-changed" ] || return 0
  if kube apply --server-side --force-conflicts --field-manager deploy.sh --filename "$work/before.yaml" >/dev/null 2>"$work/err"; then sed 's/ $//; s/^/ /' "$work/led-changed"; fi
}

failed() { # MESSAGE: takes what was touched back to what it was, and ends
  local workload before count broken other job taken='' stay='' late='' back end
  changed='What was changed was being taken back: --status shows what runs.'
  # What cannot begin must not begin later, by itself.
  for job in $(names Job "$work/all.yaml"); do
    [ "$(condition "job/$job" Complete)$(condition "job/$job" Failed)" != '' ] || in_namespace delete "job/$job" --ignore-not-found --wait=false >/dev/null 2>&1 || true
  done
  # Those who ask are led to the old pods again before any of them is waited for.
  back=$(put_back)
  while read -r workload before count; do
    if [ -z "$before" ]; then
      ! exists "$workload" || stay="$stay $workload"
      continue
    fi
    broken='' other=''
    if [ "$(revision "$workload")" != "$before" ]; then
      broken=$(in_namespace get "$workload" -o 'jsonpath={.status.updateRevision}' 2>/dev/null) || broken=''
      other=yes
    elif [ -n "$count" ] && [ "$(replicas "$workload")" != "$count" ]; then
      other=yes
    fi
    [ -n "$other" ] || continue
    if kube apply --server-side --force-conflicts --field-manager deploy.sh --filename "$(kept "$workload")" >/dev/null 2>"$work/err"; then
      taken="$taken $workload"
      # A StatefulSet waits for its pod to become ready before it replaces it, and this one never would.
      [ -z "$broken" ] || in_namespace delete pods --selector "controller-revision-hash=$broken" --wait=false >/dev/null 2>&1 || true
    else
      late="$late $workload"
    fi
  done <"$work/touched"
  # What was taken back is there when it is ready, and not before.
  end=$((SECONDS + 60))
  for workload in $taken; do
    until is_rolled_out "$workload"; do
      if [ $SECONDS -ge $end ]; then late="$late $workload"; break; fi
      sleep 1
    done
  done
  taken="$taken$back"
  changed="${taken:+Taken back to what they were:$taken. }${stay:+New, and left as they are:$stay. }What Jobs did, settings${clusters:+, Cluster/$clusters} and secrets stay as they are now; "
  changed="$changed${late:+not ready again:$late; }the old version serves where there was one."
  die 1 "$1"
}

# --- Smoke checks --------------------------------------------------------------------------------------------------------

smoke_http() { # TITLE SERVICE PORT PATH STATUS TEXT: over a port-forward
  local port='' tries=0 answer=''
  : >"$work/forward"
  # Not by a function: then a shell would be ended, and what it started would stay.
  kubectl ${context:+--context "$context"} --namespace "$namespace" port-forward "service/$2" ":$3" --address 127.0.0.1 >"$work/forward" 2>&1 4>&- &
  forward=$!
  while [ -z "$port" ] && [ $tries -lt 50 ] && kill -0 "$forward" 2>/dev/null; do
    port=$(sed -n 's/^Forwarding from 127\.0\.0\.1:\([0-9]*\) .*/\1/p' "$work/forward" | head -n 1)
    tries=$((tries + 1))
    sleep 0.2
  done
  if [ -n "$port" ]; then
    for tries in 1 2 3 4 5; do
      [ $tries -eq 1 ] || sleep 2
      answer=$(get "$port" "$4" 2>/dev/null | tr -d '\000\r') || true
      ! answered "$5" "$6" || break
    done
  fi
  kill "$forward" 2>/dev/null || true
  wait "$forward" 2>/dev/null || true
  forward=''
  if answered "$5" "$6"; then say "  ✓ $1"; return; fi
  [ -n "$port" ] || failed "the smoke check \"$1\" failed: no port-forward leads to $2: $(sed -n '$p' "$work/forward")"
  failed "the smoke check \"$1\" failed: GET $4 of $2 said \"$(printf '%s\n' "${answer:-nothing}" | sed -n 1p)\", and not ${5#0}${6:+ with $6}."
}

answered() { # STATUS TEXT: whether $answer is one of that status, with a line that matches
  case $1 in 0) set -- '' "$2" ;; esac # any status
  case $answer in "HTTP/1."[01]" $1"*) [ -z "$2" ] || printf '%s\n' "$answer" | grep -E -q -e "$2" ;; *) return 1 ;; esac
}

get() { # PORT PATH: an answer over HTTP, with nothing but the shell
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
  cat <&3
  exec 3<&- 3>&-
}

smoke_exec() { # TITLE WORKLOAD TEXT COMMAND…: inside a container
  local title=$1 workload=$2 text=$3 printed end=$((SECONDS + (timeout < 30 ? timeout : 30)))
  shift 3
  until in_namespace exec "$workload" -- "$@" >"$work/out" 2>"$work/err" && { [ -z "$text" ] || grep -E -q -e "$text" "$work/out"; }; do
    if [ $SECONDS -ge $end ]; then
      # What the program said, and not what kubectl adds.
      printed=$(cat "$work/out" "$work/err" | grep -v -e '^Defaulted container' -e '^command terminated with exit code' -e '^[[:space:]]*$' | tail -n 1) || true
      failed "the smoke check \"$title\" failed in $workload: ${printed:-it printed nothing}"
    fi
    sleep 2
  done
  say "  ✓ $title"
}

# --- What is left of older versions ---------------------------------------------------------------------------------------

# Each change of settings has a ConfigMap of its own, which stays as long as something runs with it or can go back to it.
forget_settings() {
  local name count=0
  in_namespace get configmaps --selector "app.kubernetes.io/part-of=$part_of" -o name 2>/dev/null |
    sed -n 's/^configmap\/\(.*-[2456789bcdfghkmt]\{10\}\)$/\1/p' >"$work/settings" || return 0
  in_namespace get deployments,statefulsets,replicasets,controllerrevisions,cronjobs,jobs,pods -o json >"$work/users" 2>/dev/null || return 0
  while read -r name; do
    if ! grep -q -F "\"$name\"" "$work/users" && in_namespace delete configmap "$name" >/dev/null 2>&1; then count=$((count + 1)); fi
  done <"$work/settings"
  [ $count -eq 0 ] || say "  settings of older versions were deleted: $count"
}

# --- The deployment ------------------------------------------------------------------------------------------------------

render "$work/all.yaml"

if [ "$mode" = dry-run ]; then
  if [ -z "$there" ]; then
    say "The namespace $namespace does not exist yet: all of this would be new."
    grep -E '^(kind|  name):' "$work/all.yaml" | paste - - | sed -e 's/kind: /  /' -e 's/[[:space:]]*name: / /'
    exit 0
  fi
  status=0
  kube diff --server-side --force-conflicts --field-manager deploy.sh --filename "$work/all.yaml" || status=$?
  [ $status -le 1 ] || die 2 'the cluster refuses the manifests, as it says above.'
  [ $status -eq 1 ] || say "$environment is what the manifests say."
  exit 0
fi

if [ -n "$secret_keys" ] && [ "$secret_source" = plain ]; then
  if [ -n "$secrets_from" ]; then write_secrets "$work/secrets.env"; else missing=$(missing_keys); fi
  [ -z "${missing:-}" ] || die 2 "the Secret $secret_name in the namespace $namespace lacks: ${missing% }; --secrets-from FILE makes it."
fi

say "$environment: namespace $namespace${tag:+, tag $tag}"
if [ $may_change = no ]; then
  say "  the namespace $namespace stays as it is: this user may not change it"
elif [ -z "$there" ]; then
  told=yes
  kube apply --server-side --field-manager deploy.sh --filename - >/dev/null 2>"$work/err" <<END || die 2 "the namespace $namespace cannot be made: $(sed -n '$p' "$work/err")"
apiVersion: v1
kind: Namespace
metadata: {name: $namespace, labels: {pod-security.kubernetes.io/enforce: restricted}}
END
  fault=1
  changed="The namespace $namespace was made, and nothing else."
fi

if [ -f "$work/secrets.env" ] && [ "$secret_source" = plain ]; then
  told=yes
  in_namespace create secret generic "$secret_name" --from-env-file "$work/secrets.env" --dry-run=client -o yaml 2>"$work/err" |
    kube apply --server-side --force-conflicts --field-manager deploy.sh --filename - >/dev/null 2>>"$work/err" ||
    die "$fault" "the Secret $secret_name cannot be written: $(sed -n '$p' "$work/err")"
  rm -f "$work/secrets.env"
  fault=1
  changed="The Secret $secret_name was written, and nothing else."
  # The manifests have a sum of what is in it.
  render "$work/all.yaml"
fi

: >"$work/touched"
remember
if [ -n "$secret_keys" ] && [ "$secret_source" != plain ]; then
  part secrets "$work/all.yaml" >"$work/secrets.yaml"
  fill_secret
  render "$work/all.yaml"
fi
part first "$work/all.yaml" >"$work/first.yaml"
part second "$work/all.yaml" >"$work/second.yaml"

grep '^StatefulSet/' "$work/workloads" >"$work/touched" || true
for name in $(names Job "$work/all.yaml"); do
  [ "$(condition "job/$name" Failed)" != True ] || { say "  the Job $name failed before, and is made anew"; in_namespace delete "job/$name" >/dev/null; }
done
clusters=$(names Cluster "$work/all.yaml")
if [ -n "$clusters" ]; then
  part data "$work/all.yaml" >"$work/data.yaml"
  apply "$work/data.yaml"
  for name in $clusters; do wait_for_cluster "$name"; done
fi
apply "$work/first.yaml"
for name in $(names StatefulSet "$work/all.yaml"); do wait_for_rollout "StatefulSet/$name"; done
for name in $(names Job "$work/all.yaml"); do wait_for_job "$name"; done

cp "$work/workloads" "$work/touched"
apply "$work/second.yaml"
for name in $(names Deployment "$work/all.yaml"); do wait_for_rollout "Deployment/$name"; done
[ "$smoke" = no ] || smoke_checks
forget_settings
say "$environment runs${tag:+ $tag}."
