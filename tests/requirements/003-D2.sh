#!/usr/bin/env bash
# Every wish has its range, checked before there is a job: on the command line and in SQL.
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake
one_case x '[]' >"$stage/suite.json"
refused() {
  local code=0
  assay enqueue "$stage/suite.json" --model gpt-4o "$@" 2>"$stage/refusal" || code=$?
  equal "exit code of $*" "$code" 2
}
refused --temperature 9
refused --max-tokens 0
refused --top-p 1.5
refused --frequency-penalty -2.5
refused --presence-penalty 3
refused --stop ''
equal "jobs" "$(sql -c 'select count(*) from assay.jobs')" 0
if enqueue "$(one_case x '[]')" "'gpt-4o'" "p_sampling => '{\"temperature\": 9}'" 2>"$stage/refusal"; then die "SQL took a temperature of 9"; fi
grep -q 'p_sampling.temperature' "$stage/refusal" || die "the refusal does not name the place: $(<"$stage/refusal")"
assay enqueue "$stage/suite.json" --model gpt-4o --temperature 0.5 --top-p 0.9 --frequency-penalty 1 --presence-penalty -1 \
  --max-tokens 50 --stop END --stop STOP >/dev/null
enqueue "$(one_case x '[]')" "'gpt-4o'" "p_sampling => '{\"stop\": \"END\"}'" >/dev/null
work
equal "verdicts" "$(sql -c 'select string_agg(verdict, $$,$$) from assay.results')" "unchecked,unchecked"
