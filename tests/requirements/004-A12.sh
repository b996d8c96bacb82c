#!/usr/bin/env bash
# The same prompt over many models: a matrix of tests and models, each asked several times.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_fake '{"rules": [{"match": {"model": "gpt-4o-mini"}, "text": "Rome"}], "default": {"text": "Paris"}}'
one_case "capital of France?" '[{"type": "contains", "value": "Paris"}]' >"$stage/suite.json"
assay run "$stage/suite.json" --models gpt-4o,gpt-4o-mini,claude-sonnet-4-20250514 --repeat 5 \
  --config examples/fake/worker.yaml >"$stage/matrix" 2>"$stage/summary" && die "a test failed, and the exit code does not say so"
equal "the matrix" "$(sed -n '2{s/  */ /g;s/ $//;p}' "$stage/matrix")" "one 5/5 0/5 5/5"
grep -q '10 pass, 5 fail, 0 error, 0 unchecked' "$stage/summary" || die "the summary says $(<"$stage/summary")"
equal "calls" "$(fake_calls | wc -l)" 15
