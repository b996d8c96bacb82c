# shellcheck shell=bash disable=SC2154 # names set by scripts/bench and the parts sourced before
# The ideal worker of ASSAY_BENCH_DIR: claims, calls and completes in batches, and does nothing else. Sourced.

ideal=       # the program; empty without ASSAY_BENCH_DIR
bench_copy=  # the folder may be read-only: we build in a copy

prepare_ideal() {
  [[ -n ${ASSAY_BENCH_DIR:-} ]] || return 0
  bench_copy=$throwaway/bench
  cp -r "$ASSAY_BENCH_DIR" "$bench_copy"
  { make -s -C "$bench_copy/upstream" && make -s -C "$bench_copy/limits" bin/ideal; } >&2 || die "the ideal worker does not build"
  ideal=$bench_copy/limits/bin/ideal
  psql "$ASSAY_TEST_DATABASE_URL" -Xqc 'create database bench_ideal'
}

# run_ideal LATENCY_MS [lz4] NAME=VALUE…: noted under "ideal", by its latency or as lz4.
run_ideal() {
  [[ -n $ideal ]] || return 0
  local latency=$1 as=$1 line
  shift
  if [[ $1 == lz4 ]]; then as=lz4; shift; fi
  say "ideal: provider at $latency ms, $*"
  set_provider "$latency"
  line=$(PG_PID=$postmaster PG_URL=$(base_url bench_ideal) "$ideal" "$@" "url=$provider/v1/chat/completions")
  [[ $line == *'"exact":true'* ]] || die "the ideal worker failed: $line"
  note_line ideal "$as" "$line"
}

# note_line SIDE AS JSON: a figure line of the ideal or of a peer.
note_line() {
  local tests rate
  tests=$(member "$3" n) rate=$(member "$3" jobs_per_s)
  note "$1" "$2" "$tests" "$(ratio "$tests" "$rate" 4)" "$(ratio "$(member "$3" worker_cpu_s_per_1k)" 1000 6 "$tests")" \
    "$(ratio "$(member "$3" pg_cpu_s_per_1k)" 1000 6 "$tests")" "$(member "$3" peak_rss_mb)" "$(member "$3" max_in_flight)"
}

# member JSON NAME: a number at the top.
member() { sed -n "s/.*\"$2\":\([0-9.]*\).*/\1/p" <<<"$1"; }
