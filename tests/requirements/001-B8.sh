#!/usr/bin/env bash
# A stream is asked for its usage, in every dialect that must be asked; only what is left out is estimated, and says so.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris", "tokens": {"input": 17, "output": 5}}, "rules": [{"match": {"prompt_contains": "uncounted"}, "usage": "missing"}]}'
seven_dialects
for input in counted uncounted; do
  enqueue "$(one_case $input '[]')" "$seven_models" "p_sampling => '{\"stream\": true}'" >/dev/null
done
work_bare --config "$seven_settings" --set log.level=debug

equal "counted" "$(sql -c "select count(*) from assay.results where job_id = 1 and streamed and usage_source = 'provider' and (prompt_tokens, answer_tokens) = (17, 5)")" 7
equal "uncounted" "$(sql -c "select count(*) from assay.results where job_id = 2 and streamed and usage_source = 'estimated' and prompt_tokens > 5 and answer_tokens > 1")" 7
equal "questions that ask for it" "$(grep 'msg=request' "$worker_log" | grep -c 'include_usage')" 4
