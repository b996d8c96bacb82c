#!/usr/bin/env bash
# Another model answers than was asked: the row says which, and whoever prints the results is warned.
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "x", "served_model": "qwen/qwen3-32b"}, "rules": [{"match": {"model": "gpt-4o"}, "served_model": "gpt-4o-2024-08-06"}]}'
enqueue "$(one_case x '[]')" "'gpt-4o', 'gpt-4o-mini'" >/dev/null
work
equal "another model" "$(sql -c "select count(*) from assay.results where called_model <> served_model and other_model")" 1
assay results 1 >"$stage/results" 2>"$stage/warnings"
grep -qFx "warning: asked for gpt-4o-mini, answered by qwen/qwen3-32b (1 cell)" "$stage/warnings" || die "no warning: $(<"$stage/warnings")"
if grep -q "asked for gpt-4o," "$stage/warnings"; then die "a date is no other model"; fi
assay results 1 --json >"$stage/results.json"
grep -q '"served_model": *"qwen/qwen3-32b"' "$stage/results.json" || die "--json does not name the model"
for field in cost provider_ms first_token_ms served_by flags reported_cost tool_calls dropped_parameters seed_honoured cache_hit; do
  grep -q "\"$field\":" "$stage/results.json" || die "--json lacks $field"
done
