#!/usr/bin/env bash
# The upstream proxy is killed and started again fifty times under load: every job ends with a result for each cell.
# shellcheck disable=SC2016,SC2034,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
script='{"default": {"text": "Paris", "latency_ms": 200}}'
open_fake "$script"
port=${FAKE_URL##*:}
export LITELLM_PROXY_URL=$FAKE_URL LITELLM_API_KEY=sk-proxy
enqueue "$(one_case x '[{"type": "equals", "value": "Paris"}]')" "'one', 'two', 'three'" "p_repeats => 5000" "p_cells_per_share => 20" >/dev/null
start_bare_worker --set executor.mode=proxy --set worker.slots=32 --set retry.backoff=20ms --set retry.backoff_cap=100ms --set retry.max_calls=40 --set log.level=error
answers() { sql -c "select count(*) from assay.results"; }
for ((restart = 0; restart < 50; restart++)); do
  before=$(answers)
  until_true "answers come again" eval '(($(answers) > before)) || jobs_have_ended'
  if jobs_have_ended; then die "too little load: it ended after $restart restarts"; fi
  kill -KILL "$fake_process"
  wait "$fake_process" 2>/dev/null || true
  open_fake "$script" "$port"
done
kill -KILL "$fake_process"
open_fake '{"default": {"text": "Paris"}}' "$port"  # as fast as it can, for the rest
until_true "every job has ended" jobs_have_ended
stop_worker

say "$(sql -c "select format('%s calls failed and were repeated', count(*)) from assay.calls where state = 'failed'")"
equal "job" "$(sql -c "select state, done, cells from assay.jobs")" "finished|15000|15000"
equal "calls hit by restarts" "$(sql -c "select count(*) >= 50 from assay.calls where state = 'failed'")" t
equal "errors" "$(sql -c "select errors from assay.jobs")" 0
assay verify >/dev/null || die "assay verify found broken invariants"
