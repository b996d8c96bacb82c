# shellcheck shell=bash disable=SC2154 # names set by scripts/bench and the parts sourced before
# Figures of a worker that is not at its limit, and of one statement. Sourced, after ours.sh.

# Pickup at 100 jobs a second, own overhead at 1,000. The load's source is the provider too: one clock sees both ends.
steady_loads() {
  local latency_ms=50
  say "ours: 100 jobs/s for 10 s, then 1,000 jobs/s for 10 s with the provider at $latency_ms ms"
  run_load rate=100 group=1 seconds=10 latency_ms=0
  load_figure 'pickup, enqueue committed to the first byte of its request, p50 / p99 at 100/s' after
  load_figure 'pickup, enqueue sent to the first byte of its request, p50 / p99 at 100/s' before
  run_load rate=1000 group=10 seconds=10 "latency_ms=$latency_ms"
  printf 'own overhead at 1,000 tests/s, p50 / p99: %s ms\n' "$(sql -F ' / ' -c "$(percentiles overhead_us)")"
  printf 'waiting for a slot at 1,000 tests/s, p50 / p99: %s ms\n' "$(sql -F ' / ' -c "$(percentiles waited_us)")"
}

percentiles() {
  echo "select round((percentile_cont(0.5) within group (order by $1) / 1000)::numeric, 2),
               round((percentile_cont(0.99) within group (order by $1) / 1000)::numeric, 2) from assay_private.result"
}

# run_load NAME=VALUE…: a fresh database, an idle worker of ours, and then the load; its figures end in $throwaway/load.
run_load() {
  local own_provider=$provider load go
  use_fresh_database
  coproc LOAD { exec pickup_bench "$@"; }
  load=$LOAD_PID go=${LOAD[1]}
  children+=("$load")
  read -r provider <&"${LOAD[0]}"
  start_our_worker slots=256
  echo go >&"$go"
  cat <&"${LOAD[0]}" >"$throwaway/load"
  wait "$load" || die "the load failed: $(<"$throwaway/load")"
  stop_our_worker
  provider=$own_provider
}

# load_figure NAME WORD: what the load said of WORD.
load_figure() { printf '%s: %s ms\n' "$1" "$(sed -n "s/^$2 //p" "$throwaway/load")"; }

# Claims of 20 beside 200,000 shares that nobody can have: half of them due in an hour and more urgent, half throttled.
claims_beside_a_crowd() {
  local buffers claims
  say "claims of 20 beside 200,000 ineligible shares"
  use_fresh_database
  enqueue 8000
  sql <<'SQL'
    insert into assay_private.share (id, job_id, job_day, first_cell, cell_count, capped, solo, tenant, queue, state, priority, run_at)
    select (2000000 + n)::bigint << 20, 2000000 + n, current_date, 0, 1, false, true, 'default', 'default',
           (case when n % 2 = 0 then 'ready' else 'throttled' end)::assay_private.share_state, 3 * (1 - n % 2),
           now() + interval '1 hour' + n * interval '1 ms'
    from generate_series(1, 200000) n;
    vacuum analyze assay_private.share;
SQL
  { printf '%s\n' '\timing on'
    for ((claims = 0; claims < 320; claims++)); do
      echo "select count(*) from assay_worker.claim_v1('bench', '{default}', 20, 20, interval '1 minute', true);"
    done
  } | sql | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' | tail -n 300 | sort -g >"$throwaway/claims"
  printf 'claim of 20 with 200,000 ineligible rows, p50 / p99: %s / %s ms\n' "$(sed -n 150p "$throwaway/claims")" "$(sed -n 297p "$throwaway/claims")"
  buffers=$(sql <<'SQL' | sed -n 's/.*Buffers: shared hit=\([0-9]*\).*/\1/p' | tail -n 1
    select from assay_private.pick_shares('{default}', 20, 20, null, now());
    explain (analyze, buffers, timing off) select * from assay_private.pick_shares('{default}', 20, 20, null, now());
SQL
  )
  printf 'buffers to find and lock them: %s\n' "$buffers"
}
