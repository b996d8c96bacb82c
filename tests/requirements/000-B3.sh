#!/usr/bin/env bash
# An unknown prefix is an error that names file, line and column; the command exits 2.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

code=0
assay config check tests/data/catalogue/litellm_bad_prefix.yaml >"$stage/out" 2>&1 || code=$?
equal "exit code" "$code" 2
grep -q "^tests/data/catalogue/litellm_bad_prefix.yaml:4:14: .*no provider has the prefix togehter_ai/; did you mean together_ai?" "$stage/out" ||
  die "no place: $(<"$stage/out")"
