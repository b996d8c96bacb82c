#!/usr/bin/env bash
# A model is added, priced and removed while a worker runs; what its price is for must be said.
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "x", "tokens": {"input": 1000, "output": 100}}}'
start_worker
job() { enqueue "$(one_case x '[]')" "'house/fast'"; }
told() {
  local number
  number=$(job)
  until_true "job $number has ended" jobs_have_ended
  sql -c "select coalesce(failure, verdict || ' ' || cost) from assay.results where job_id = $number"
}
equal "before" "$(told)" no_candidate
if assay models add house/fast --provider openai --model gpt-4o-mini --price-in 1 --price-out 2; then die "a price without a unit was taken"; fi
assay models add house/fast --provider openai --model gpt-4o-mini --price-in 0.001 --price-out 0.002 --unit per_thousand --task code >/dev/null
equal "after" "$(told)" "unchecked 0.001200000"
sql -c "select assay.put_model('house/slow', 'openai', 'gpt-4o')" >/dev/null
equal "by SQL" "$(sql -c "select name, tasks from assay.models order by name")" $'house/fast|{code}\nhouse/slow|{}'
assay models remove house/fast
gone() { [[ $(told) == no_candidate ]]; }
until_true "the model is gone" gone
stop_worker
