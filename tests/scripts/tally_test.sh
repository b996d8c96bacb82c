#!/usr/bin/env bash
# The count on the last line of scripts/test is what people trust, so it is tried on a log with every kind of end:
# Boost programs that pass and fail, one that crashes before its report, one that leaks after it, scripts, a time-out.
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

good=0 bad=0

# counts EXPECTED NAME, with the log on standard input
counts() {
  local found
  found=$(awk -f "$source_dir/scripts/lib/tally.awk")
  if [[ $found == "$1" ]]; then good=$((good + 1)); else bad=$((bad + 1)); echo "$2: expected $1, found $found"; fi
}

# program NAME END LINE…: one entry of ctest's log
program() {
  local name=$1 end=$2
  shift 2
  printf '1/9 Testing: %s\n1/9 Test: %s\nCommand: "/x/%s"\n' "$name" "$name" "$name"
  printf 'Output:\n----------------------------------------------------------\n'
  printf '%s\n' "$@"
  printf '<end of output>\nTest time =   0.01 sec\n----------------------------------------------------------\n'
  printf '%s\n"%s" end time: Nov 21 05:00 UTC\n' "$end" "$name"
}

boost_passes=('Test module "assay" has passed with:' '  38 test cases out of 38 passed' '  45 assertions out of 45 passed')
boost_fails=('Test module "x" has failed with:' '  4 test cases out of 7 passed' '  1 test case out of 7 passed with warnings'
  '  2 test cases out of 7 failed' '  2 test cases out of 7 aborted' '  9 assertions out of 11 passed')

counts "38 0" "a Boost program" < <(program unit 'Test Passed.' "${boost_passes[@]}")
counts "5 2" "failed cases" < <(program unit 'Test Failed.' "${boost_fails[@]}")
counts "38 1" "a leak found after the report" < <(program unit 'Test Failed.' "${boost_passes[@]}")
counts "0 1" "a crash before the report" < <(program unit 'Test Failed.' 'Running 9 test cases...')
counts "12 1" "a time-out" < <(program sim 'Test timed out' '12 passed, 0 failed')
counts "12 0" "a script with its own count" < <(program sim 'Test Passed.' '12 passed, 0 failed')
counts "12 3" "a failing script" < <(program sim 'Test Failed.' '12 passed, 3 failed')
counts "1 0" "a script without a count" < <(program one 'Test Passed.' 'fine')
counts "39 1" "several programs" < <(
  program a 'Test Passed.' "${boost_passes[@]}"
  program b 'Test Failed.' 'oh'
  program c 'Test Passed.' ''
)
counts "0 0" "an empty log" </dev/null

echo "$good passed, $bad failed"
((bad == 0))
