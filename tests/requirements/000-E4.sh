#!/usr/bin/env bash
# A test passes only when every assertion passed; a suite may state weights and a threshold instead.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris"}}'
suite='{"name": "row", "prompt": "Answer.", "dialect": "promptfoo", "cases": [
  {"title": "all", "input": "x", "assertions": [{"type": "contains", "value": "Par"}, {"type": "equals", "value": "Paris"}]},
  {"title": "one fails", "input": "x", "assertions": [{"type": "contains", "value": "Par"}, {"type": "contains", "value": "Rome"}]},
  {"title": "weighed, at the threshold", "input": "x", "threshold": 0.75,
   "assertions": [{"type": "contains", "value": "Par", "weight": 3}, {"type": "contains", "value": "Rome"}]},
  {"title": "weighed, below it", "input": "x", "threshold": 0.75,
   "assertions": [{"type": "contains", "value": "Par"}, {"type": "contains", "value": "Rome", "weight": 3}]}]}'
enqueue "$suite" "'gpt-4o'" >/dev/null
work
equal "verdicts and scores" "$(sql -c "select string_agg(verdict || ' ' || score, ', ' order by test_case) from assay.results")" \
  "pass 1, fail 0.5, pass 0.75, fail 0.25"
