#!/usr/bin/env bash
# Two errors of the vendor and then an answer: three calls in the ledger, and a setting says how many there may be.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}, "rules": [{"match": {"nth": [1, 2]}, "status": 500}]}'
suite=$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')

enqueue "$suite" "'gpt-4o'" >/dev/null
work --set retry.backoff=10ms
equal "calls" "$(sql -c "select string_agg(state, ',' order by seq) from assay.calls")" "failed,failed,answered"
equal "verdict" "$(sql -c "select verdict, calls from assay.results")" "pass|3"

fake_get /_fake/stats >/dev/null
kill -KILL "$fake_process"
open_fake '{"default": {"status": 500}}'
enqueue "$suite" "'gpt-4o'" >/dev/null
work --set retry.backoff=10ms --set retry.max_calls=3
equal "as many calls as the setting says" "$(sql -c "select verdict, failure, calls from assay.results where job_id = 2")" "error|unavailable|3"
