#!/usr/bin/env bash
# Two variables, the database and one key, are all that a worker needs; with the stand-in provider not even the key.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}, "rules": [{"match": {"key": "the-one-key"}}, {"match": {"key": "none"}}, {"status": 401}]}'
suite=$(one_case x '[{"type": "equals", "value": "Paris"}]')
with_only() { # VARIABLE=VALUE… -- ARGUMENT…: a worker that has these variables and no others
  local variables=()
  while [[ $1 != -- ]]; do variables+=("$1"); shift; done
  shift
  env -i "${variables[@]}" "$(command -v assay)" worker --set providers.openai.base_url="$FAKE_URL" "$@" 2>>"$worker_log" &
  worker=$!
  processes+=("$worker")
  until_true "every job has ended" jobs_have_ended
  stop_worker
}

enqueue "$suite" "'gpt-4o'" >/dev/null
with_only DATABASE_URL="$DATABASE_URL" OPENAI_API_KEY=the-one-key --
equal "with two variables" "$(sql -c "select verdict from assay.results")" pass
enqueue "$suite" "'gpt-4o'" >/dev/null
with_only DATABASE_URL="$DATABASE_URL" -- --set providers.openai.auth=none
equal "without a key" "$(sql -c "select verdict, calls from assay.results where job_id = 2")" "pass|1"
