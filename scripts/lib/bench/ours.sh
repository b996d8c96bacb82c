# shellcheck shell=bash disable=SC2154 # names set by scripts/bench and the parts sourced before
# One worker of ours on a database of its own. Sourced, after provider.sh.

base_url() { echo "${ASSAY_TEST_DATABASE_URL/\/postgres\?//$1?}"; }
sql() { psql "$DATABASE_URL" -XAtq -v ON_ERROR_STOP=1 "$@"; }

# The database that each run gets a copy of.
make_template() {
  psql "$ASSAY_TEST_DATABASE_URL" -Xqc 'create database bench_template'
  DATABASE_URL=$(base_url bench_template) assay migrate up >"$throwaway/migrate.log"
}

# use_fresh_database: sets DATABASE_URL and stores the suite: one case, three assertions, a request of about 1.1 KB.
use_fresh_database() {
  if [[ -n ${fresh:-} ]]; then psql "$ASSAY_TEST_DATABASE_URL" -Xqc "drop database $fresh with (force)"; fi
  fresh=bench_$((${fresh_count:=0} + 1))
  fresh_count=$((fresh_count + 1))
  psql "$ASSAY_TEST_DATABASE_URL" -Xqc "create database $fresh template bench_template"
  DATABASE_URL=$(base_url "$fresh")
  export DATABASE_URL
  sql <<'SQL' >/dev/null
    select assay.put_suite(jsonb_build_object('name', 'bench', 'prompt', 'You are a test.', 'cases', jsonb_build_array(jsonb_build_object(
      'title', 'capital', 'input', rtrim(repeat('word ', 200)), 'assertions', '[{"type": "contains", "value": "Paris"},
       {"type": "not-contains", "value": "I cannot help"}, {"type": "length-less-than", "value": 10000}]'::jsonb))));
SQL
}

# enqueue TESTS: that many jobs of one cell.
enqueue() {
  sql <<SQL >/dev/null
    select assay.enqueue_jobs(jsonb_agg('{"suite": 1, "models": ["gpt-4o-mini"]}'::jsonb))
    from generate_series(0, $1 - 1) n group by n / 1000;
    vacuum analyze;
SQL
}

# start_our_worker NAME=VALUE…: of the section `worker`; returns when it is ready.
start_our_worker() {
  local settings=() setting
  for setting in "$@"; do settings+=(--set "worker.$setting"); done
  assay worker --config /dev/null --set "providers.openai.base_url=$provider/v1" --set providers.openai.api_key=stand-in \
    --set log.level=info "${settings[@]}" 2>"$throwaway/worker.log" &
  worker_pid=$!
  children+=("$worker_pid")
  until grep -q 'worker is ready' "$throwaway/worker.log"; do
    kill -0 "$worker_pid" 2>/dev/null || die "the worker did not start: $(tail -n 3 "$throwaway/worker.log")"
    sleep 0.05
  done
  sleep 0.5  # its connections stand
}

stop_our_worker() {
  kill -TERM "$worker_pid" 2>/dev/null || true
  wait "$worker_pid" || die "the worker failed: $(tail -n 3 "$throwaway/worker.log")"
}

# burn_down LATENCY_MS TESTS NAME=VALUE…: all queued first; noted under "ours".
burn_down() {
  local latency=$1 tests=$2 began ended worker postgres received open
  shift 2
  say "ours: $tests tests, provider at $latency ms, $*"
  use_fresh_database
  sql -c "select assay.pause_queue('default')" >/dev/null
  enqueue "$tests"
  set_provider "$latency"
  start_our_worker "$@"
  worker=$(cpu_of "$worker_pid") postgres=$(postgres_cpu)
  began=$(sql -c "select assay.resume_queue('default'); select extract(epoch from clock_timestamp())" | tail -n 1)
  wait_for_ends "$tests"
  worker=$(awk -v a="$worker" -v b="$(cpu_of "$worker_pid")" 'BEGIN { print b - a }')
  postgres=$(awk -v a="$postgres" -v b="$(postgres_cpu)" 'BEGIN { print b - a }')
  ended=$(sql -c 'select extract(epoch from max(finished_at)) from assay_private.job_end')
  read -r received open < <(provider_counts)
  note ours "$latency" "$tests" "$(awk -v a="$began" -v b="$ended" 'BEGIN { print b - a }')" "$worker" "$postgres" "$(peak_rss_mb "$worker_pid")" "$open"
  check_run "$tests" "$received"
  stop_our_worker
}

# Asks the provider while the run lasts, and the database only near its end.
wait_for_ends() {
  local received open deadline=$((SECONDS + 120))
  until read -r received open < <(provider_counts) && ((received >= $1)); do
    ((SECONDS < deadline)) || die "only $received of $1 calls after two minutes: $(tail -n 3 "$throwaway/worker.log")"
    sleep 0.2
  done
  until (($(sql -c 'select count(*) from assay_private.job_end') >= $1)); do
    ((SECONDS < deadline)) || die "not all jobs ended in two minutes: $(tail -n 3 "$throwaway/worker.log")"
    sleep 0.1
  done
}

# check_run TESTS CALLS: each test has one good result, and took one call.
check_run() {
  local good
  good=$(sql -c "select count(*) from assay_private.result where verdict in ('pass', 'fail')")
  ((good == $1 && $2 == $1)) || die "$1 tests, but $good results and $2 calls"
}
