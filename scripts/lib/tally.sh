# shellcheck shell=bash
# Counting what passed and what failed, phase by phase. Sourced, after common.sh.

logs=${project:?source common.sh first}/build/log
passed=0
failed=0
launcher=()

# tally PASSED FAILED
tally() {
  passed=$((passed + $1))
  failed=$((failed + $2))
}

# phase NAME COMMAND…: runs it with its output in build/log/NAME.log, and says how it went and how long it took.
# Exit 0 if it did. The tail of the log is shown where it did not.
phase() {
  local name=$1 log=$logs/$1.log began=$SECONDS result=0 verdict=ok
  shift
  mkdir -p "$logs"
  printf '%-24s' "$name"
  ("$@") >"$log" 2>&1 </dev/null || result=$?
  if ((result)); then verdict="FAILED (exit $result), see ${log#"$project/"}"; fi
  printf '%6s s  %s\n' "$((SECONDS - began))" "$verdict"
  if ((result)); then tail -n 40 "$log" | cut -c1-400 | sed 's/^/    /'; fi
  return "$result"
}

# check NAME COMMAND…: a phase that counts by its own last line "N passed, N failed", else as one.
check() {
  local result=0 good=0 bad=0 last
  phase "$@" || result=1
  last=$(tail -n 1 "$logs/$1.log")
  if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    good=${BASH_REMATCH[1]} bad=${BASH_REMATCH[2]}
  elif ((result == 0)); then
    good=1
  fi
  if ((result && !bad)); then bad=1; fi
  if ((good + bad == 0)); then bad=1; fi  # a check that ran nothing proved nothing
  tally "$good" "$bad"
}

# ctest_check NAME PRESET ARGUMENT…: runs ctest in build/PRESET and counts its test cases. A caller's ${launcher[@]}
# goes before it.
ctest_check() {
  local name=$1 build=$project/build/$2 result=0 good bad
  local log=$build/Testing/Temporary/LastTest.log
  shift 2
  rm -f "$log"
  BOOST_TEST_REPORT_LEVEL=short BOOST_TEST_COLOR_OUTPUT=no \
    phase "$name" "${launcher[@]}" ctest --test-dir "$build" --output-on-failure --no-tests=error "$@" || result=1
  read -r good bad < <(awk -f "$project/scripts/lib/tally.awk" "$log" 2>/dev/null || echo 0 0)
  if ((result && !bad)); then bad=1; fi
  tally "$good" "$bad"
}

# print_tally: the last line of a run; fails unless something passed and nothing failed.
print_tally() {
  echo "$passed passed, $failed failed"
  ((failed == 0 && passed > 0))
}
