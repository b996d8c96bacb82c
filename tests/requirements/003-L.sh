#!/usr/bin/env bash
# 1,000 tests a second come in for ten seconds, whatever the worker does; each test waits 20 ms for the provider. The
# worker keeps up, and its own overhead stays below 50 ms in 99 of 100 tests. A figure of the machine it runs on.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
sql <<<"select assay.put_suite('$(one_case x '[{"type": "contains", "value": "a"}]')')" >/dev/null
coproc LOAD { exec pickup_bench rate=1000 group=10 seconds=10 latency_ms=20; }
read -r provider <&"${LOAD[0]}"
go=${LOAD[1]}
work_load=$LOAD_PID
processes+=("$work_load")
start_bare_worker --set "providers.openai.base_url=$provider/v1" --set providers.openai.api_key=stand-in
until_true "the worker is ready" grep -q 'worker is ready' "$worker_log"
echo go >&"$go"
wait "$work_load" || die "the load failed"
until_true "every job has ended" jobs_have_ended
stop_worker
echo "$(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
sql -F ' ' -c "select 'tests a second:', round((count(*) / extract(epoch from max(created_at) - min(created_at)))::numeric) from assay.results" | tee "$stage/rate"
sql -F ' ' -c "select 'own overhead p50, p99 in ms:', round((percentile_cont(0.5) within group (order by overhead_ms))::numeric, 1),
  round((percentile_cont(0.99) within group (order by overhead_ms))::numeric, 1) from assay.results" | tee "$stage/overhead"
equal "all passed or failed" "$(sql -c "select count(*) from assay.results where verdict in ('pass', 'fail')")" 10000
awk '{ exit !($NF >= 980) }' "$stage/rate" || die "the worker did not keep up with 1,000 tests a second"
awk '{ exit !($NF < 50) }' "$stage/overhead" || die "own overhead p99 is not below 50 ms"
