#!/usr/bin/env bash
# While calls are in flight no transaction is open, and each share has a holder, a lease and a fencing number.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"fault": "never"}}'
enqueue "$(one_case x '[]')" "'gpt-4o'" "p_repeats => 50" >/dev/null
start_worker --set worker.slots=50
until_true "fifty calls are in flight" eval '[[ $(open_calls_of row) == 50 ]]'

for _ in {1..50}; do
  equal "transactions that wait for something" \
    "$(sql -c "select count(*) from pg_stat_activity where application_name like 'assay%' and state like 'idle in transaction%'")" 0
done
equal "share" "$(sql -c "select distinct state, worker is not null, token > 0, lease_until > now() from assay_private.share")" "running|t|t|t"
equal "fencing number in the ledger" "$(sql -c "
  select count(*) from assay.calls c join assay_private.share s on s.job_id = c.job_id where s.token = c.token and c.state = 'open'")" 50
