#!/usr/bin/env bash
# An unknown price is unknown: no number in the shell, null in the database; under max_cost it is refused, without one it runs.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

result=0
assay models cost no-such-model --in 1 --out 1 >"$stage/out" 2>&1 || result=$?
equal "exit" "$result" 3
grep -q unknown "$stage/out" || die "it says: $(<"$stage/out")"

open_database
open_fake '{"default": {"text": "Paris"}}'
suite=$(one_case x '[]')
enqueue "$suite" "'house/no-such-model'" "p_max_cost => 1" >/dev/null
enqueue "$suite" "'house/no-such-model'" >/dev/null
work_bare --set providers.house.base_url="$FAKE_URL" --set providers.house.auth=none
equal "under a budget" "$(sql -c "select verdict, failure, calls from assay.results where job_id = 1")" "error|over_budget|0"
equal "without one" "$(sql -c "select r.verdict, c.cost is null, c.charged is null, j.unpriced_calls
  from assay.results r join assay.calls c using (job_id, cell) join assay.jobs j on j.id = r.job_id where r.job_id = 2")" "unchecked|t|t|1"
