#!/usr/bin/env bash
# A price needs its unit; one that is a hundred times off the list is a warning with its line.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

printf 'models:\n  gpt-4: { provider: openai, input: 0.03, output: 0.06 }\n' >"$stage/assay.yaml"
code=0
assay config check "$stage/assay.yaml" >"$stage/out" 2>&1 || code=$?
equal "without a unit" "$code" 2
grep -q "assay.yaml:2:37: models.gpt-4.input: a price needs models.gpt-4.unit: per_token, per_thousand or per_million" "$stage/out" || die "no place: $(<"$stage/out")"
printf 'models:\n  gpt-4:\n    provider: openai\n    unit: per_million\n    input: 0.03\n    output: 0.06\n' >"$stage/assay.yaml"
assay config check "$stage/assay.yaml" >"$stage/out" 2>&1
grep -q "assay.yaml:5:12: warning: models.gpt-4.input: an input price of .* is 1000 times less than .*: is its unit right?" "$stage/out" || die "no warning: $(<"$stage/out")"
printf 'models:\n  gpt-4: { provider: openai, unit: per_thousand, input: 0.03, output: 0.06 }\n' >"$stage/assay.yaml"
equal "the right unit" "$(assay config check "$stage/assay.yaml" 2>&1 | grep -c warning || true)" 0
