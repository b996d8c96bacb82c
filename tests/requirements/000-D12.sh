#!/usr/bin/env bash
# Gemini's tokens are those of its usage metadata, streamed or not; where there are none they are estimated and say so.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris", "tokens": {"input": 17, "output": 5}},
  "rules": [{"match": {"prompt_contains": "uncounted"}, "usage": "missing"}]}'
export GOOGLE_API_KEY=stand-in ASSAY_PROVIDERS_GEMINI_BASE_URL=$FAKE_URL
for stream in false true; do
  for input in counted uncounted; do
    enqueue "$(one_case $input '[]')" "'gemini-2.5-flash'" "p_sampling => '{\"stream\": $stream}'" >/dev/null
  done
done
work_bare

equal "counted" "$(sql -c "select string_agg(concat_ws(' ', streamed, prompt_tokens, answer_tokens, usage_source), ',' order by job_id) from assay.results where job_id in (1, 3)")" \
  "f 17 5 provider,t 17 5 provider"
equal "estimated" "$(sql -c "select string_agg(concat_ws(' ', streamed, usage_source), ',' order by job_id) from assay.results where job_id in (2, 4)")" \
  "f estimated,t estimated"
equal "never the same guess" "$(sql -c "select count(*) from assay.results where prompt_tokens = 1000 or answer_tokens = 1000")" 0
equal "what an estimate costs" "$(sql -c "select bool_and(cost > 0) from assay.results")" t
