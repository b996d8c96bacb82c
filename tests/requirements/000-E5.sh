#!/usr/bin/env bash
# Nothing asserted: score 1.0, but the verdict is unchecked and it counts in no pass rate.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}}'
enqueue '{"name": "row", "prompt": "Answer.", "cases": [{"title": "one", "input": "x"},
  {"title": "two", "input": "y", "assertions": [{"type": "equals", "value": "Paris"}, {"type": "contains", "value": "London"}]}]}' "'gpt-4o'" >/dev/null
work
equal "results" "$(sql -c "select string_agg(verdict || ' ' || score, ',' order by cell) from assay.results")" "unchecked 1,fail 0.5"
equal "counts" "$(sql -c "select passed, failed, unchecked from assay.jobs")" "0|1|1"
assay results 1 >"$stage/out" && die "exit 0"
grep -q unchecked "$stage/out" || die "the table does not say unchecked"
