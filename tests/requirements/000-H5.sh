#!/usr/bin/env bash
# The same suite gives the same verdicts, scores and answers here (assay run) and on the fleet (a worker and a database).
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"answers": [{"contains": "capital of France", "text": "Paris"}, {"contains": "number", "text": "17"}], "default": {"text": "no idea"}}'
cat >"$stage/suite.json" <<'SUITE'
{"name": "row", "prompt": "Answer.", "dialect": "strict", "cases": [
  {"title": "one", "input": "capital of France?", "assertions": [{"type": "contains", "value": "Paris"}]},
  {"title": "two", "input": "a number", "assertions": [{"type": "regex", "value": "^\\d+$"}, {"type": "levenshtein", "value": "18", "threshold": 1}]},
  {"title": "three", "input": "anything", "assertions": [{"type": "is-json"}, {"type": "word-count", "value": 2}]},
  {"title": "four", "input": "nothing asked", "assertions": []}]}
SUITE
models=gpt-4o,claude-sonnet-4-20250514
assay run "$stage/suite.json" --models "$models" --repeat 2 --json --config examples/fake/worker.yaml >"$stage/here" 2>"$stage/summary" || (($? == 1))
assay enqueue "$stage/suite.json" --model gpt-4o --model claude-sonnet-4-20250514 --repeats 2 >"$stage/job"
work
assay results "$(<"$stage/job")" --json >"$stage/there" || (($? == 1))
verdicts() { sed 's/.*"cell":"\{0,1\}\([0-9]*\)"\{0,1\}.*"verdict":"\([a-z]*\)".*/\1 \2/' "$1" | sort -n; }
equal "cells here" "$(verdicts "$stage/here" | wc -l)" 16
diff <(verdicts "$stage/here") <(sql -F ' ' -c "select cell, verdict from assay.results order by cell") || die "verdicts differ"
grep -q '8 pass, 4 fail, 0 error, 4 unchecked' "$stage/summary" || die "the summary says $(<"$stage/summary")"
