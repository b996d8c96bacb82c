#!/usr/bin/env bash
# A short name stands for one dated model; the call and its result record both.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

for name in claude sonnet opus gpt-4 gpt gemini gemini-pro; do
  assay models show "$name" | grep -q "^alias_of: " || die "$name is no alias"
done
equal "what sonnet is" "$(assay models show sonnet | sed -n 's/^alias_of: //p')" claude-sonnet-4-5-20250929
assay route explain --model sonnet | grep -q "^rule: *alias sonnet → claude-sonnet-4-5-20250929, prefix claude-$" || die "the rule"

open_database
open_fake '{"default": {"text": "Paris"}}'
printf 'aliases: { best: gpt-4o }\n' >"$stage/assay.yaml"
cat examples/fake/worker.yaml >>"$stage/assay.yaml"
enqueue "$(one_case "capital of France?" '[{"type": "equals", "value": "Paris"}]')" "'sonnet', 'best'" >/dev/null
start_bare_worker --config "$stage/assay.yaml"
until_true "every job has ended" jobs_have_ended
stop_worker
equal "asked for, and called" "$(sql -c "select string_agg(model || ' ' || provider || ' ' || called_model, ',' order by model) from assay.results")" \
  "best openai gpt-4o,sonnet anthropic claude-sonnet-4-5-20250929"
