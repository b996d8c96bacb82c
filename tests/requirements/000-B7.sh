#!/usr/bin/env bash
# Chains of fallbacks: what stands in for a model that failed; a circle is told, a model that stands in for itself is refused.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

printf "fallbacks:\n  claude-sonnet-4: [gpt-4o, claude-opus-4]\n  gpt-4o: [claude-sonnet-4]\n" >"$stage/assay.yaml"
explain() { assay route explain --config "$stage/assay.yaml" --model claude-sonnet-4 "$@" 2>/dev/null | sed -n "s/^model: *//p"; }
equal "nothing failed" "$(explain)" claude-sonnet-4
equal "after the first" "$(explain --fail claude-sonnet-4)" gpt-4o
equal "after the second" "$(explain --fail claude-sonnet-4 --fail gpt-4o)" claude-opus-4
equal "after all" "$(explain --fail claude-sonnet-4 --fail gpt-4o --fail claude-opus-4)" ""
assay config check "$stage/assay.yaml" 2>&1 | grep -q "a circle, each name in it is tried once: claude-sonnet-4 → gpt-4o → claude-sonnet-4" || die "the circle is not told"
printf "fallbacks: { a: [a] }\n" >"$stage/assay.yaml"
code=0
assay config check "$stage/assay.yaml" >"$stage/out" 2>&1 || code=$?
equal "a model that stands in for itself" "$code" 2
