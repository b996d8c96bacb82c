#!/usr/bin/env bash
# A result has the text, tokens of both sides, the cost and the provider, and both models: the one asked for and the one that answered.
# shellcheck disable=SC2016,SC2119
# shellcheck source=tests/requirements/stage.sh
source "$(dirname "${BASH_SOURCE[0]}")/stage.sh"

open_database
open_fake '{"default": {"text": "Paris", "served_model": "gpt-4o-2024-08-06", "tokens": {"input": 100, "output": 10}}}'
enqueue "$(one_case x '[]')" "'gpt-4o'" >/dev/null
work
equal "result" "$(sql -c "select response, provider, model, served_model, prompt_tokens, answer_tokens from assay.results")" \
  "Paris|openai|gpt-4o|gpt-4o-2024-08-06|100|10"
equal "cost: 100 at 2.50 and 10 at 10 dollars a million" "$(sql -c "select cost = 0.00035 from assay.results")" t
