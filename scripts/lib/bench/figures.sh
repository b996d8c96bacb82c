# shellcheck shell=bash disable=SC2154 # names set by scripts/bench and the parts sourced before
# What scripts/bench takes and prints. Sourced, after common.sh.

declare -A sum  # "side latency column" over all rounds
hertz=$(getconf CLK_TCK)

# cpu_of PID: seconds of CPU it has used so far.
cpu_of() {
  local fields
  read -ra fields < <(sed 's/.*) //' "/proc/$1/stat")
  awk -v ticks=$((fields[11] + fields[12])) -v hertz="$hertz" 'BEGIN { printf "%.2f\n", ticks / hertz }'
}

# postgres_cpu: of the whole cluster: the postmaster, its dead children and its living ones.
postgres_cpu() {
  local child
  {
    sed 's/.*) //' "/proc/${postmaster:?}/stat" | awk '{ print $12 + $13 + $14 + $15 }'
    for child in $(<"/proc/$postmaster/task/$postmaster/children"); do
      sed 's/.*) //' "/proc/$child/stat" 2>/dev/null | awk '{ print $12 + $13 }'
    done
  } | awk -v hertz="$hertz" '{ s += $1 } END { printf "%.2f\n", s / hertz }'
}

peak_rss_mb() { awk '/^VmHWM/ { printf "%d\n", $2 / 1024 }' "/proc/$1/status"; }

# note SIDE LATENCY TESTS SECONDS WORKER_CPU POSTGRES_CPU RSS_MB MOST_OPEN: one run; rounds add up, peaks are kept.
note() {
  local side=$1 latency=$2 column value
  shift 2
  for column in tests wall worker postgres; do
    sum["$side $latency $column"]=$(awk -v a="${sum["$side $latency $column"]:-0}" -v b="$1" 'BEGIN { print a + b }')
    shift
  done
  for column in rss open; do
    value=${sum["$side $latency $column"]:-0}
    sum["$side $latency $column"]=$(($1 > value ? $1 : value))
    shift
  done
}

# per SIDE LATENCY COLUMN [FACTOR]: tests a second (wall), or microseconds a test (worker, postgres).
per() {
  local tests=${sum["$1 $2 tests"]:-} value=${sum["$1 $2 $3"]:-}
  [[ -n $tests ]] || return 0
  if [[ $3 == wall ]]; then ratio "$tests" "$value" 0; else ratio "$value" "$tests" 1 1e6; fi
}

# ratio A B [DIGITS] [FACTOR]
ratio() { awk -v a="$1" -v b="$2" -v d="${3:-2}" -v f="${4:-1}" 'BEGIN { if (b > 0) printf "%.*f\n", d, a * f / b; else print "-" }'; }

# beside NAME OURS UNIT SIDE THEIRS: one line, with the ratio where the other side was measured.
beside() {
  if [[ -n $5 ]]; then
    printf '%s: %s x %s (%s %s, %s %s)\n' "$1" "$(ratio "$2" "$5")" "$4" "$2" "$3" "$5" "$3"
  else
    printf '%s: %s %s\n' "$1" "$2" "$3"
  fi
}

print_burn_downs() {
  local latency peer
  for latency in 0 50 1000; do
    beside "tests per second at $latency ms" "$(per ours $latency wall)" /s ideal "$(per ideal $latency wall)"
    for peer in graphile-worker pg-boss; do
      if [[ -n $(per "$peer" $latency wall) ]]; then
        beside "tests per second at $latency ms against $peer" "$(per ours $latency wall)" /s "$peer" "$(per "$peer" $latency wall)"
      fi
    done
  done
  for latency in 0 50 1000; do
    beside "worker CPU per test at $latency ms" "$(per ours $latency worker)" us ideal "$(per ideal $latency worker)"
    beside "Postgres CPU per test at $latency ms" "$(per ours $latency postgres)" us ideal "$(per ideal $latency postgres)"
  done
  if [[ -n $ideal ]]; then
    beside "Postgres CPU per test at 0 ms, ideal with lz4 as ours" "$(per ours 0 postgres)" us ideal "$(per ideal lz4 postgres)"
  fi
  beside "calls in flight at 1 s, one process" "${sum[ours 1000 open]}" calls ideal "${sum[ideal 1000 open]:-}"
  beside "peak memory with that" "${sum[ours 1000 rss]}" MB ideal "${sum[ideal 1000 rss]:-}"
  printf 'tests per second over (in flight / latency): %s' "$(ratio "$(per ours 1000 wall)" 10000)"
  if [[ -n $ideal ]]; then printf ' (ideal %s)' "$(ratio "$(per ideal 1000 wall)" 10000)"; fi
  echo
  beside "peak memory with 256 in flight" "${sum[ours 0 rss]}" MB ideal "${sum[ideal 0 rss]:-}"
}
