# shellcheck shell=bash
# What the rows' scripts share: a migrated database of their own in $DATABASE_URL, a fake provider at $FAKE_URL, and
# workers. Sourced; needs ASSAY_TEST_DATABASE_URL and the release build's programs on the path, as scripts/requirements
# gives them. What it starts is ended with the script; after a failure the worker's log is shown.
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/common.sh"
# shellcheck source=scripts/lib/fake.sh
source "$project/scripts/lib/fake.sh"

cd "$project"
stage=$(mktemp -d "${TMPDIR:-/tmp}/assay-row.XXXXXX")
worker_log=$stage/worker.log
processes=()
worker=
trap leave_stage EXIT

leave_stage() {
  local result=$?
  if ((${#processes[@]})); then kill -KILL "${processes[@]}" 2>/dev/null || true; fi
  wait 2>/dev/null || true
  if ((result)) && [[ -s $worker_log ]]; then tail -n 20 "$worker_log" >&2; fi
  rm -rf -- "$stage"
}

# open_database: a new one, migrated.
open_database() {
  local name=row_$$_$RANDOM
  psql "${ASSAY_TEST_DATABASE_URL:?scripts/requirements sets it}" -XAtqc "create database $name"
  export DATABASE_URL=${ASSAY_TEST_DATABASE_URL/\/postgres\?/\/$name?}
  assay migrate up >"$stage/migrate.log"
}

# open_fake [SCRIPT [PORT]]: the stand-in provider with this script.
open_fake() {
  local url=$stage/fake.url
  printf '%s' "${1:-{\}}" >"$stage/fake.json"
  : >"$url"
  assay fake-provider --script "$stage/fake.json" --port "${2:-0}" >"$url" 2>"$stage/fake.log" &
  processes+=($!)
  # shellcheck disable=SC2034  # the rows read it
  fake_process=$!
  until_true "the fake provider listens" test -s "$url"
  fake=$(<"$url")
  export FAKE_URL=$fake WORKER_NAME=row
}

# until_true WHAT COMMAND…: within 60 seconds.
until_true() {
  local what=$1 deadline=$((SECONDS + 60))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || die "not in 60 seconds: $what"
    if [[ -n $worker ]]; then kill -0 "$worker" 2>/dev/null || die "the worker has ended"; fi
    sleep 0.05
  done
}

sql() { psql "$DATABASE_URL" -XAtq -v ON_ERROR_STOP=1 "$@"; }

# equal WHAT FOUND EXPECTED
equal() { [[ $2 == "$3" ]] || die "$1: found \"$2\", expected \"$3\""; }

# one_case INPUT ASSERTIONS: a suite with one test case.
one_case() { printf '{"name": "row", "prompt": "Answer.", "cases": [{"title": "one", "input": "%s", "assertions": %s}]}' "$1" "$2"; }

# enqueue SUITE MODELS [ARGUMENT…]: as a web app does, with SQL; MODELS and the further arguments are SQL.
enqueue() {
  local suite=$1 models=$2 more=""
  shift 2
  if (($#)); then more=$(printf ', %s' "$@"); fi
  sql -v suite="$suite" <<<"select assay.enqueue_job(assay.put_suite(:'suite'), array[$models]$more)"
}

# start_worker [ARGUMENT…]: with the settings of examples/fake/worker.yaml, both vendors being the fake.
start_worker() { start_bare_worker --config examples/fake/worker.yaml "$@"; }

start_bare_worker() {
  assay worker --set health.listen=127.0.0.1:0 --set log.format=logfmt "$@" 2>>"$worker_log" &
  worker=$!
  processes+=("$worker")
}

stop_worker() {
  kill -TERM "$worker"
  wait "$worker" || die "the worker did not end well"
  worker=
}

jobs_have_ended() { [[ $(sql -c "select count(*) from assay.jobs where state in ('queued', 'running')") == 0 ]]; }

# work [ARGUMENT…]: a worker from the first open job to the last.
work() {
  start_worker "$@"
  until_true "every job has ended" jobs_have_ended
  stop_worker
}

# work_bare [ARGUMENT…]: the same without a settings file.
work_bare() {
  start_bare_worker "$@"
  until_true "every job has ended" jobs_have_ended
  stop_worker
}

# fake_calls: the provider's own ledger, one JSON object a line.
fake_calls() { fake_get '/_fake/ledger?limit=100000'; }

# fake_field NAME: that text member of every call, in order.
fake_field() { fake_calls | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

fingerprint() { printf '%s' "$1" | sha256sum | cut -c1-12; }

# seven_dialects: a settings file with a provider of each dialect, all of them the fake. Sets $seven_settings, and
# $seven_models for enqueue.
seven_dialects() {
  local name
  seven_settings=$stage/seven.yaml
  echo "providers:" >"$seven_settings"
  for name in openai openai-responses azure anthropic gemini bedrock ollama; do
    printf '  d-%s: { dialect: %s, base_url: "%s", api_key: stand-in%s }\n' "$name" "$name" "$FAKE_URL" \
      "$(if [[ $name == bedrock ]]; then echo ', region: us-east-1'; fi)" >>"$seven_settings"
  done
  # shellcheck disable=SC2034  # the rows read it
  seven_models="'d-openai/gpt-4o', 'd-openai-responses/gpt-4o', 'd-azure/gpt-4o', 'd-anthropic/claude-sonnet-4-20250514',
    'd-gemini/gemini-2.5-flash', 'd-bedrock/anthropic.claude-3-haiku-20240307-v1:0', 'd-ollama/llama3'"
}
